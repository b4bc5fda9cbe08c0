/**
 * The cells of a table as written become a complete true table, margins computed and given ones held against them.
 * @module
 */
import type { Position, TrueCell, TrueTable, Unit } from '@kruispunt/disclosure'
import type { Faults } from '../errors.ts'
import { type Placed, parseTrueCell, parseTrueCells, type TrueCellInput } from './cell-schema.ts'
import { addUp, nobody, ofPersons, type Tally, together } from './tally.ts'
import { locate, type View } from './view.ts'

export type Written = {
  readonly cells?: readonly unknown[] | undefined
  readonly counts?: unknown
  readonly missing: 'error' | 'zero'
}

export type TrueCells = {
  /** Every combination of categories once. */
  readonly cells: TrueCell[]
  /** What was written of each combination of finest codes, row by row; nothing where nobody is. */
  readonly finest: readonly (Read | undefined)[]
}

/** A table with the cells it was made of. */
export type ReadBody = { readonly table: TrueTable; readonly finest: TrueCells['finest'] }

/** By axis and node: which of the finest codes it is made of. */
export const partsOf = (views: readonly View[]): (readonly number[])[][] =>
  views.map(({ parts }) => parts.map((inside) => inside ?? []))

/**
 * @param path - of the object that holds `cells` or `counts`
 * @returns the table, or nothing after noting what is wrong
 */
export function toTrueCells(
  written: Written,
  views: readonly View[],
  unit: Unit,
  path: string,
  faults: Faults,
): TrueCells | undefined {
  const before = faults.count
  const base = path === '' ? '' : `${path}.`
  const fine = new Map<string, Read>()
  const margins: Read[] = []
  for (const read of readTallies(written, views, unit, path, faults)) {
    const finest = finestAt(views, read.at)
    if (finest === undefined || fine.has(finest)) margins.push(read)
    else fine.set(finest, read)
  }
  if (faults.count > before) return undefined

  const sizes = views.map(({ finest }) => finest.length)
  const size = sizes.reduce((product, each) => product * each, 1)
  if (fine.size < size && written.missing === 'error') {
    faults.add('cell_missing', `${base}cells`)
    return undefined
  }
  const tallies = addUp(
    Array.from({ length: size }, (_, index) => fine.get(String(index))?.tally ?? nobody),
    sizes,
    partsOf(views),
    together,
  )
  const positions = allPositions(views)
  const cells = withEveryParty(positions.map((at, index) => ({ at, ...(tallies[index] ?? nobody) })))
  const byPlace = new Map(cells.map((cell) => [cell.at.join(), cell]))
  for (const { at, cell, path: place } of margins) {
    const sum = byPlace.get(at.join())
    if (sum && !agrees(cell, sum)) faults.add('margins_do_not_add_up', place)
  }
  if (faults.count > before) return undefined
  return { cells, finest: Array.from({ length: size }, (_, index) => fine.get(String(index))) }
}

export type Read = { readonly at: Position; readonly tally: Tally; readonly cell: TrueCellInput; readonly path: string }

/** The cells as they were written, each where it stands; what is wrong with one is noted and leaves it out. */
export function readTallies(
  written: Written,
  views: readonly View[],
  unit: Unit,
  path: string,
  faults: Faults,
): Read[] {
  const seen = new Set<string>()
  return writtenCells(written, views, path === '' ? '' : `${path}.`, faults).flatMap(({ cell, path: place }) => {
    const at = locate(cell.at, views, `${place}.at`, faults)
    const tally = toTally(cell, unit, place, faults)
    if (!at || !tally) return []
    if (seen.has(at.join())) faults.add('cell_twice', place)
    seen.add(at.join())
    return [{ at, tally, cell, path: place }]
  })
}

function writtenCells(
  { cells, counts }: Written,
  views: readonly View[],
  base: string,
  faults: Faults,
): Placed<TrueCellInput>[] {
  const names = views.map(({ name }) => name)
  if (cells !== undefined && counts === undefined) return parseTrueCells(cells, names, `${base}cells`, faults)
  if (counts === undefined || cells !== undefined) {
    faults.add('wrong_form', `${base}cells`)
    return []
  }
  const flat: { readonly raw: unknown; readonly path: string }[] = []
  const walk = (value: unknown, depth: number, at: readonly string[], path: string): boolean => {
    const view = views[depth]
    if (!view) return !Array.isArray(value) && flat.push({ raw: { at, count: value }, path }) > 0
    if (!Array.isArray(value) || value.length !== view.finest.length) return false
    return value.every((each: unknown, index) =>
      walk(each, depth + 1, [...at, view.categories[view.finest[index] ?? 0]?.code ?? ''], `${path}[${index}]`),
    )
  }
  if (walk(counts, 0, [], `${base}counts`))
    return flat.flatMap(({ raw, path }) => parseTrueCell(raw, names, path, faults))
  faults.add('counts_wrong_shape', `${base}counts`)
  return []
}

function toTally(cell: TrueCellInput, unit: Unit, path: string, faults: Faults): Tally | undefined {
  const { count, byParty } = cell
  if (unit === 'persons') {
    if (cell.persons !== undefined && cell.persons !== count) faults.add('counts_contradict', path)
    if (Object.values(byParty).some((held) => held > count)) faults.add('counts_contradict', `${path}.byParty`)
    return ofPersons(count, byParty)
  }
  // An empty cell has nobody behind it; it would be tedious to say so.
  if (count === 0 && (cell.persons ?? 0) === 0) return nobody
  const { persons, largest } = cell
  if (persons === undefined || (unit === 'records' && largest === undefined)) {
    faults.add('persons_missing', path)
    return undefined
  }
  const sorted: readonly [number, number] = largest
    ? [Math.max(...largest), Math.min(...largest)]
    : [Math.min(1, count), Math.min(1, Math.max(0, count - 1))]
  const contradicts =
    (count === 0) !== (persons === 0) ||
    (unit === 'records' && (count < persons || sorted[0] + sorted[1] > count)) ||
    (unit === 'households' && count > persons) ||
    Object.values(byParty).some((held) => held > persons)
  if (contradicts) faults.add('counts_contradict', path)
  return { count, persons, byParty, largest: sorted }
}

/** Index among the finest cells, row by row; nothing for a margin. */
function finestAt(views: readonly View[], at: Position): string | undefined {
  let index = 0
  for (const [axis, node] of at.entries()) {
    const view = views[axis]
    const [part, ...more] = view?.parts[node] ?? []
    if (!view || part === undefined || more.length > 0) return undefined
    index = index * view.finest.length + part
  }
  return String(index)
}

/** Every combination of categories, the last dimension running fastest. */
export function allPositions(views: readonly Pick<View, 'categories'>[]): Position[] {
  return views.reduce<Position[]>(
    (made, { categories }) => made.flatMap((at) => categories.map((_, node) => [...at, node])),
    [[]],
  )
}

function agrees(cell: TrueCellInput, sum: Tally): boolean {
  return (
    cell.count === sum.count &&
    (cell.persons === undefined || cell.persons === sum.persons) &&
    Object.entries(cell.byParty).every(([party, held]) => held === (sum.byParty[party] ?? 0))
  )
}

/** An organisation without people in a cell knows that of itself, and is an attacker on the cell all the same. */
export function withEveryParty(cells: readonly TrueCell[]): TrueCell[] {
  const parties = [...new Set(cells.flatMap(({ byParty }) => Object.keys(byParty)))].sort()
  return cells.map((cell) => ({
    ...cell,
    byParty: Object.fromEntries(parties.map((party) => [party, cell.byParty[party] ?? 0])),
  }))
}
