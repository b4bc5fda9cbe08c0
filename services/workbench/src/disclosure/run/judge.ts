/**
 * When an interval is a leak. The criterion of disclosure.md §2.3: of an unsafe cell the upper bound is at least k, and the bounds differ.
 * @module
 */
import { type AttackedCell, type Position, type Rules, unsafePositions } from '@kruispunt/disclosure'
import type { AttackedTable } from '../input/published-file.ts'

/**
 * - `exact`: the value of an unsafe cell is known;
 * - `below_minimum`: an unsafe cell is known to hold fewer than the minimum;
 * - `maybe_below_minimum`: the same, or nobody, where the file does not say which cells are unsafe;
 * - `together_below_minimum`: withheld cells of one line are known to hold 1 to k - 1 together;
 * - `others_below_minimum`: an organisation knows that fewer than the minimum are not its own;
 * - `shown`: an unsafe cell is not withheld.
 */
export type LeakKind =
  | 'exact'
  | 'below_minimum'
  | 'maybe_below_minimum'
  | 'together_below_minimum'
  | 'others_below_minimum'
  | 'shown'

type Judge = (cell: AttackedCell) => LeakKind | undefined

export function judgeOutsider(table: AttackedTable, rules: Rules): Judge {
  const unsafe = unsafeIn(table, rules)
  return ({ at, reached: { low, high } }) => {
    if (unsafe) {
      if (!unsafe.has(at.join())) return undefined
      if (low === high) return 'exact'
      return high < rules.minimum && rules.protection !== 'exact' ? 'below_minimum' : undefined
    }
    // A value that may be shown is no leak, whatever it was hidden for.
    if (high >= rules.minimum || (high === 0 && rules.zeros === 'publish')) return undefined
    if (low === high) return 'exact'
    if (rules.protection === 'exact') return undefined
    return low > 0 || rules.zeros === 'protect' ? 'below_minimum' : 'maybe_below_minimum'
  }
}

/** Of a cell in which an organisation has people of its own, the others are what it must not count. */
export function judgeInsider(party: string, { truth }: AttackedTable, { insider, minimum, protection }: Rules): Judge {
  const cells = new Map((truth?.cells ?? []).map((cell) => [cell.at.join(), cell]))
  return ({ at, reached: { low, high } }) => {
    const cell = cells.get(at.join())
    if (!cell || !insider) return undefined
    const own = cell.byParty[party] ?? 0
    const others = cell.persons - own
    if (others === 0 || others >= minimum) return undefined
    if (low === high) return 'exact'
    return high < own + minimum && protection !== 'exact' ? 'others_below_minimum' : undefined
  }
}

/** What a withheld cell must be able to reach; the judges look no further. */
export function enoughFor(party: string | undefined, { truth }: AttackedTable, rules: Rules): (at: Position) => number {
  if (rules.protection === 'exact') return () => 0
  if (party === undefined) return () => rules.minimum
  const own = new Map((truth?.cells ?? []).map((cell) => [cell.at.join(), cell.byParty[party] ?? 0]))
  return (at) => (own.get(at.join()) ?? 0) + rules.minimum
}

export function shownUnsafe(table: AttackedTable, rules: Rules): Position[] {
  const unsafe = unsafeIn(table, rules)
  return table.published.cells.flatMap(({ at, state }): Position[] =>
    state === 'released' && unsafe?.has(at.join()) ? [at] : [],
  )
}

/** Positions of the unsafe cells, if the file names them or gives the true counts. */
function unsafeIn({ unsafe, truth }: AttackedTable, rules: Rules): ReadonlySet<string> | undefined {
  const known = unsafe ?? (truth ? unsafePositions(truth, rules) : undefined)
  return known && new Set(known.map((at) => at.join()))
}
