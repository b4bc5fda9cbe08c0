/**
 * Amounts as disclosure control is asked about them, and as the ledger remembers them.
 *
 * Disclosure control may leave out a condition that all tables share, always the last axis of a table and of one node; the
 * ledger keeps every position whole.
 * @module
 */
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

/** An earlier answer as it bears on this one. */
export type Bearing = {
  readonly answer: LedgerAnswer
  /** As disclosure control sees them now. */
  readonly axes: readonly Axis[]
  /** Its sums added up again, by measure, where the job has them open. */
  readonly recounted: ReadonlyMap<string, readonly SumCell[]>
}

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
): { readonly table: TrueTable; readonly measures: readonly SumMeasure[]; readonly empty: readonly EmptyPlace[] } {
  const cut = (axes: readonly Axis[], whole: LedgerAnswer['table']['axes']) => {
    const left = new Set(axes.map(({ dimension }) => dimension))
    return (at: Position): Position => at.filter((_, axis) => left.has(whole[axis]?.dimension ?? ''))
  }
  const width = table.axes.length
  // Of an answer without these amounts nothing enters the system of their sums.
  const ids = new Set(measures.map(({ asked }) => asked.measure.id))
  const withSums = bearing.filter(({ answer }) => answer.sums.some(({ measure }) => ids.has(measure)))
  return {
    table,
    empty: emptyPlaces(facts, [table.axes, ...withSums.map(({ axes }) => axes)]),
    measures: measures.map(({ asked: { measure, bounds }, cells }): SumMeasure => {
      const earlier = bearing.flatMap(({ answer, axes, recounted }): EarlierSums[] => {
        const shown = answer.sums.find((sums) => sums.measure === measure.id)
        if (!shown) return []
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
      return { id: measure.id, bounds, cells: cells.map((cell) => ({ ...cell, at: cell.at.slice(0, width) })), earlier }
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
