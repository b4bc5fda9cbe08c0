/**
 * A question that was not asked before: counted, protected next to everything that bears on it, and laid out.
 * @module
 */
import { type CellState, crossingsOf, type EarlierTable, modeText } from '@kruispunt/disclosure'
import { sealed } from './answer.ts'
import type { AskDeps } from './ask-deps.ts'
import { composeAnswer } from './compose-answer.ts'
import { countSums, tableBeside } from './count-sums.ts'
import { countTable } from './count-table.ts'
import { countWhole } from './count-whole.ts'
import { connected, deliveriesOf, sourcesOf } from './earlier-answers.ts'
import { adviceWithoutSums, explained, plain } from './explanation.ts'
import { knownFacts } from './known-facts.ts'
import type { LedgerAnswer } from './ledger.ts'
import { makeInexactAnswer } from './make-inexact-answer.ts'
import type { OpenJob } from './open-job.ts'
import { JobError } from './problems.ts'
import type { CheckedQuestion } from './question.ts'
import { type Recounted, recount } from './recount.ts'
import { rulesFor } from './rules.ts'
import { withoutShared } from './shared-condition.ts'
import { type Bearing, rememberedSums, sumsQuestion } from './sums-question.ts'
import { conditionsOf } from './table-conditions.ts'

/** How long disclosure control may work on one table. */
const protectMs = 20_000
/** Work that goes into showing more once an answer is safe; somebody is waiting for it. */
const improveMs = 150

/**
 * @param answers - every answer under the agreement
 * @throws {@link JobError} `not_protectable`, with advice
 */
export async function makeAnswer(
  job: OpenJob,
  question: CheckedQuestion,
  answers: readonly LedgerAnswer[],
  deps: AskDeps,
): Promise<LedgerAnswer> {
  const { plan } = job
  const { population } = question
  const mode = population.population.answers ?? { kind: 'suppression' }
  if (mode.kind !== 'suppression') return makeInexactAnswer(job, question, mode, answers, deps)
  const table = await countTable(job, question)
  const own = { release: plan.release, deliveries: deliveriesOf(plan) }
  const bearing = connected(
    answers.filter((answer) => answer.table.population === population.ledgerKey),
    sourcesOf(table.axes, own),
  )
  const sources = new Set<string>([
    ...sourcesOf(table.axes, own),
    ...bearing.flatMap((answer) => sourcesOf(answer.table.axes, answer)),
  ])
  const shows = deps.deliveries.filter(({ extract }) => sources.has(extract.extractId))
  const rules = rulesFor(
    plan,
    shows.map(({ dataset }) => dataset),
  )
  const again: Recounted[] = []
  for (const answer of bearing) again.push(await recount(job, answer, rules))
  const earlier = bearing.map((answer, at): EarlierTable => {
    const cells = again[at]?.cells
    return cells ? { ...answer.table, recounted: cells } : answer.table
  })
  const conditions = conditionsOf(plan, population, sources, deps.shown)
  const said = withoutShared({ table, earlier }, conditions)
  const releases = [own, ...bearing].map(
    ({ release, deliveries }) => [release, deliveries.map(({ extractId }) => extractId)] as const,
  )
  const facts = knownFacts(
    {
      plan,
      population,
      deliveries: deps.deliveries,
      releases: new Map(releases),
      shown: deps.shown,
      shared: said.shared,
    },
    [said.table.axes, ...said.earlier.map(({ axes }) => axes)],
  )
  const bears = [...facts, ...said.earlier]
  const crossings = crossingsOf([said.table.axes, ...bears.map(({ axes }) => axes)], rules.maxAtoms)
  const whole = crossings && (await countWhole(job, population, crossings, said))
  const measures = []
  for (const asked of question.measures)
    measures.push({ asked, cells: await countSums(job, question, asked, tableBeside(table).cells, rules) })
  const remembered = bearing.map(
    (answer, at): Bearing => ({
      answer,
      axes: said.earlier[at]?.axes ?? [],
      recounted: again[at]?.sums ?? new Map(),
    }),
  )
  const { outcome, sums } = await deps.protect({
    question: {
      table: said.table,
      earlier: bears,
      ...(whole ? { whole } : {}),
      rules,
      secret: deps.ledgerSecret,
      improveMs,
    },
    ...(measures.length > 0 ? { sums: sumsQuestion(tableBeside(said.table), measures, remembered) } : {}),
    withinMs: protectMs,
  })
  const words = explained(
    plan,
    question,
    said.table.axes,
    outcome,
    rules,
    said.table.structuralZeros?.length ?? 0,
    bearing.length,
  )
  if (outcome.outcome === 'refused') {
    deps.log.info({ lab: plan.lab, code: outcome.code }, 'table refused')
    throw new JobError('not_protectable', { advice: words.refusal })
  }
  // The condition's axis has one node, and is the last.
  const rest = table.axes.slice(said.table.axes.length).map(() => 0)
  const cells = outcome.cells.map((cell): CellState => ({ ...cell, at: [...cell.at, ...rest] }))
  const shownSums = sums.map((each) => {
    if (each.outcome === 'answered') return rememberedSums(each, rest)
    deps.log.info({ lab: plan.lab, code: each.code }, 'sums refused')
    throw new JobError('not_protectable', { advice: adviceWithoutSums })
  })
  return {
    ...own,
    population: population.population.id,
    tableHash: question.tableHash,
    question: question.canonical,
    table: {
      population: table.population,
      unit: table.unit,
      axes: table.axes,
      cells,
      structuralZeros: table.structuralZeros ?? [],
    },
    sums: shownSums,
    answer: sealed(
      composeAnswer(plan, question, cells, shownSums, {
        minimum: rules.minimum,
        mode: mode.kind,
        exactness: plain(modeText(mode).exactness),
        explanation: words.answer,
        rules: words.rules,
      }),
    ),
    certificate: outcome.certificate,
    created: deps.now(),
  }
}
