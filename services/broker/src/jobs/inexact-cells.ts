/**
 * Counts with an error instead of holes, where the agreement has a population answered so.
 * @module
 */
import type { Population } from '@kruispunt/contracts'
import { randomBytes } from '@kruispunt/crypto'
import {
  type Axis,
  type CellState,
  cellKeyOfUnion,
  DisclosureError,
  epsilonFrom,
  makePerturbationTable,
  modeText,
  noisyCounts,
  perturb,
  type TrueTable,
} from '@kruispunt/disclosure'
import type { LedgerAnswer } from './ledger.ts'
import { JobError } from './problems.ts'

type Inexact = Exclude<NonNullable<Population['answers']>, { kind: 'suppression' }>

type InexactCells = {
  readonly cells: readonly CellState[]
  readonly certificate: LedgerAnswer['certificate']
  readonly words: ReturnType<typeof modeText>
}

/** One person can leave one household and join another. */
const householdsOfOne = 2

/**
 * Cell keys come from what a cell is, by its variables, each of which carries its delivery: the same cell has the same key in any
 * table of any job. Noise is drawn anew; that the same question has the same answer is the ledger's doing.
 * @param source - `release`: what all tables with the same deliveries share
 * @param minimum - counts from 1 up to this are withheld before an error is added
 * @throws {@link JobError} `not_protectable` where the agreement's parameters or the table do not allow it
 */
export function inexactCells(
  table: TrueTable,
  mode: Inexact,
  source: { readonly secret: Uint8Array; readonly release: string },
  minimum: number,
): InexactCells {
  try {
    return mode.kind === 'cell-key' ? perturbed(table, mode, source, minimum) : noisy(table, mode)
  } catch (cause) {
    if (cause instanceof DisclosureError) throw new JobError('not_protectable', { cause })
    throw cause
  }
}

function perturbed(
  table: TrueTable,
  mode: Extract<Inexact, { kind: 'cell-key' }>,
  { secret, release }: { readonly secret: Uint8Array; readonly release: string },
  minimum: number,
): InexactCells {
  const { population, unit, axes } = table
  const source = { secret, release, population, unit }
  const cells = table.cells.map(({ at, count, persons }) => {
    // Of records the promise is about the persons behind them: too few of those, and the cell is treated as a count of them.
    const isSmall = persons > 0 && persons < minimum
    return { at, count: isSmall ? persons : count, key: cellKeyOfUnion(source, axes, at) }
  })
  return {
    cells: perturb({ cells, table: makePerturbationTable(mode), minimum }),
    certificate: { mode: 'cell-key' },
    words: modeText({ kind: 'cell-key' }),
  }
}

/** The total also spans categories that nobody can have and that are not shown: those would get noise like any other. */
function withoutImpossible(axis: Axis): Axis {
  const [total, ...parts] = axis.nodes
  if (total === undefined || parts.length === 0) return axis
  const leaves = [...new Set(parts.flatMap((part) => part.leaves))].toSorted((a, b) => a - b)
  return { ...axis, nodes: [{ ...total, leaves }, ...parts] }
}

function noisy(table: TrueTable, mode: Extract<Inexact, { kind: 'differential-privacy' }>): InexactCells {
  const { cells, deviations, cost } = noisyCounts({
    table: { ...table, axes: table.axes.map(withoutImpossible) },
    epsilon: epsilonFrom(Number(mode.epsilonPerTable)),
    ...(table.unit === 'households' ? { bound: householdsOfOne } : {}),
    random: randomBytes,
  })
  const deviation = Math.min(...deviations.filter((each) => each > 0))
  return {
    cells,
    certificate: { mode: 'differential-privacy', cost },
    words: modeText({ kind: 'differential-privacy', deviation }),
  }
}
