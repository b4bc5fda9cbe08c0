/**
 * Commands of an analysis job: open it, ask it tables, see how well it linked, close it.
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises'
import {
  type AgreementId,
  agreementId,
  type Bilingual,
  type JobView,
  jobView,
  linkQuality,
  type ProblemCode,
  problemCodes,
  type RequestId,
  requestId,
} from '@kruispunt/contracts'
import { type AgreementState, agreementStatus, type LabRecord } from '@kruispunt/lab-record'
import type { Command } from 'commander'
import { BrokerError } from '../errors.ts'
import { composeRequest, requestEnds } from '../requests/compose-request.ts'
import { askedQuestions, askTables, placeInLog } from './ask-tables.ts'
import type { Context } from './context.ts'
import type { CoordinatorClient } from './coordinator-client.ts'
import { type CoordinatorOptions, withCoordinator, withCoordinatorOptions } from './coordinator-options.ts'
import { NotYetError, UsageError } from './exit-codes.ts'
import type { Output } from './output.ts'
import { parseOption } from './parse-option.ts'
import type { QuestionOptions } from './question-options.ts'
import { renderLinkQuality } from './render-links.ts'
import { renderCrossTab } from './render-table.ts'
import { stateWord } from './spoken-words.ts'

const pollMs = 500

function chooseAgreement(record: LabRecord, wanted: string | undefined, at: number): AgreementState {
  if (wanted !== undefined) {
    const found = record.state.agreements.get(parseOption(agreementId, wanted, '--agreement') as AgreementId)
    if (found === undefined) throw new BrokerError('agreement_unknown')
    return found
  }
  const active = [...record.state.agreements.values()].filter(
    (agreement) => agreementStatus(agreement, at) === 'active',
  )
  const [only, ...others] = active
  if (only === undefined) throw new BrokerError('agreement_not_active')
  if (others.length > 0)
    throw new UsageError(
      'Er zijn meer actieve deelafspraken. Kies er een met --agreement; agreement list toont ze.',
      'There are several active agreements. Choose one with --agreement; agreement list shows them.',
    )
  return only
}

const jobPath = ({ base }: CoordinatorClient, id: RequestId) => `${base}/jobs/${id}`
const readJob = async (client: CoordinatorClient, id: RequestId): Promise<JobView> =>
  jobView.parse(await client.api.ask({ method: 'GET', path: jobPath(client, id) }))

/** Why a partner's node did not release its keys, in words where the code is one of the API. */
function refusalText(code: string): Bilingual {
  return Object.hasOwn(problemCodes, code) ? problemCodes[code as ProblemCode].reason : { nl: code, en: code }
}

function jobLines(view: JobView, { say, language }: Output): string[] {
  // A closed job has no future: only of an open one its end is of use.
  const until = view.notAfter === null || view.state !== 'open' ? '' : `, ${say('tot', 'until')} ${view.notAfter}`
  return [
    `${say('Analysetaak', 'Job')} ${view.requestId}: ${stateWord(language, view.state)}${until}`,
    ...(view.waitingFor.length === 0 ? [] : [`  ${say('wacht op', 'waits for')} ${view.waitingFor.join(', ')}`]),
    ...view.refusals.map(
      ({ party, code }) => `  ${party} ${say('weigert', 'refused')}: ${refusalText(code)[language]}`,
    ),
    ...(view.failure === null ? [] : [`  ${view.failure[language]}`]),
    say(`  nog ${view.questionsLeft} vragen over`, `  ${view.questionsLeft} questions left`),
    ...view.privacyBudgets.map(({ population, answersLeft, epsilon, spent }) =>
      say(
        `  ${population}: privacybudget ${spent} van ${epsilon} gebruikt, nog ${answersLeft} antwoorden`,
        `  ${population}: ${spent} of privacy budget ${epsilon} spent, ${answersLeft} answers left`,
      ),
    ),
  ]
}

const notOpen = ({ state }: JobView) =>
  new NotYetError(
    `De analysetaak is niet open (${stateWord('nl', state)}). Bekijk haar met job status.`,
    `The job is not open (${state}). Look at it with job status.`,
  )

/** Read before anything is signed: a wait that is no number would never end. */
function wholeSeconds(text: string): number {
  const seconds = Number(text)
  if (/^\d+$/.test(text) && seconds <= 86_400) return seconds
  throw new UsageError('Geef bij --wait hele seconden, 0 tot en met 86400.', 'Give --wait whole seconds, 0 to 86400.')
}

async function waitUntilSettled(client: CoordinatorClient, context: Context, id: RequestId, seconds: number) {
  const deadline = context.now() + seconds * 1000
  const output = context.output()
  let told = ''
  for (;;) {
    const view = await readJob(client, id)
    if (view.state !== 'waiting' && view.state !== 'opening') return view
    if (view.refusals.length > 0 && view.state === 'waiting') return view
    const line =
      view.waitingFor.length === 0
        ? stateWord(output.language, view.state)
        : `${output.say('wacht op', 'waits for')} ${view.waitingFor.join(', ')}`
    if (line !== told) output.progress(line)
    told = line
    if (context.now() >= deadline) return view
    await pause(pollMs)
  }
}

type JobOptions = CoordinatorOptions & { request: string }

export function addJob(program: Command, context: Context): void {
  const job = program.command('job').description('analysis jobs')
  const forJob = (name: string) =>
    withCoordinatorOptions(job.command(name)).requiredOption('--request <id>', 'the job, from `job open`')
  const idOf = (options: JobOptions) => parseOption(requestId, options.request, '--request') as RequestId

  withCoordinatorOptions(job.command('open'))
    .description('ask the partners to open their deliveries for one job, and wait until it is open')
    .requiredOption('--question <text>', 'what it is for; every partner sees this')
    .option('--agreement <id>', 'under which agreement; the only active one if absent')
    .option('--dimensions <ids>', 'variables to open, separated by commas; all if absent')
    .option('--wait <seconds>', 'how long to wait for the partners', '600')
    .action(
      (options: CoordinatorOptions & { question: string; agreement?: string; dimensions?: string; wait: string }) =>
        withCoordinator(context, options, async (client) => {
          const seconds = wholeSeconds(options.wait)
          const record = await client.readLog()
          const agreement = chooseAgreement(record, options.agreement, context.now())
          const wanted = options.dimensions === undefined ? undefined : new Set(options.dimensions.split(','))
          const body = composeRequest(record, agreement, options.question, wanted)
          const id = body.requestId
          await client.submit(body, { notAfter: requestEnds(context.now()) })
          const view = await waitUntilSettled(client, context, id, seconds)
          context.output().result(view, jobLines(view, context.output()))
          if (view.state !== 'open') throw notOpen(view)
        }),
    )

  forJob('status')
    .description('how a job stands')
    .action((options: JobOptions) =>
      withCoordinator(context, options, async (client) => {
        const view = await readJob(client, idOf(options))
        context.output().result(view, jobLines(view, context.output()))
      }),
    )

  forJob('table')
    .description('ask a cross-tab and print it')
    .requiredOption('--table <id>', 'the table of the agreement under which this is asked')
    .requiredOption(
      '--rows <dimensions>',
      'down the side, outermost first; `id` or `id@level+level`, separated by commas',
    )
    .option('--columns <dimensions>', 'across the top, likewise')
    .option('--filter <dimension=code|code...>', 'count only these categories')
    .option('--measures <ids>', 'amounts to add up beside the counts, separated by commas; sums and means')
    .option('--rules', 'say which rules the table was held against')
    .option('--percentages <of>', 'each count as a share of its `row`, its `column` or the `total`')
    .option('--and <rows/columns...>', 'linked tables asked at once, with the same --table and --filter; see README')
    .action((options: JobOptions & QuestionOptions & { readonly rules?: boolean }) => {
      const questions = askedQuestions(options)
      return withCoordinator(context, options, async (client) => {
        const answers = await askTables(client, jobPath(client, idOf(options)), questions)
        const placed = []
        for (const answer of answers) placed.push({ ...answer, logIndex: await placeInLog(client, answer) })
        const output = context.output()
        const lines = placed.flatMap(({ logIndex, ...answer }) => [
          renderCrossTab(answer, output.language, options.rules === true),
          output.say(
            `Vastgelegd in het controlespoor als nummer ${logIndex}: ${answer.resultSha256}`,
            `On record in the log as number ${logIndex}: ${answer.resultSha256}`,
          ),
        ])
        output.result(options.and === undefined ? placed[0] : { answers: placed }, lines)
      })
    })

  forJob('links')
    .description('how well the deliveries were linked')
    .action((options: JobOptions) =>
      withCoordinator(context, options, async (client) => {
        const path = `${jobPath(client, idOf(options))}/link-quality`
        const quality = linkQuality.parse(await client.api.ask({ method: 'GET', path }))
        context.output().result(quality, renderLinkQuality(quality, context.output().language))
      }),
    )

  forJob('close')
    .description('end a job: its keys and tables are gone')
    .action((options: JobOptions) =>
      withCoordinator(context, options, async (client) => {
        const path = `${jobPath(client, idOf(options))}/closings`
        const view = jobView.parse(await client.api.ask({ method: 'POST', path, json: {} }))
        context.output().result(view, jobLines(view, context.output()))
      }),
    )
}
