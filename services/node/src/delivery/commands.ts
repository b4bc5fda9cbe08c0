/**
 * `kruispunt-node extract …`: the steward's work on a terminal.
 * @module
 */
import { agreementId, extractId } from '@kruispunt/contracts'
import { InvalidArgumentError } from 'commander'
import type { CommandSession, DeliveryCommands, DeliveryPort, Language } from '../delivery-port.ts'
import { NodeError } from '../errors.ts'
import { consequencesText } from '../officers/consequences.ts'
import { type Assignment, confirmMapping, inspectFile, refusedFile } from './inspect.ts'
import { noObjections, type Objections, parseObjections, readObjections } from './objections.ts'
import { prepareExtract } from './prepare.ts'
import { sendExtract } from './send.ts'
import { inspectionText, jointText, listText, preparedText, receiptText, withdrawnText } from './texts.ts'
import { viewExtract, viewInspection, viewReceipt } from './views.ts'

type FileOptions = { agreement?: string; dataset?: string }

function assignmentOf({ agreement, dataset }: FileOptions): Assignment {
  if (agreement === undefined) return { dataset }
  const parsed = agreementId.safeParse(agreement)
  if (!parsed.success) throw new NodeError('agreement_unknown')
  return { agreement: parsed.data, dataset }
}

function idOf(text: string) {
  const parsed = extractId.safeParse(text)
  if (!parsed.success) throw new NodeError('extract_unknown')
  return parsed.data
}

/** `--map field=heading`, for a column the proposal did not find or got wrong. */
function overrides(pairs: readonly string[], headings: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [field = '', ...heading] = pair.split('=')
      const column = headings.indexOf(heading.join('='))
      if (column < 0) throw new NodeError('mapping_invalid')
      return [field, column]
    }),
  )
}

/** Looks in the log first, so that an agreement signed a minute ago counts; a broker that is down does not stop the steward. */
async function refreshed(port: DeliveryPort): Promise<void> {
  try {
    await port.refresh()
  } catch (error) {
    if (!(error instanceof NodeError && error.code === 'broker_unreachable')) throw error
  }
}

const percent = (part: number) => `${Math.round(part * 100)} %`
function seconds(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('een aantal seconden / a number of seconds')
  return value
}

const collect = (value: string, all: string[]) => [...all, value]

type PrepareCommand = FileOptions & {
  map: string[]
  leaveOutBadRows: boolean
  wait: number
  objections?: string
  askObjection: boolean
}

async function objectionsOf(
  { objections: file, askObjection }: PrepareCommand,
  language: Language,
  secret: CommandSession['secret'],
): Promise<Objections | undefined> {
  if (file === undefined && !askObjection) return undefined
  const found = file === undefined ? noObjections() : readObjections(file)
  if (!askObjection) return found
  const question = language === 'nl' ? 'Bsn, of rij 214' : 'Citizen number, or row 214'
  const asked = parseObjections(await secret(undefined, question))
  for (const number of asked.citizenNumbers) found.citizenNumbers.add(number)
  for (const row of asked.rows) found.rows.add(row)
  return found
}

export const deliveryCommands: DeliveryCommands = (extract, run) => {
  extract
    .command('inspect')
    .argument('<file>')
    .description('bekijk een bestand: hoe het gelezen wordt, welke kolom wat is / look at a file')
    .option('--agreement <id>')
    .option('--dataset <id>')
    .action((file: string, options: FileOptions) =>
      run(async (port, { language }) => {
        await refreshed(port)
        const inspected = await inspectFile(port, assignmentOf(options), file)
        const exitCode = inspected.obstacle === null ? 0 : 2
        return { data: viewInspection(inspected), text: inspectionText(inspected, language), exitCode }
      }),
    )

  extract
    .command('prepare')
    .argument('<file>')
    .description('lees, controleer en versleutel een bestand; verstuurt niets / read, check and encrypt; sends nothing')
    .option('--agreement <id>')
    .option('--dataset <id>')
    .option('--map <field=heading>', 'wijs zelf een kolom aan / point out a column', collect, [])
    .option(
      '--leave-out-bad-rows',
      'laat regels met fouten weg; hun aantal gaat mee / leave out rows with errors',
      false,
    )
    .option(
      '--wait <seconds>',
      'hoe lang wachten op knooppunten die niet antwoorden / how long to wait for nodes that do not answer',
      seconds,
      120,
    )
    .option(
      '--objections <file>',
      'laat weg wie bezwaar maakt: per regel een bsn, of "rij 214" / leave out who objects',
    )
    .option('--ask-objection', 'vraag één bsn of rij, onzichtbaar / ask for one number or row, unseen', false)
    .action((file: string, options: PrepareCommand) =>
      run(async (port, { language, progress, secret }) => {
        await refreshed(port)
        const inspected = await inspectFile(port, assignmentOf(options), file)
        const headings = inspected.inspection.columns.map(({ header }) => header)
        const proposed = Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))
        if (inspected.obstacle !== null && options.map.length === 0) throw refusedFile(inspected.obstacle)
        const mapping = confirmMapping(inspected, { ...proposed, ...overrides(options.map, headings) })
        const objections = await objectionsOf(options, language, secret)
        const { extractId: id, report } = await prepareExtract(port, inspected, mapping, {
          ...(objections === undefined ? {} : { objections }),
          leaveOutBadRows: options.leaveOutBadRows,
          patienceMs: options.wait * 1000,
          onJointNumbers: (joint) => progress(jointText(joint, language)),
          onProgress: (part) => progress(percent(part)),
        })
        return { data: viewExtract(port.extract(id)), text: preparedText(id, report, language) }
      }),
    )

  extract
    .command('send')
    .argument('<extractId>')
    .description('verstuur een klaargezette levering / send a prepared extract')
    .action((id: string) =>
      run(async (port, { language, progress }) => {
        const receipt = await sendExtract(port, idOf(id), (part) => progress(percent(part)))
        return { data: viewReceipt(receipt), text: receiptText(receipt, language) }
      }),
    )

  extract
    .command('withdraw')
    .argument('<extractId>')
    .description('trek een levering in en vernietig haar sleutel / withdraw an extract and destroy its key')
    .option('--officer <name>')
    .option('--reason <text>')
    .option('--passphrase-file <file>')
    .option('--preview', 'toon wat er dan gebeurt en teken niets / show what would happen and sign nothing')
    .action((id: string, options: { officer?: string; reason?: string; passphraseFile?: string; preview?: boolean }) =>
      run(async (port, { language, progress, secret }) => {
        await refreshed(port)
        const data = port.withdrawalOf(idOf(id))
        const text = consequencesText(data, (nl, en) => (language === 'nl' ? nl : en))
        if (options.preview === true) return { data, text }
        const { officer, reason } = options
        if (officer === undefined || reason === undefined)
          throw new NodeError('invalid_request', {
            violations: [{ path: '--officer, --reason', message: 'say who withdraws, and why' }],
          })
        progress(text)
        const passphrase = await secret(options.passphraseFile, language === 'nl' ? 'Wachtwoordzin' : 'Passphrase')
        const order = { extractId: idOf(id), officer, passphrase, reason }
        const receipt = await port.withdraw(order)
        return { data: viewReceipt(receipt), text: withdrawnText(receipt, language) }
      }),
    )

  extract
    .command('discard')
    .argument('<extractId>')
    .description('gooi een levering weg die niet verstuurd is / discard an extract that was not sent')
    .action((id: string) =>
      run(async (port, { language }) => {
        port.discard(idOf(id))
        return { data: { discarded: id }, text: language === 'nl' ? 'Weggegooid.' : 'Discarded.' }
      }),
    )

  extract
    .command('list')
    .description('leveringen van dit knooppunt / extracts of this node')
    .action(() =>
      run(async (port, { language }) => ({
        data: { deliveries: port.extracts().map(viewExtract), outstanding: port.outstanding() },
        text: listText(port.extracts(), port.outstanding(), language),
      })),
    )
}
