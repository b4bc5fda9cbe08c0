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

lab.emptyLedger()
const first = await ask(lab, monthly)
const month = lab.answered()
const alone = await ask(lab, others)
print("this month's report", first)
print(`the next ${next}`, alone)

const months = Math.ceil(Number(values.answers) / Math.max(1, month.length))
const before = Array.from({ length: months }, (_, index) => month.map((answer) => ofMonth(index, answer))).flat()
lab.emptyLedger(before)
const later = await ask(lab, monthly)
const beside = await ask(lab, others)
print(`the report, after ${before.length} answers of before`, later)
print(`the next ${next}, after those`, beside)
const added = (of: 'seconds' | 'cpu') => {
  const after = [...later, ...beside]
  return percentiles([...first, ...alone].map((each, at) => (after[at]?.[of] ?? Number.NaN) - each[of]))
}
say('what they added', inMs(added('seconds')))
say('  cpu of the broker', inMs(added('cpu')))
const again = await ask(
  lab,
  questions.filter((_, at) => ![...later, ...beside][at]?.refused),
)
print('asked again', again)
await lab.finish()
