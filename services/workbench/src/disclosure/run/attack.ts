/**
 * `kruispunt-disclosure attack`: what our attacker finds in published tables, as an outsider and as every organisation of which
 * the file says whom it holds.
 * @module
 */
import { attackPublished, DisclosureError, type Knowledge, type Position, type Rules } from '@kruispunt/disclosure'
import { type AttackedTable, readPublished } from '../input/published-file.ts'
import { codesAt } from '../input/view.ts'
import { enoughFor, judgeInsider, judgeOutsider, type LeakKind, shownUnsafe } from './judge.ts'
import type { Finished, Running } from './running.ts'

type Leak = { readonly at: readonly string[]; readonly kind: LeakKind }

type Verdict = 'safe' | 'doubtful' | 'leak' | 'unknown'
const worst: readonly Verdict[] = ['safe', 'doubtful', 'unknown', 'leak']

/** @throws {@link InputRefused} */
export async function attack(raw: unknown, { now, timeLimitMs }: Running): Promise<Finished> {
  const { policy, tables, hasSums } = readPublished(raw)
  const attacks: object[] = []
  let verdict: Verdict = 'safe'
  for (const [release, group] of Map.groupBy(tables, (table) => table.release)) {
    for (const attacker of ['outsider', ...partiesIn(group)]) {
      const found = await attempt(group, attacker, policy.rules, now, now() + timeLimitMs)
      if (worst.indexOf(found.verdict) > worst.indexOf(verdict)) verdict = found.verdict
      attacks.push({ ...(release === '' ? {} : { release }), attacker, ...found })
    }
  }
  return {
    ending: verdict === 'leak' ? 'leak' : verdict === 'unknown' ? 'refused' : 'done',
    result: {
      format: 'kruispunt-attack/1',
      minimum: policy.rules.minimum,
      verdict,
      // A verdict on the counts beside them says nothing about sums.
      ...(hasSums ? { notAttacked: ['measures'] } : {}),
      attacks,
    },
  }
}

async function attempt(
  group: readonly AttackedTable[],
  attacker: string,
  rules: Rules,
  now: () => number,
  deadlineMs: number,
): Promise<{ readonly verdict: Verdict } & Readonly<Record<string, unknown>>> {
  const tables = group.map(({ published }) => published)
  const knowledge = attacker === 'outsider' ? [] : group.flatMap((table, index) => heldBy(attacker, table, index))
  const needs = group.map((table) => enoughFor(attacker === 'outsider' ? undefined : attacker, table, rules))
  const enough = (table: number, at: Position): number => needs[table]?.(at) ?? rules.minimum
  let result: Awaited<ReturnType<typeof attackPublished>>
  try {
    result = await attackPublished({ tables, knowledge, enough, maxAtoms: rules.maxAtoms, deadlineMs, now })
  } catch (error) {
    if (!(error instanceof DisclosureError)) throw error
    return { verdict: 'unknown', code: error.code, reason: error.message }
  }
  if (result.outcome === 'failed') return { verdict: 'unknown', code: result.code, reason: reasons[result.code] }
  const { cells, rests } = result
  const found = group.map((table, index) => {
    const own = cells.filter((cell) => cell.table === index)
    const judge = attacker === 'outsider' ? judgeOutsider(table, rules) : judgeInsider(attacker, table, rules)
    const codes = (at: Position) => codesAt(table.views.shown, at.slice(0, table.views.shown.length))
    const leaks = own.flatMap((cell): Leak[] => {
      const kind = judge(cell)
      return kind ? [{ at: codes(cell.at), kind }] : []
    })
    // What is shown is shown to all: that is judged once.
    if (attacker === 'outsider') {
      for (const { table: place, holes, count } of rests) {
        if (place !== index || count === 0 || count >= rules.minimum || rules.protection === 'exact') continue
        leaks.push(...holes.map((at): Leak => ({ at: codes(at), kind: 'together_below_minimum' })))
      }
      leaks.push(...shownUnsafe(table, rules).map((at): Leak => ({ at: codes(at), kind: 'shown' })))
    }
    return {
      ...(group.length === 1 ? {} : { table: table.id }),
      withheld: own.map(({ at, low, high, reached }) => ({
        at: codes(at),
        low,
        high: Number.isFinite(high) ? high : null,
        ...(low === high ? { exact: true } : {}),
        ...(low === reached.low && high === reached.high ? {} : { outer: true }),
      })),
      leaks,
    }
  })
  const kinds = new Set(found.flatMap(({ leaks }) => leaks.map(({ kind }) => kind)))
  const onlyDoubts = kinds.size === 1 && kinds.has('maybe_below_minimum')
  return { verdict: kinds.size === 0 ? 'safe' : onlyDoubts ? 'doubtful' : 'leak', tables: found }
}

const reasons = {
  contradiction: 'no whole table fits what is published: the tables contradict each other',
  too_many_atoms: 'the tables together divide the population too finely for this attacker',
  time_limit: 'the attack did not end in time',
  attacker_failed: 'the solver failed; nothing is known',
} as const

function partiesIn(group: readonly AttackedTable[]): string[] {
  const parties = group.flatMap(({ truth }) =>
    (truth?.cells ?? []).flatMap(({ byParty }) =>
      Object.entries(byParty).flatMap(([party, held]) => (held > 0 ? [party] : [])),
    ),
  )
  return [...new Set(parties)].sort()
}

/** What an organisation knows of its own people: in which cells they stand, and which cells are wholly its own. */
function heldBy(party: string, { truth }: AttackedTable, table: number): Knowledge[] {
  return (truth?.cells ?? []).flatMap(({ at, count, persons, byParty }): Knowledge[] => {
    const own = byParty[party] ?? 0
    if (own === 0) return []
    return own === persons
      ? [{ table, at, atLeast: count, exact: true }]
      : [{ table, at, atLeast: Math.min(own, count) }]
  })
}
