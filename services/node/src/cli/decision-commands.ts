/** agreement, ceremony, request: the officer's commands. */
import { type AgreementOutcome, agreementExport } from '@kruispunt/contracts'
import type { Command } from 'commander'
import type { CommandResult } from '../delivery-port.ts'
import { NodeError } from '../errors.ts'
import type { KruispuntNode } from '../node.ts'
import { consequencesText, type WithdrawalOf } from '../officers/consequences.ts'
import { renderAgreement } from '../officers/render-agreement.ts'
import { writeNewFile } from './new-file.ts'
import type { Cli, Invocation } from './session.ts'
import {
  agreementNamed,
  type CodeOption,
  codeOf,
  type ReasonOption,
  recorded,
  type SignOptions,
  signatureOf,
  signing,
} from './signing.ts'
import { agreementsText, ceremoniesText, differencesText, requestsText } from './texts.ts'

function requestNamed(node: KruispuntNode, text: string): string {
  const found = node.views.requests().find(({ hash, requestId }) => hash === text || requestId === text)
  if (found === undefined) throw new NodeError('request_unknown')
  return found.hash
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
  agreement
    .command('differences')
    .argument('[agreement]')
    .description('wat er anders is dan in de tekst die u eerder tekende / what differs from the text signed before')
    .action((name: string | undefined) =>
      cli.onNode(async (node, at) => {
        const data = node.views.differences(agreementNamed(node, name), at.language)
        return { data, text: differencesText(data, at.say) }
      }),
    )
  agreement
    .command('export')
    .argument('<kind>', agreementExport.options.join(' | '))
    .argument('<file>')
    .argument('[agreement]')
    .description('een bestand om te bewaren: pdf, register, DPIA, controlespoor / a file to keep')
    .action((name: string, file: string, agreement: string | undefined) =>
      cli.onNode(async (node, at) => {
        const kind = agreementExport.safeParse(name)
        if (!kind.success)
          throw new NodeError('invalid_request', {
            violations: [{ path: 'kind', message: agreementExport.options.join(', ') }],
          })
        const id = agreementNamed(node, agreement)
        const { bytes, mediaType } = await node.exportAgreement(id, kind.data, at.language)
        writeNewFile(file, bytes)
        return { data: { file, mediaType, bytes: bytes.length }, text: at.say('Opgeslagen.', 'Saved.') }
      }),
    )
  const decide =
    (decision: AgreementOutcome) => (name: string | undefined, options: SignOptions & CodeOption & ReasonOption) =>
      cli.onNode(async (node, at) => {
        const found = shown(node, at, name)
        if (at.terminal.isInteractive) at.terminal.show(found.text)
        const shortCode = await codeOf(at, options)
        const signature = await signatureOf(node, at, options)
        const order = { ...signature, agreement: found.id, shortCode, decision, reason: options.reason ?? null }
        return recorded(at, await node.sendDecision(node.acts.decideAgreement(order)))
      })
  const withReason = (command: Command) =>
    signing(command.argument('[agreement]').option('--code <code>').requiredOption('--reason <text>'))
  signing(
    agreement
      .command('sign')
      .argument('[agreement]')
      .option('--code <code>', 'onder de gelezen tekst / under the text read'),
  )
    .description('onderteken / sign')
    .action(decide('approved'))
  withReason(agreement.command('sign-with-conditions'))
    .description('onderteken; de voorwaarden staan erbij in het controlespoor / sign, with conditions on record')
    .action(decide('approved-with-conditions'))
  withReason(agreement.command('return'))
    .description('niet deze tekst: vraag de opsteller om een andere / ask the drafter for another text')
    .action(decide('returned'))
  withReason(agreement.command('refuse')).description('niet akkoord / refuse').action(decide('rejected'))
  withdrawing(agreement.command('withdraw').argument('[agreement]'))
    .description('trek in: geldt hier meteen, sleutels worden vernietigd / withdraw: at once, keys are destroyed')
    .action((name: string | undefined, options: WithdrawOptions) =>
      cli.onNode(async (node, at) => {
        const agreement = agreementNamed(node, name)
        const told = toldBefore(node, at, { scope: 'agreement', id: agreement }, options)
        if (told !== undefined) return told
        const signature = await signatureOf(node, at, options)
        const order = { ...signature, agreement, reason: reasonOf(options) }
        return recorded(at, await node.sendDecision(node.acts.withdrawAgreement(order)))
      }),
    )
}

type WithdrawOptions = SignOptions & ReasonOption & { readonly preview?: boolean }
const withdrawing = (command: Command) =>
  signing(command.option('--reason <text>')).option(
    '--preview',
    'toon wat er dan gebeurt en teken niets / show what would happen and sign nothing',
  )

/** Shown before a passphrase is asked for; with `--preview` that is all. */
function toldBefore(
  node: KruispuntNode,
  at: Invocation,
  what: WithdrawalOf,
  { preview, reason }: WithdrawOptions,
): CommandResult | undefined {
  const data = node.consequences(what)
  const text = consequencesText(data, at.say)
  if (preview === true) return { data, text }
  if (reason === undefined)
    throw new NodeError('invalid_request', { violations: [{ path: '--reason', message: 'give a reason' }] })
  if (at.terminal.isInteractive) at.terminal.show(text)
  return undefined
}
const reasonOf = ({ reason = '' }: ReasonOption): string => reason

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
  rotationCommand(ceremony, cli)
}

function rotationCommand(ceremony: Command, cli: Cli): void {
  signing(
    ceremony
      .command('rotate')
      .argument('[agreement]')
      .option(
        '--compromise',
        'de sleutel kan uitgelekt zijn: leveringen sluiten meteen / deliveries close at once',
        false,
      ),
  )
    .description(
      'spreek een nieuwe sleutel af; daarna levert iedereen opnieuw / agree a new key; everybody delivers again',
    )
    .action((name: string | undefined, options: SignOptions & { compromise: boolean }) =>
      cli.onNode(async (node, at) => {
        const agreement = agreementNamed(node, name)
        const signature = await signatureOf(node, at, options)
        const reason = options.compromise ? 'compromise' : 'scheduled'
        return recorded(at, await node.sendDecision(node.acts.rotateEpoch({ ...signature, agreement, reason })))
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
  withdrawRequestCommand(request, cli)
}

function withdrawRequestCommand(request: Command, cli: Cli): void {
  withdrawing(request.command('withdraw').argument('<request>'))
    .description('trek een aanvraag in: haar berekening eindigt / withdraw a request: its job ends')
    .action((name: string, options: WithdrawOptions) =>
      cli.onNode(async (node, at) => {
        const requestHash = requestNamed(node, name)
        const told = toldBefore(node, at, { scope: 'request', requestHash }, options)
        if (told !== undefined) return told
        const signature = await signatureOf(node, at, options)
        const order = { ...signature, requestHash, reason: reasonOf(options) }
        return recorded(at, await node.sendDecision(node.acts.withdrawRequest(order)))
      }),
    )
}

export function decisionCommands(program: Command, cli: Cli): void {
  agreementCommands(program, cli)
  ceremonyCommands(program, cli)
  requestCommands(program, cli)
}
