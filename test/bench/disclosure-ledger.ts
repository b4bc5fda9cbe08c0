/**
 * What a thousand earlier answers add to a question, through the broker's own service: see README.md.
 * @module
 */
import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { CrossTabRequest, ExtractId } from '@kruispunt/contracts'
import type { LedgerAnswer } from '../../services/broker/src/jobs/ledger.ts'
import { inventLab, unevenly } from './counting-lab.ts'
import { type JobLab, openJobLab } from './job-lab.ts'
import { studyQuestions } from './job-questions.ts'
import { inMs, percentiles, say, timed } from './timing.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    answers: { type: 'string', default: '1000' },
    report: { type: 'string', default: '10' },
    next: { type: 'string', default: '10' },
  },
})
const subjects = Number(positionals[0] ?? 20_000)
const [report, next] = [Number(values.report), Number(values.next)]

/** An answer as it would have been about deliveries of another month: every partner delivered anew. */
function ofMonth(month: number, answer: LedgerAnswer): LedgerAnswer {
  const other = (id: string) => createHash('sha256').update(`${month} ${id}`).digest('hex').slice(0, id.length)
  const ids = [answer.release, ...answer.deliveries.map(({ extractId }) => extractId)]
  const renamed = ids.reduce((text, id) => text.replaceAll(id, other(id)), JSON.stringify(answer.table))
  const resultSha256 = other(answer.answer.resultSha256)
  return {
    ...answer,
    release: other(answer.release),
    deliveries: answer.deliveries.map((each) => ({ ...each, extractId: other(each.extractId) as ExtractId })),
    table: JSON.parse(renamed) as LedgerAnswer['table'],
    answer: { ...answer.answer, release: other(answer.release), resultSha256 },
  }
}

/** `cpu`: of the broker's own process, all threads; that of disclosure control is not in it. */
type Asked = { readonly seconds: number; readonly cpu: number; readonly refused: boolean }

async function ask(lab: JobLab, questions: readonly CrossTabRequest[]): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const question of questions) {
    const from = process.cpuUsage()
    const { result, seconds } = await timed(() =>
      lab.ask(question).then(
        () => false,
        (error: { code?: string }) => {
          if (error.code !== 'not_protectable') throw error
          return true
        },
      ),
    )
    const { user, system } = process.cpuUsage(from)
    asked.push({ seconds, cpu: (user + system) / 1e6, refused: result })
  }
  return asked
}

const print = (name: string, asked: readonly Asked[]): void => {
  const refused = asked.filter((each) => each.refused).length
  say(name, `${inMs(percentiles(asked.map(({ seconds }) => seconds)))}   ${refused} of ${asked.length} refused`)
}

console.log(`five parties of ${subjects.toLocaleString('en')} subjects, a report of ${report} tables a month`)
const lab = await openJobLab(inventLab(subjects, unevenly))
const questions = studyQuestions().slice(0, report + next)
const [monthly, others] = [questions.slice(0, report), questions.slice(report)]
// Once before anything is measured: the process of disclosure control starts, and the job counts what it keeps.
await ask(lab, questions)

/** Times of the report and of what follows it, next to these answers of before. */
async function measure(name: string, before: readonly LedgerAnswer[]): Promise<Asked[]> {
  lab.emptyLedger(before)
  // Whoever looks at a job has the broker read what is on record; it is read once.
  const { seconds } = await timed(() => lab.answered().length)
  const asked = [...(await ask(lab, monthly)), ...(await ask(lab, others))]
  say(`${name}: read`, `${(seconds * 1000).toFixed(0)} ms, once`)
  print('  the report', asked.slice(0, report))
  print(`  the next ${next}`, asked.slice(report))
  return asked
}
const added = (after: readonly Asked[], of: 'seconds' | 'cpu') =>
  inMs(percentiles(alone.map((each, at) => (after[at]?.[of] ?? Number.NaN) - each[of])))

const alone = await measure('nothing before', [])
const month = lab.answered().slice(0, report)
const months = Math.ceil(Number(values.answers) / Math.max(1, month.length))
const before = Array.from({ length: months }, (_, index) => month.map((each) => ofMonth(index, each))).flat()
const after = await measure(`${before.length} before`, before)
say('  they added', added(after, 'seconds'))
say('  cpu of the broker', added(after, 'cpu'))
print(
  '  asked again',
  await ask(
    lab,
    questions.filter((_, at) => !after[at]?.refused),
  ),
)
await lab.finish()
