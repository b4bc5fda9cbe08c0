/**
 * Primary rules: which counts may not be seen, and what an attacker may at most find out about them.
 *
 * Every unsafe cell yields guards. A guard is a sum of cells that some attacker must find able to reach a level which the
 * true value does not reach: then the attacker can neither compute the value nor bound it out of harm. For a small count
 * that is the criterion of disclosure.md §2.3: upper bound at least k, and (truth being below k) lower and upper differ.
 * @see Hundepool et al., Handbook on SDC, 2nd ed. (2024), ch. 4.2 (rules, protection levels) and 5.2 (group disclosure)
 * @module
 */
import { positionKey } from './check-input.ts'
import { parentsOf } from './lines.ts'
import type { Rules } from './rules.ts'
import type { Axis, Position, TrueCell, Unit } from './types.ts'

/** `everyone` includes attackers who know the attributes of the people they hold, a party one who can place them in cells. */
type Against = 'everyone' | { readonly party: string }

export type CellGuard = {
  readonly at: Position
  readonly against: Against
  /** Whole factors of cells of the same table. */
  readonly terms: readonly { readonly at: Position; readonly factor: number }[]
  /** What the sum must be able to reach; above its true value. */
  readonly need: number
}

/** Factors of the group rule are whole: shares count in ten-thousandths. */
const shareScale = 10_000

type Shape = { readonly unit: Unit; readonly axes: readonly Axis[]; readonly structuralZeros?: readonly Position[] }

/**
 * Applies all primary rules to a complete, checked table.
 * @returns guards by position key of the unsafe cell; a cell without an entry is safe in itself
 */
export function unsafeCells(shape: Shape, cells: readonly TrueCell[], rules: Rules): Map<string, CellGuard[]> {
  const byKey = new Map(cells.map((cell) => [positionKey(cell.at), cell]))
  const structural = new Set((shape.structuralZeros ?? []).map(positionKey))
  const parents = shape.axes.map(parentsOf)
  const widest = byKey.get(positionKey(shape.axes.map(() => 0)))
  const unsafe = new Map<string, CellGuard[]>()
  for (const cell of cells) {
    const key = positionKey(cell.at)
    if (structural.has(key)) continue
    const lines = shape.axes.flatMap((axis, index) =>
      (parents[index]?.[cell.at[index] ?? 0] ?? []).flatMap((node) => {
        const total = byKey.get(positionKey(cell.at.with(index, node)))
        return total ? [{ axis, node: cell.at[index] ?? 0, total, delicate: isDelicate(axis, total) }] : []
      }),
    )
    const guards =
      cell.count === 0
        ? zeroRule(cell, shape.axes, widest, rules)
        : [
            ...frequencyRule(cell, shape.unit, rules),
            ...dominanceRule(cell, shape.unit, rules),
            ...insiderRule(cell, rules),
            ...coalitionRule(cell, rules),
            ...groupRule(cell, lines, rules),
          ]
    if (guards.length > 0) unsafe.set(key, guards)
  }
  return unsafe
}

type Line = { readonly axis: Axis; readonly node: number; readonly total: TrueCell; readonly delicate: boolean }

/** A category tells something when it is sensitive, or when a party other than its owner holds people of the line: it can name them. */
function isDelicate(axis: Axis, total: TrueCell): boolean {
  return total.count > 0 && tellsAnother(axis, total.byParty)
}

function tellsAnother({ owner, sensitive }: Axis, byParty: TrueCell['byParty']): boolean {
  return (
    sensitive === true ||
    (owner !== undefined && Object.entries(byParty).some(([party, held]) => party !== owner && held > 0))
  )
}

const self = (cell: TrueCell, factor = 1) => [{ at: cell.at, factor }]

/** What a small count must be able to reach, beside people whom the attacker knows; at least the next number. */
function level({ protection, minimum }: Rules, own: number, next: number): number {
  return protection === 'exact' ? next : Math.max(own + minimum, next)
}

/**
 * Whether a zero is shown may not depend on hidden zeros around it: a zero that is shown only because its whole line is empty
 * tells that the line is. So the axes decide, and who holds people of the table, not the line the cell is in.
 */
function zeroRule(cell: TrueCell, axes: readonly Axis[], widest: TrueCell | undefined, rules: Rules): CellGuard[] {
  if (rules.zeros === 'publish') return []
  const hidden =
    rules.zeros === 'protect' || axes.some((axis) => axis.nodes.length > 1 && tellsAnother(axis, widest?.byParty ?? {}))
  return hidden ? [{ at: cell.at, against: 'everyone', terms: self(cell), need: level(rules, 0, 1) }] : []
}

/** Persons are what k counts; of households there must be k as well, their members answer for each other. */
function frequencyRule(cell: TrueCell, unit: Unit, rules: Rules): CellGuard[] {
  const smallest = unit === 'households' ? Math.min(cell.count, cell.persons) : cell.persons
  if (smallest >= rules.minimum) return []
  const step = unit === 'records' ? Math.max(1, Math.ceil((rules.pPercent / 100) * cell.largest[0])) : 1
  return [{ at: cell.at, against: 'everyone', terms: self(cell), need: level(rules, 0, cell.count + step) }]
}

/** The p % rule on what one person adds to a count of records, with protection both ways (Handbook 4.2.2). */
function dominanceRule(cell: TrueCell, unit: Unit, rules: Rules): CellGuard[] {
  if (unit !== 'records') return []
  const [first, second] = cell.largest
  const missing = (rules.pPercent / 100) * first - (cell.count - first - second)
  if (missing <= 0) return []
  const level = Math.ceil(missing)
  return [
    { at: cell.at, against: 'everyone', terms: self(cell), need: cell.count + level },
    { at: cell.at, against: 'everyone', terms: self(cell, -1), need: -Math.max(0, cell.count - level) },
  ]
}

/** What is left after a party takes its own rows away must not be a handful either. */
function insiderRule(cell: TrueCell, rules: Rules): CellGuard[] {
  if (!rules.insider) return []
  return Object.entries(cell.byParty).flatMap(([party, own]) => {
    const rest = cell.persons - own
    if (rest === 0 || rest >= rules.minimum) return []
    return [{ at: cell.at, against: { party }, terms: self(cell), need: level(rules, own, cell.count + 1) }]
  })
}

/**
 * The same for `coalition` parties at once. Persons may be held by several, so the union of their rows lies between the
 * largest of them and their sum; the cell is unsafe if any union in between leaves a handful.
 */
function coalitionRule(cell: TrueCell, rules: Rules): CellGuard[] {
  if (rules.coalition < 2) return []
  const own = Object.values(cell.byParty)
    .toSorted((a, b) => b - a)
    .slice(0, rules.coalition)
  const sum = own.reduce((total, held) => total + held, 0)
  const fewest = Math.max(1, cell.persons - sum)
  const most = Math.min(rules.minimum - 1, cell.persons - (own[0] ?? 0))
  return fewest > most
    ? []
    : [{ at: cell.at, against: 'everyone', terms: self(cell), need: level(rules, 0, cell.count + 1) }]
}

/**
 * Nearly everyone in a line shares the category: who knows a person of the line knows it of that person. The same holds,
 * whatever the share, when all but a handful do: the handful can each name the others.
 */
function groupRule(cell: TrueCell, lines: readonly Line[], rules: Rules): CellGuard[] {
  return lines.flatMap((line): CellGuard[] => {
    if (!line.delicate || line.axis.neutral?.includes(line.node)) return []
    const scaled = Math.round(rules.groupShare * shareScale)
    if (cell.count * shareScale > scaled * line.total.count) {
      const terms = [
        { at: line.total.at, factor: scaled },
        { at: cell.at, factor: -shareScale },
      ]
      return [{ at: cell.at, against: 'everyone', terms, need: 0 }]
    }
    const others = line.total.persons - cell.persons
    if (others > 0 && others < rules.minimum) {
      const terms = [
        { at: line.total.at, factor: 1 },
        { at: cell.at, factor: -1 },
      ]
      const need = Math.max(rules.minimum, line.total.count - cell.count + 1)
      return [{ at: cell.at, against: 'everyone', terms, need }]
    }
    const amongPersons = cell.persons * shareScale > scaled * line.total.persons
    return amongPersons ? [{ at: cell.at, against: 'everyone', terms: self(cell), need: cell.count + 1 }] : []
  })
}
