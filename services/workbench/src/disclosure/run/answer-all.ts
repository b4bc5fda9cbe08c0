/**
 * Answers questions through a ledger: in the order in which they were asked, or in the order that withholds least.
 * @module
 */
import { type EarlierTable, type Outcome, type PreviousTable, protectTable, protectTables } from '@kruispunt/disclosure'
import type { Policy } from '../input/policy.ts'
import type { AskedTable } from '../input/sequence-file.ts'
import type { Running } from './running.ts'

export type Answered = { readonly asked: AskedTable; readonly outcome: Outcome }

/** Orders tried for tables that are asked together: all of three tables, each table first of more. */
const mostOrders = 6

/** One after the other, each next to everything answered before. */
export async function answerInOrder(
  questions: readonly AskedTable[],
  policy: Policy,
  { now, secret, timeLimitMs, improveMs }: Running,
): Promise<Answered[]> {
  const ledger = new Map<string, EarlierTable[]>()
  const answers: Answered[] = []
  for (const asked of questions) {
    const earlier = ledger.get(asked.release) ?? []
    const outcome = await protectTable({
      table: asked.table,
      earlier,
      previous: previousOf(ledger, asked.release),
      rules: policy.rules,
      secret,
      deadlineMs: now() + timeLimitMs,
      now,
      ...(improveMs === undefined ? {} : { improveMs }),
    })
    answers.push({ asked, outcome })
    if (outcome.outcome === 'answered') ledger.set(asked.release, [...earlier, remembered(asked, outcome.cells)])
  }
  return answers
}

/**
 * Tables asked at once: one system, one fate for the same persons, withheld as little as possible over all of them. Where that cannot be
 * done, one after the other in several orders; the one with most answers counts, then the one that withholds least.
 * @returns the answers in the order of the questions
 */
export async function answerTogether(
  questions: readonly AskedTable[],
  policy: Policy,
  running: Running,
): Promise<Answered[]> {
  const { now, secret, timeLimitMs, improveMs } = running
  const outcomes = await protectTables({
    tables: questions.map(({ table }) => table),
    earlier: [],
    rules: policy.rules,
    secret,
    deadlineMs: now() + timeLimitMs * questions.length,
    now,
    ...(improveMs === undefined ? {} : { improveMs }),
  })
  let best: readonly Answered[] = questions.flatMap((asked, index) => {
    const outcome = outcomes[index]
    return outcome ? [{ asked, outcome }] : []
  })
  if (best.some(({ outcome }) => outcome.outcome === 'refused' && !ofItsOwn.has(outcome.code))) {
    for (const order of orders(questions)) {
      const answers = await answerInOrder(order, policy, running)
      if (compare(answers, best) < 0) best = answers
    }
  }
  return questions.flatMap((asked) => best.find((answer) => answer.asked === asked) ?? [])
}

/** Reasons that lie in one table, whatever is asked beside it. */
const ofItsOwn: ReadonlySet<string> = new Set(['too_sparse', 'nothing_left'])

function compare(one: readonly Answered[], other: readonly Answered[]): number {
  const refused = (answers: readonly Answered[]): number =>
    answers.filter(({ outcome }) => outcome.outcome === 'refused').length
  const withheld = (answers: readonly Answered[]): number =>
    answers.reduce(
      (sum, { outcome }) =>
        sum + (outcome.outcome === 'answered' ? outcome.cells.filter(({ state }) => state === 'withheld').length : 0),
      0,
    )
  return refused(one) - refused(other) || withheld(one) - withheld(other)
}

function orders(questions: readonly AskedTable[]): AskedTable[][] {
  if (questions.length <= 3) return permutations(questions)
  const bySize = questions.toSorted((a, b) => b.table.cells.length - a.table.cells.length)
  return Array.from({ length: Math.min(mostOrders, bySize.length) }, (_, first) => [
    ...bySize.slice(first),
    ...bySize.slice(0, first),
  ])
}

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]]
  return all.flatMap((first, index) => permutations(all.toSpliced(index, 1)).map((rest) => [first, ...rest]))
}

/** What the ledger keeps of an answer; the true counts are at hand as long as the job lasts. */
function remembered({ table }: AskedTable, cells: EarlierTable['cells']): EarlierTable {
  const { population, unit, axes, structuralZeros } = table
  return { population, unit, axes, cells, recounted: table.cells, ...(structuralZeros ? { structuralZeros } : {}) }
}

/** Releases follow each other as their first answers do: readers compare with the one before. */
function previousOf(ledger: ReadonlyMap<string, readonly EarlierTable[]>, release: string): readonly PreviousTable[] {
  const names = [...ledger.keys()]
  const place = names.includes(release) ? names.indexOf(release) : names.length
  return ledger.get(names[place - 1] ?? '') ?? []
}
