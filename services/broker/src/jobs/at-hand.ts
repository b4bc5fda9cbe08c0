/**
 * Questions counted, with everything that bears on them: earlier answers, what everybody knows, and all people crossed the way
 * disclosure control looks at them.
 * @module
 */
import { crossingsOf, type EarlierTable, type Rules, type TrueTable } from '@kruispunt/disclosure'
import type { AskDeps } from './ask-deps.ts'
import { countTable } from './count-table.ts'
import { countWhole } from './count-whole.ts'
import { connected, deliveriesOf, deliveryOfSums, sourcesOf } from './earlier-answers.ts'
import { knownFacts } from './known-facts.ts'
import type { LedgerAnswer } from './ledger.ts'
import type { OpenJob } from './open-job.ts'
import type { CheckedQuestion } from './question.ts'
import { type Recounted, recount } from './recount.ts'
import { rulesFor } from './rules.ts'
import { withoutShared } from './shared-condition.ts'
import type { Bearing } from './sums-question.ts'
import { conditionsOf } from './table-conditions.ts'

/** One at least; about the same units. */
export type Questions = readonly [CheckedQuestion, ...CheckedQuestion[]]

type Asked = {
  readonly question: CheckedQuestion
  /** As it was counted. */
  readonly whole: TrueTable
  /** Without what all tables at hand share: as disclosure control sees it. */
  readonly table: TrueTable
  /** Positions on the axes that were left out: the condition's has one node, and is the last. */
  readonly rest: readonly number[]
}

export type AtHand = {
  readonly asked: readonly [Asked, ...Asked[]]
  readonly rules: Rules
  readonly facts: readonly EarlierTable[]
  /** Tables of {@link bearing}, in its order, as disclosure control sees them. */
  readonly earlier: readonly EarlierTable[]
  readonly bearing: readonly Bearing[]
  /** Counts of everybody, where the job can count them. */
  readonly people: readonly (readonly number[])[] | undefined
}

/** @param answers - every answer under the agreement */
export async function takeInHand(
  job: OpenJob,
  questions: Questions,
  answers: readonly LedgerAnswer[],
  deps: Pick<AskDeps, 'deliveries' | 'shown'>,
): Promise<AtHand> {
  const { plan } = job
  const [{ population }] = questions
  const tables: TrueTable[] = []
  for (const question of questions) tables.push(await countTable(job, question))
  const own = { release: plan.release, deliveries: deliveriesOf(plan) }
  const ownSources = tables.flatMap(({ axes }) => sourcesOf(axes, own))
  const bears = connected(
    answers.filter((answer) => answer.table.population === population.ledgerKey),
    ownSources,
  )
  const sources = new Set([...ownSources, ...bears.flatMap((answer) => sourcesOf(answer.table.axes, answer))])
  const shows = deps.deliveries.filter(({ extract }) => sources.has(extract.extractId))
  const rules = rulesFor(
    plan,
    shows.map(({ dataset }) => dataset),
  )
  const again: Recounted[] = []
  for (const answer of bears) again.push(await recount(job, answer, rules))
  const earlier = bears.map((answer, at): EarlierTable => {
    const cells = again[at]?.cells
    return cells ? { ...answer.table, recounted: cells } : answer.table
  })
  const said = withoutShared({ tables, earlier }, conditionsOf(plan, population, sources, deps.shown))
  const releases = [own, ...bears].map(
    ({ release, deliveries }) => [release, deliveries.map(({ extractId }) => extractId)] as const,
  )
  const { deliveries, shown } = deps
  const facts = knownFacts(
    { plan, population, deliveries, releases: new Map(releases), shown, shared: said.shared },
    [...said.tables, ...said.earlier].map(({ axes }) => axes),
  )
  const crossings = crossingsOf(
    [...said.tables, ...facts, ...said.earlier].map(({ axes }) => axes),
    rules.maxAtoms,
  )
  const [first, ...more] = questions.map((question, at): Asked => {
    const [whole, table] = [tables[at], said.tables[at]]
    if (!whole || !table) throw new Error('a question without its table')
    return { question, whole, table, rest: whole.axes.slice(table.axes.length).map(() => 0) }
  })
  if (!first) throw new Error('no question')
  return {
    asked: [first, ...more],
    rules,
    facts,
    earlier: said.earlier,
    bearing: bears.map((answer, at) => ({
      answer,
      source: deliveryOfSums(plan, answer),
      axes: said.earlier[at]?.axes ?? [],
      recounted: again[at]?.sums ?? new Map(),
    })),
    people: crossings && (await countWhole(job, population, crossings, said)),
  }
}
