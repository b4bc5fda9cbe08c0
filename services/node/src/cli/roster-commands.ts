/** roster, rotate-key, officer: who takes part, with which keys. */
import { type PartyId, partyId } from '@kruispunt/contracts'
import type { Command } from 'commander'
import type { CommandResult } from '../delivery-port.ts'
import { NodeError, refuseUnless } from '../errors.ts'
import type { KruispuntNode } from '../node.ts'
import type { RosterWish } from '../officers/officer-acts.ts'
import { writeNewFile } from './new-file.ts'
import { readOfficer } from './read-officer.ts'
import type { Cli, Invocation } from './session.ts'
import { type CodeOption, codeOf, recorded, type SignOptions, signatureOf, signing } from './signing.ts'
import { rosterText } from './texts.ts'

const collect = (value: string, all: string[]) => [...all, value]

type ProposalOptions = SignOptions & {
  readonly renew: string[]
  readonly addOfficer: string[]
  readonly removeOfficer: string[]
  readonly removeParty: string[]
  readonly days?: string
}

const wrongOption = (path: string, message: string) =>
  new NodeError('invalid_request', { violations: [{ path, message }] })

function partyNamed(text: string): PartyId {
  const parsed = partyId.safeParse(text)
  refuseUnless(parsed.success, 'party_unknown')
  return parsed.data
}

function keyNamed(text: string): 'node' | 'witness' {
  if (text === 'node' || text === 'witness') return text
  throw wrongOption('--renew', 'node or witness')
}

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw wrongOption('--days', 'a whole number, 1 to 3650')
  return days
}

async function propose(
  node: KruispuntNode,
  at: Invocation,
  options: SignOptions,
  wish: RosterWish,
): Promise<CommandResult> {
  const signature = await signatureOf(node, at, options)
  const receipt = await node.sendDecision(node.acts.proposeRoster({ ...signature, ...wish }))
  const { next } = node.views.roster()
  const code = next?.shortCode ?? null
  const { text } = recorded(at, receipt)
  return {
    data: { ...receipt, shortCode: code },
    text: [
      text,
      code === null
        ? at.say(
            'De code ziet u zodra de lijst is vastgelegd: roster show.',
            'The code shows once it is on record: roster show.',
          )
        : at.say(
            `Laat alle functionarissen deze code mondeling vergelijken en bevestigen, u ook: ${code}`,
            `Have all officers compare this code by voice and accept, you too: ${code}`,
          ),
    ].join('\n'),
  }
}

function proposeCommand(roster: Command, cli: Cli): void {
  signing(
    roster
      .command('propose')
      .option('--renew <node|witness>', 'vervang een eigen sleutel / replace an own key', collect, [])
      .option('--add-officer <name:role:passphrase-file>', 'privacy-officer of/or signatory', collect, [])
      .option('--remove-officer <name>', 'eigen functionaris, naam of sleutelkenmerk / own officer', collect, [])
      .option('--remove-party <party>', 'partner die niet meer meedoet / partner that leaves', collect, [])
      .option('--days <days>', 'hoe lang de lijst geldt, vanaf nu / how long it holds, from now'),
  )
    .description('leg een volgende deelnemerslijst voor / put the next roster forward')
    .action((options: ProposalOptions) =>
      cli.onNode(async (node, at) => {
        const addOfficers = []
        for (const one of options.addOfficer) addOfficers.push(await readOfficer(one, at))
        return propose(node, at, options, {
          renew: options.renew.map(keyNamed),
          addOfficers,
          removeOfficers: options.removeOfficer,
          removeParties: options.removeParty.map(partyNamed),
          days: daysOf(options.days),
        })
      }),
    )
}

function officerCommands(program: Command, cli: Cli): void {
  const officer = program.command('officer').description('functionarissen van dit knooppunt / officers of this node')
  signing(officer.command('passphrase').option('--new-passphrase-file <file>'))
    .description('verander het wachtwoord van een functionaris / change the passphrase of an officer')
    .action((options: SignOptions & { newPassphraseFile?: string }) =>
      cli.onNode(async (node, at) => {
        const { officer: name, passphrase } = await signatureOf(node, at, options)
        const question = at.say(`Nieuw wachtwoord van ${name}`, `New passphrase of ${name}`)
        node.changePassphrase(name, passphrase, await at.terminal.secret(options.newPassphraseFile, question))
        return {
          data: { officer: name },
          text: at.say(
            'Het wachtwoord is veranderd. In oude kopieën van de map geldt het vorige nog.',
            'The passphrase has been changed. In older copies of the folder the one before still works.',
          ),
        }
      }),
    )
}

export function rosterCommands(program: Command, cli: Cli): void {
  const roster = program.command('roster').description('de deelnemerslijst / the roster')
  roster
    .command('show')
    .description(
      'de geldende lijst, en wat een voorgelegde verandert / the one in force, and what a proposed one changes',
    )
    .action(() =>
      cli.onNode(async (node, at) => {
        const data = node.views.roster()
        return { data, text: rosterText(data, at.say) }
      }),
    )
  roster
    .command('export')
    .description('schrijf de lijst naar een bestand voor kruispunt-verify / write the roster for kruispunt-verify')
    .argument('<file>')
    .action((file: string) =>
      cli.onNode(async (node, at) => {
        const document = node.views.rosterDocument()
        writeNewFile(file, `${JSON.stringify(document, null, 2)}\n`)
        const { shortCode } = node.views.roster()
        return {
          data: { file, shortCode },
          text: at.say(
            `De deelnemerslijst staat in ${file}. Haar code is ${shortCode}; vergelijk die met wat de functionarissen hoorden.`,
            `The roster is in ${file}. Its code is ${shortCode}; compare it with what the officers heard.`,
          ),
        }
      }),
    )
  signing(roster.command('accept').option('--code <code>', 'de code die u van de andere partners hoorde / as heard'))
    .description('bevestig de lijst na het vergelijken van de code / accept after comparing the code')
    .action((options: SignOptions & CodeOption) =>
      cli.onNode(async (node, at) => {
        const shown = node.views.roster()
        if (at.terminal.isInteractive) at.terminal.show(rosterText(shown, at.say))
        const shortCode = await codeOf(at, options)
        const signature = await signatureOf(node, at, options)
        return recorded(at, await node.sendDecision(node.acts.acceptRoster({ ...signature, shortCode })))
      }),
    )
  proposeCommand(roster, cli)
  signing(program.command('rotate-key').argument('<node|witness>'))
    .description('maak een nieuwe eigen sleutel en leg haar voor / make a new own key and put it forward')
    .action((name: string, options: SignOptions) =>
      cli.onNode((node, at) => propose(node, at, options, { renew: [keyNamed(name)] })),
    )
  officerCommands(program, cli)
}
