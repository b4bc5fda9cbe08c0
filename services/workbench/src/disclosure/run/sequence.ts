/**
 * `kruispunt-disclosure sequence`: questions answered one after the other, each next to everything answered before.
 * @module
 */
import { type EarlierTable, type PreviousTable, protectTable, unsafePositions } from '@kruispunt/disclosure'
import { type AskedTable, readSequence, shownNames } from '../input/sequence-file.ts'
import { viewOf } from '../input/view.ts'
import { explained, refusal } from './explained.ts'
import { openCertificate, privateRecord, publishedCells, publishedDimension } from './published.ts'
import type { Finished, Running } from './running.ts'

/** @throws {@link InputRefused} */
export async function sequence(raw: unknown, running: Running): Promise<Finished> {
  const { title, policy, catalogue, questions } = readSequence(raw)
  const { now, secret, timeLimitMs, improveMs } = running
  const ledger = new Map<string, EarlierTable[]>()
  const answers: object[] = []
  const hidden: object[] = []
  for (const asked of questions) {
    const { table } = asked
    const earlier = ledger.get(asked.release) ?? []
    const outcome = await protectTable({
      table,
      earlier,
      previous: previousOf(ledger, asked.release),
      rules: policy.rules,
      secret,
      deadlineMs: now() + timeLimitMs,
      now,
      improveMs,
    })
    const { shown, filters } = asked.views
    answers.push({
      id: asked.id,
      ...(asked.release === '' ? {} : { release: asked.release }),
      dimensions: catalogue ? shownNames(shown) : shown.map(publishedDimension),
      ...(Object.keys(asked.filter).length === 0 ? {} : { filter: asked.filter }),
      ...(outcome.outcome === 'refused'
        ? refusal({ policy, table, outcome })
        : {
            outcome: 'answered',
            cells: publishedCells(
              shown,
              outcome.cells.map((cell) => ({ ...cell, at: cell.at.slice(0, shown.length) })),
            ),
            explanation: explained({ policy, table, outcome }),
            certificate: openCertificate(outcome.certificate),
          }),
    })
    const certificate = outcome.outcome === 'answered' ? outcome.certificate : undefined
    hidden.push({
      id: asked.id,
      ...privateRecord([...shown, ...filters], table, unsafePositions(table, policy.rules), certificate),
    })
    if (outcome.outcome === 'answered') ledger.set(asked.release, [...earlier, remembered(asked, outcome.cells)])
  }
  const refused = answers.filter((answer) => 'outcome' in answer && answer.outcome === 'refused').length
  return {
    ending: refused === answers.length ? 'refused' : 'done',
    result: {
      format: 'kruispunt-sequence/1',
      ...(title === undefined ? {} : { title }),
      population: questions[0]?.table.population,
      unit: questions[0]?.table.unit,
      minimum: policy.rules.minimum,
      ...(catalogue ? { dimensions: catalogue.map((dimension) => publishedDimension(viewOf(dimension))) } : {}),
      answered: answers.length - refused,
      refused,
      answers,
    },
    hidden: { format: 'kruispunt-private/1', answers: hidden },
  }
}

/** What the ledger keeps of an answer; the true counts are at hand as long as the job lasts. */
function remembered({ table }: AskedTable, cells: EarlierTable['cells']): EarlierTable {
  const { population, unit, axes, structuralZeros } = table
  return { population, unit, axes, cells, recounted: table.cells, ...(structuralZeros ? { structuralZeros } : {}) }
}

/** Releases are named in the order of their first question: the last one before this is the one that readers compare with. */
function previousOf(ledger: ReadonlyMap<string, readonly EarlierTable[]>, release: string): readonly PreviousTable[] {
  const names = [...ledger.keys()]
  const place = names.includes(release) ? names.indexOf(release) : names.length
  return ledger.get(names[place - 1] ?? '') ?? []
}
