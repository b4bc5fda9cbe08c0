/**
 * A job over five parties through the broker's own service, and its next cross-tabs with disclosure control, next to the
 * same joins in SQLite.
 *
 * `node test/bench/job.ts [subjects per party] [--tables n] [--seconds n] [--each]`. Prints seconds to open by phase, then for each series of
 * questions how long the next answer took, what was refused and why. Every count that was let out and that SQLite makes
 * too is compared with it.
 * @module
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import type { CrossTabAnswer, CrossTabRequest } from '@kruispunt/contracts'
import { columnsPerParty, inventLab, parties, unevenly } from './counting-lab.ts'
import { countInSqlite, type Join, openSqlite } from './counting-sqlite.ts'
import { dimensionOf } from './job-agreement.ts'
import { type JobLab, openJobLab } from './job-lab.ts'
import { asQuestion, studyQuestions } from './job-questions.ts'
import { inMs, peakMemory, percentiles, say, timed } from './timing.ts'

type Asked = {
  readonly question: CrossTabRequest
  readonly seconds: number
  readonly cpu: number
  readonly answer?: CrossTabAnswer
}

/** Every pair of variables of two parties, in an order that no study would take. */
function pairQuestions(): CrossTabRequest[] {
  const pairs = parties.flatMap((left, a) =>
    parties
      .slice(a + 1)
      .flatMap((right) =>
        Array.from({ length: columnsPerParty ** 2 }, (_, at) =>
          asQuestion(
            'everybody',
            dimensionOf(left, at % columnsPerParty),
            dimensionOf(right, Math.floor(at / columnsPerParty)),
          ),
        ),
      ),
  )
  // 37 has no factor in common with the number of pairs, 160, so each comes by once.
  return pairs.map((_, at) => pairs[(at * 37) % pairs.length] as CrossTabRequest)
}

async function series(lab: JobLab, name: string, questions: readonly CrossTabRequest[]): Promise<Asked[]> {
  lab.emptyLedger()
  const refusals = new Map<string, number>()
  const asked: Asked[] = []
  const before = lab.counting()
  const until = performance.now() + 1000 * Number(values.seconds ?? 600)
  for (const question of questions) {
    const from = performance.now()
    if (from > until) break
    const cpu = process.cpuUsage()
    const answer = await lab.ask(question).catch((error: unknown) => {
      const { code } = error as { code?: string }
      if (code !== 'not_protectable') throw error
      refusals.set(lab.lastRefusal(), (refusals.get(lab.lastRefusal()) ?? 0) + 1)
    })
    const seconds = (performance.now() - from) / 1000
    if (values.each)
      say(
        `  ${question.rows[0]?.dimension} × ${question.columns[0]?.dimension}`,
        `${(seconds * 1000).toFixed(0)} ms${answer ? `, ${answer.withheld} of ${answer.cells.length} withheld` : `, ${lab.lastRefusal()}`}`,
      )
    const used = process.cpuUsage(cpu)
    const times = { question, seconds, cpu: (used.user + used.system) / 1e6 }
    asked.push(answer ? { ...times, answer } : times)
  }
  const all = asked.map(({ seconds }) => seconds)
  const counting = lab.counting() - before
  say(name, inMs(percentiles(all)))
  say('  first 10', inMs(percentiles(all.slice(0, 10))))
  say('  last 10', inMs(percentiles(all.slice(-10))))
  say('  cpu, all threads', inMs(percentiles(asked.map(({ cpu }) => cpu))))
  const answers = asked.flatMap(({ answer }) => answer ?? [])
  const answered = asked.filter(({ answer }) => answer)
  say('  answered only', inMs(percentiles(answered.map(({ seconds }) => seconds))))
  say('  of which counting', `${((counting / all.reduce((a, b) => a + b, 0)) * 100).toFixed(0)} %`)
  const why = [...refusals].map(([code, times]) => `${code} ${times}`).join(', ')
  say(
    '  answered',
    `${answers.length} of ${asked.length} asked, of ${questions.length}${why ? `; refused: ${why}` : ''}`,
  )
  const cells = (of: 'released' | 'withheld') => answers.reduce((sum, answer) => sum + answer[of], 0)
  say('  cells', `${cells('released')} shown, ${cells('withheld')} withheld`)

  const again = []
  for (const { question } of answered) again.push((await timed(() => lab.ask(question))).seconds)
  say('  asked again', inMs(percentiles(again)))
  return asked
}

/** @throws if a count that was let out is not SQLite's */
function compare({ answer }: Asked, counts: ReadonlyMap<string, number>): number {
  if (!answer) return 0
  const [a, b] = answer.axes.map(({ nodes }) => nodes.map(({ code }) => code))
  let compared = 0
  for (const cell of answer.cells) {
    const [row = 0, column = 0] = cell.at
    const place = [a?.[row], b?.[column]].map((code) => (code?.startsWith('k') ? Number(code.slice(1)) + 1 : 0))
    if (cell.state !== 'released' || place.includes(0)) continue
    if (cell.count !== (counts.get(place.join()) ?? 0)) throw new Error('a count that was let out is wrong')
    compared++
  }
  return compared
}

function joinOf({ rows, columns }: CrossTabRequest): Join | undefined {
  const place = (dimension: string | undefined) => {
    const [party = '', column = ''] = (dimension ?? '').split('.c')
    return { party, column: Number(column) }
  }
  const left = place(rows[0]?.dimension)
  const right = place(columns[0]?.dimension)
  const isJoin = [left, right].every(({ party }) => (parties as readonly string[]).includes(party))
  return isJoin && left.party !== right.party
    ? { left: left.party, a: left.column, right: right.party, b: right.column }
    : undefined
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tables: { type: 'string' }, each: { type: 'boolean' }, seconds: { type: 'string' } },
})
const subjects = Number(positionals[0] ?? 1_000_000)
const tables = Number(values.tables ?? 44)

console.log(`${parties.length} parties of ${subjects.toLocaleString('en')} subjects, ${cpus().length} cores`)
const lab = await openJobLab(inventLab(subjects, unevenly))
const { opening } = lab
say('columns opened and checked', `${opening.columns.toFixed(2)} s`)
say('persons linked, codes laid out', `${opening.linking.toFixed(2)} s`)
say('loaded', `${opening.loading.toFixed(2)} s`)
say('job open', `${opening.all.toFixed(2)} s`)
say('peak memory', peakMemory())
const study = await series(lab, 'a study: next two-way table', studyQuestions().slice(0, tables))
await series(lab, 'any pair: next two-way table', pairQuestions().slice(0, tables))
say('peak memory', peakMemory())
await lab.finish()

const sqlite = await timed(() => openSqlite(inventLab(subjects, unevenly)))
const joined: number[] = []
const same: number[] = []
let compared = 0
for (const asked of study.filter(({ question }) => joinOf(question) !== undefined).slice(0, 10)) {
  const theirs = await timed(() => countInSqlite(sqlite.result, joinOf(asked.question) as Join))
  joined.push(theirs.seconds)
  same.push(asked.seconds)
  compared += compare(asked, theirs.result)
}
sqlite.result.close()
const [theirs, ours] = [percentiles(joined), percentiles(same)]
say('SQLite: load', `${sqlite.seconds.toFixed(2)} s, ${(sqlite.seconds / opening.all).toFixed(1)} × the job`)
say('SQLite: the first ten joins', inMs(theirs))
say('the job: the same ten', inMs(ours))
say('SQLite ÷ job', `p50 ${(theirs.p50 / ours.p50).toFixed(1)} ×, p95 ${(theirs.p95 / ours.p95).toFixed(1)} ×`)
say('counts compared', `${compared}, all equal`)
