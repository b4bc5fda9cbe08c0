/**
 * Amounts as disclosure control is asked about them, and as the ledger remembers them.
 *
 * Disclosure control may leave out a condition that all tables share, always the last axis of a table and of one node; the
 * ledger keeps every position whole.
 * @module
 */
import type { ExtractId } from '@kruispunt/contracts'
import type {
  Axis,
  EarlierSums,
  EarlierTable,
  EmptyPlace,
  Position,
  SumCell,
  SumMeasure,
  SumsOutcome,
  TrueTable,
} from '@kruispunt/disclosure'
import type { LedgerAnswer, LedgerSums } from './ledger.ts'
import type { AskedMeasure } from './measures.ts'

/** With the party that delivers the amounts. */
export type OwnedMeasure = SumMeasure & { readonly owner: string }

/** An earlier answer as it bears on this one. */
export type Bearing = {
  readonly answer: LedgerAnswer
  /** The delivery that its sums are of. */
  readonly source: ExtractId | undefined
  /** As disclosure control sees them now. */
  readonly axes: readonly Axis[]
  /** Its sums added up again, by measure, where the job has them open. */
  readonly recounted: ReadonlyMap<string, readonly SumCell[]>
}

/** What an answer shows of a measure; amounts of another delivery are other amounts. */
const sumsOf = ({ answer, source }: Bearing, asked: AskedMeasure): LedgerSums | undefined =>
  source === asked.source ? answer.sums.find(({ measure }) => measure === asked.measure.id) : undefined

/** Of what everybody knows: the combinations that hold nobody, on the variables of these tables. */
function emptyPlaces(facts: readonly EarlierTable[], tables: readonly (readonly Axis[])[]): EmptyPlace[] {
  const used = new Set(tables.flat().map(({ dimension }) => dimension))
  return facts.flatMap(({ axes, cells }) =>
    axes.every(({ dimension }) => used.has(dimension))
      ? cells.flatMap((cell) => (cell.state === 'released' && cell.count === 0 ? [{ axes, at: cell.at }] : []))
      : [],
  )
}

/**
 * @param table - the counts beside, as disclosure control sees them
 * @param facts - what everybody knows besides the answers
 */
export function sumsQuestion(
  table: TrueTable,
  measures: readonly { readonly asked: AskedMeasure; readonly cells: readonly SumCell[] }[],
  bearing: readonly Bearing[],
  facts: readonly EarlierTable[],
): {
  readonly table: TrueTable
  readonly measures: readonly OwnedMeasure[]
  readonly empty: readonly EmptyPlace[]
} {
  const cut = (axes: readonly Axis[], whole: LedgerAnswer['table']['axes']) => {
    const left = new Set(axes.map(({ dimension }) => dimension))
    return (at: Position): Position => at.filter((_, axis) => left.has(whole[axis]?.dimension ?? ''))
  }
  const width = table.axes.length
  // Of an answer without these amounts nothing enters the system of their sums.
  const withSums = bearing.filter((each) => measures.some(({ asked }) => sumsOf(each, asked) !== undefined))
  return {
    table,
    empty: emptyPlaces(facts, [table.axes, ...withSums.map(({ axes }) => axes)]),
    measures: measures.map(({ asked, cells }): OwnedMeasure => {
      const { measure, bounds, owner } = asked
      const earlier = bearing.flatMap((each): EarlierSums[] => {
        const shown = sumsOf(each, asked)
        if (!shown) return []
        const { answer, axes, recounted } = each
        const place = cut(axes, answer.table.axes)
        const again = recounted.get(measure.id)
        return [
          {
            axes,
            cells: shown.cells.map((cell) => ({ ...cell, at: place(cell.at) })),
            kept: shown.certificate.private.kept.map((kept) => ({ ...kept, cells: kept.cells.map(place) })),
            ...(again ? { recounted: again.map((cell) => ({ ...cell, at: place(cell.at) })) } : {}),
          },
        ]
      })
      const own = cells.map((cell) => ({ ...cell, at: cell.at.slice(0, width) }))
      return { id: measure.id, owner, bounds, cells: own, earlier }
    }),
  }
}

/** @param rest - positions on the axes that were left out */
export const rememberedSums = (
  { measure, cells, certificate }: Extract<SumsOutcome, { outcome: 'answered' }>,
  rest: readonly number[],
): LedgerSums => {
  const place = (at: Position): Position => [...at, ...rest]
  return {
    measure,
    cells: cells.map((cell) => ({ ...cell, at: place(cell.at) })),
    certificate: {
      ...certificate,
      private: { kept: certificate.private.kept.map((kept) => ({ ...kept, cells: kept.cells.map(place) })) },
    },
  }
}
