/** roster, agreement, ceremony, request: the officer's commands. */
import { type AgreementId, agreementId } from '@kruispunt/contracts'
import { matchesShortCode } from '@kruispunt/statements'
import type { Command } from 'commander'
import type { CommandResult, Receipt } from '../delivery-port.ts'
import { NodeError, refuseUnless } from '../errors.ts'
import type { KruispuntNode } from '../node.ts'
import type { Signature } from '../officers/officer-acts.ts'
import { renderAgreement } from '../officers/render-agreement.ts'
import { writeNewFile } from './new-file.ts'
import type { Cli, Invocation } from './session.ts'
import { agreementsText, ceremoniesText, requestsText, rosterText } from './texts.ts'

type SignOptions = { readonly officer?: string; readonly passphraseFile?: string }
type CodeOption = { readonly code?: string }
type ReasonOption = { readonly reason?: string }

const signing = (command: Command) =>
  command
    .option('--officer <name>', 'wie tekent / who signs')
    .option('--passphrase-file <file>', 'wachtwoord van deze functionaris / passphrase of this officer')

async function signatureOf(node: KruispuntNode, at: Invocation, options: SignOptions): Promise<Signature> {
  const { officers } = node.views.fingerprints()
  const officer = options.officer ?? (officers.length === 1 ? officers[0]?.name : undefined)
  refuseUnless(officer !== undefined, 'officer_unknown')
  const question = at.say(`Wachtwoord van ${officer}`, `Passphrase of ${officer}`)
  return { officer, passphrase: await at.terminal.secret(options.passphraseFile, question) }
}

const codeOf = (at: Invocation, { code }: CodeOption): Promise<string> =>
  code === undefined
    ? at.terminal.ask(at.say('Voer de code in die u las of hoorde', 'Type the code you read or heard'))
    : Promise.resolve(code)

/** By identifier or short code; without either the only one of this party. */
function agreementNamed(node: KruispuntNode, text: string | undefined): AgreementId {
  const ours = node.views.agreements().filter(({ isOurs }) => isOurs)
  if (text === undefined) {
    refuseUnless(ours.length > 0, 'agreement_unknown')
    const [only, ...others] = ours
    refuseUnless(only !== undefined && others.length === 0, 'agreement_ambiguous')
    return only.id
  }
  const parsed = agreementId.safeParse(text)
  if (parsed.success) return parsed.data
  const found = ours.find(({ id }) => matchesShortCode(id, text))
  refuseUnless(found !== undefined, 'agreement_unknown')
  return found.id
}

function requestNamed(node: KruispuntNode, text: string): string {
  const found = node.views.requests().find(({ hash, requestId }) => hash === text || requestId === text)
  if (found === undefined) throw new NodeError('request_unknown')
  return found.hash
}

function recorded(at: Invocation, receipt: Receipt): CommandResult {
  const text =
    receipt.index === null
      ? at.say(
          'Ondertekend. Het schakelpunt antwoordt niet; het knooppunt verstuurt het zodra het kan.',
          'Signed. The broker does not answer; the node sends it as soon as it can.',
        )
      : at.say(
          `Ondertekend en vastgelegd in het controlespoor, regel ${receipt.index}.`,
          `Signed and on record in the audit trail, entry ${receipt.index}.`,
        )
  return { data: receipt, text }
}

function rosterCommands(program: Command, cli: Cli): void {
  const roster = program.command('roster').description('de deelnemerslijst / the roster')
  roster.command('show').action(() =>
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
        const shortCode = await codeOf(at, options)
        const signature = await signatureOf(node, at, options)
        return recorded(at, await node.sendDecision(node.acts.acceptRoster({ ...signature, shortCode })))
      }),
    )
}

function agreementCommands(program: Command, cli: Cli): void {
  const agreement = program.command('agreement').description('deelafspraken / sharing agreements')
  agreement.command('list').action(() =>
    cli.onNode(async (node, at) => {
      const data = node.views.agreements()
      return { data, text: agreementsText(data, at.language, at.say) }
    }),
  )
  const shown = (node: KruispuntNode, at: Invocation, name: string | undefined) => {
    const found = node.views.agreement(agreementNamed(node, name))
    return { ...found, text: renderAgreement(found.id, found.document, found, at.language) }
  }
  agreement
    .command('show')
    .argument('[agreement]', 'kenmerk of code / identifier or code')
    .action((name: string | undefined) =>
      cli.onNode(async (node, at) => {
        const data = shown(node, at, name)
        return { data, text: data.text }
      }),
    )
  const decide =
    (decision: 'approved' | 'rejected') =>
    (name: string | undefined, options: SignOptions & CodeOption & ReasonOption) =>
      cli.onNode(async (node, at) => {
        const found = shown(node, at, name)
        if (at.terminal.isInteractive) at.terminal.show(found.text)
        const shortCode = await codeOf(at, options)
        const signature = await signatureOf(node, at, options)
        const order = { ...signature, agreement: found.id, shortCode, decision, reason: options.reason ?? null }
        return recorded(at, await node.sendDecision(node.acts.decideAgreement(order)))
      })
  signing(
    agreement
      .command('sign')
      .argument('[agreement]')
      .option('--code <code>', 'onder de gelezen tekst / under the text read'),
  )
    .description('onderteken / sign')
    .action(decide('approved'))
  signing(agreement.command('refuse').argument('[agreement]').option('--code <code>').option('--reason <text>'))
    .description('niet akkoord / refuse')
    .action(decide('rejected'))
  signing(agreement.command('withdraw').argument('[agreement]').requiredOption('--reason <text>'))
    .description('trek in: geldt hier meteen, sleutels worden vernietigd / withdraw: at once, keys are destroyed')
    .action((name: string | undefined, options: SignOptions & { reason: string }) =>
      cli.onNode(async (node, at) => {
        const signature = await signatureOf(node, at, options)
        const order = { ...signature, agreement: agreementNamed(node, name), reason: options.reason }
        return recorded(at, await node.sendDecision(node.acts.withdrawAgreement(order)))
      }),
    )
}

function ceremonyCommands(program: Command, cli: Cli): void {
  const ceremony = program.command('ceremony').description('de sleutelafspraak / the key ceremony')
  ceremony.command('status').action(() =>
    cli.onNode(async (node, at) => {
      await node.trySending()
      const data = node.views.ceremonies()
      return { data, text: ceremoniesText(data, at.language, at.say) }
    }),
  )
  ceremony
    .command('abandon')
    .argument('[agreement]')
    .description('geef de lopende ronde op / give the running round up')
    .action((name: string | undefined) =>
      cli.onNode(async (node, at) => {
        const agreement = agreementNamed(node, name)
        node.abandonCeremony(agreement)
        await node.trySending()
        return { data: { agreement }, text: at.say('De ronde is opgegeven.', 'The round has been given up.') }
      }),
    )
  ceremony
    .command('restart')
    .argument('[agreement]')
    .description('begin een nieuwe ronde na een opgegeven / begin a new round after one that was given up')
    .action((name: string | undefined) =>
      cli.onNode(async (node, at) => {
        const agreement = agreementNamed(node, name)
        const { epoch } = node.restartCeremony(agreement)
        await node.trySending()
        return { data: { agreement, epoch }, text: at.say(`Ronde ${epoch} begint.`, `Round ${epoch} begins.`) }
      }),
    )
}

function requestCommands(program: Command, cli: Cli): void {
  const request = program.command('request').description('aanvragen van de coördinator / requests of the coordinator')
  request.command('list').action(() =>
    cli.onNode(async (node, at) => {
      const data = node.views.requests()
      return { data, text: requestsText(data, at.language, at.say) }
    }),
  )
  const decide = (decision: 'approved' | 'rejected') => (name: string, options: SignOptions & ReasonOption) =>
    cli.onNode(async (node, at) => {
      const requestHash = requestNamed(node, name)
      const signature = await signatureOf(node, at, options)
      const order = { ...signature, requestHash, decision, reason: options.reason ?? null }
      return recorded(at, await node.sendDecision(node.acts.decideRequest(order)))
    })
  signing(request.command('approve').argument('<request>'))
    .description('keur goed / approve')
    .action(decide('approved'))
  signing(request.command('reject').argument('<request>').option('--reason <text>'))
    .description('wijs af / reject')
    .action(decide('rejected'))
}

export function decisionCommands(program: Command, cli: Cli): void {
  rosterCommands(program, cli)
  agreementCommands(program, cli)
  ceremonyCommands(program, cli)
  requestCommands(program, cli)
}
