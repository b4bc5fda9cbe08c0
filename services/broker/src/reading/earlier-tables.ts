/**
 * Tables that were answered before. They hold shown cells only and stay readable when their job is closed: whoever asked
 * once need not ask, and spend, again. Nothing of what protects them leaves.
 * @module
 */
import type { AgreementId, EarlierTable, EarlierTableView } from '@kruispunt/contracts'
import type { LabRecord } from '@kruispunt/lab-record'
import { BrokerError } from '../errors.ts'
import type { LedgerAnswer, LedgerStore } from '../jobs/ledger.ts'

type Deps = { readonly record: LabRecord; readonly ledger: Pick<LedgerStore, 'answers'> }
type Remembered = { readonly agreement: AgreementId; readonly remembered: LedgerAnswer }

function* rememberedOf({ record: { state }, ledger }: Deps): Generator<Remembered> {
  for (const agreement of state.agreements.keys())
    for (const remembered of ledger.answers({ lab: state.lab, agreement })) yield { agreement, remembered }
}

/** The line of the log that vouches for it: the first with its question and its hash. */
function releaseOf({ state }: LabRecord, { tableHash, answer }: LedgerAnswer) {
  for (const { recorded, results } of state.requests.values())
    for (const { index, statement } of results)
      if (statement.tableHash === tableHash && statement.resultSha256 === answer.resultSha256)
        return { number: index, requestId: recorded.statement.requestId }
  return { number: null, requestId: null }
}

function summaryOf({ record }: Deps, { agreement, remembered }: Remembered): EarlierTable {
  const { answer, release, tableHash, created } = remembered
  return {
    ...releaseOf(record, remembered),
    agreement,
    askedAt: new Date(created).toISOString(),
    release,
    tableHash,
    title: answer.title,
    axes: answer.axes.map(({ label }) => label),
    filters: answer.filters.map(({ label, codes }) => ({ label, codes })),
    released: answer.released,
    withheld: answer.withheld,
  }
}

/** Newest first. */
export const listEarlierTables = (deps: Deps): EarlierTable[] =>
  [...rememberedOf(deps)].map((found) => summaryOf(deps, found)).toSorted((a, b) => (a.askedAt < b.askedAt ? 1 : -1))

/** @throws BrokerError `not_found` */
export function viewEarlierTable(deps: Deps, release: string, tableHash: string): EarlierTableView {
  for (const found of rememberedOf(deps)) {
    const { remembered } = found
    if (remembered.release !== release || remembered.tableHash !== tableHash) continue
    const { table, axes, filters, measures } = remembered.question
    return {
      table: summaryOf(deps, found),
      question: {
        table,
        axes: axes.map(({ dimension, levels }) => ({ dimension, levels: [...levels] })),
        filters: filters.map(({ dimension, codes }) => ({ dimension, codes: [...codes] })),
        ...(measures === undefined ? {} : { measures: [...measures] }),
      },
      answer: remembered.answer,
    }
  }
  throw new BrokerError('not_found')
}
