/**
 * The whole lab as one dossier: what its organisations wrote, its agreements, and every table it was given. Whoever stepped out
 * takes along what it may still see.
 * @module
 */
import type { LabBoard, LabDossier, LabId } from '@kruispunt/contracts'
import type { LabRecord } from '@kruispunt/lab-record'
import type { LedgerStore } from '../jobs/ledger.ts'
import { listEarlierTables, viewEarlierTable } from '../reading/earlier-tables.ts'
import { viewAgreement } from '../reading/view-agreement.ts'

type Deps = {
  readonly lab: LabId
  readonly title: string
  readonly board: LabBoard
  readonly record: LabRecord
  readonly ledger: Pick<LedgerStore, 'answers'>
  readonly now: number
}

export function makeDossier({ lab, title, board, record, ledger, now }: Deps): LabDossier {
  return {
    lab,
    title,
    madeAt: new Date(now).toISOString(),
    board,
    agreements: [...record.state.agreements.keys()].map((id) => viewAgreement(record, id, now)),
    tables: listEarlierTables({ record, ledger }).map(({ release, tableHash }) =>
      viewEarlierTable({ record, ledger }, release, tableHash),
    ),
  }
}
