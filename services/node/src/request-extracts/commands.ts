/**
 * `kruispunt-node extract asked | confirm | decline`: extracts that are made for one request.
 * @module
 */
import type { Command } from 'commander'
import type { Cli, Invocation } from '../cli/session.ts'
import { receiptText } from '../delivery/texts.ts'
import { viewReceipt } from '../delivery/views.ts'
import type { AskedExtract } from './request-extracts.ts'

const stateWords: Readonly<Record<AskedExtract['state'], readonly [nl: string, en: string]>> = {
  'waits-for-approval': ['wacht op goedkeuring', 'waits for approval'],
  'no-delivery': ['er is nog geen bestand klaargezet: extract prepare', 'no file was prepared yet: extract prepare'],
  'to-confirm': [
    'wacht op u: extract confirm, of extract decline',
    'waits for you: extract confirm, or extract decline',
  ],
  'being-made': ['wordt gemaakt en verstuurd', 'is being made and sent'],
  sent: ['verstuurd, alleen voor deze aanvraag', 'sent, for this request only'],
  declined: ['hier geweigerd', 'declined here'],
  over: ['voorbij', 'over'],
}

function askedText(all: readonly AskedExtract[], { say }: Pick<Invocation, 'say'>): string {
  if (all.length === 0) return say('Er is niets gevraagd.', 'Nothing was asked.')
  return all
    .flatMap(({ requestId, dataset, question, columns, state, inTheWay, until }) => [
      `${requestId}  ${dataset}  ${say(...stateWords[state])}${inTheWay === null ? '' : ` (${inTheWay})`}`,
      `  ${say('vraag', 'question')}: ${question}`,
      `  ${say('gaat weg', 'leaves')}: ${columns.join(', ')}`,
      `  ${say('tot', 'until')}: ${until}`,
    ])
    .join('\n')
}

export function requestExtractCommands(extract: Command, cli: Cli): void {
  extract
    .command('asked')
    .description('wat aanvragen van dit knooppunt vragen voor één keer / what requests ask of this node for one time')
    .action(() =>
      cli.onNode(async (node, at) => {
        const asked = node.requestExtracts.list()
        return { data: { asked }, text: askedText(asked, at) }
      }),
    )

  const about = (name: string, description: string) =>
    extract
      .command(name)
      .argument('<requestId>')
      .option('--dataset <id>', 'als er meer dan één wordt gevraagd / if more than one is asked')
      .description(description)

  about(
    'confirm',
    'maak wat gevraagd wordt en verstuur het, alleen voor deze aanvraag / make what is asked and send it, for this request only',
  ).action((requestId: string, { dataset }: { dataset?: string }) =>
    cli.onNode(async (node, at) => {
      const asked = await node.requestExtracts.confirm(requestId, dataset)
      return { data: asked, text: askedText([asked], at) }
    }),
  )

  about('decline', 'maak het niet; de coördinator ziet dat / do not make it; the coordinator sees that').action(
    (requestId: string, { dataset }: { dataset?: string }) =>
      cli.onNode(async (node, at) => {
        const receipt = await node.requestExtracts.decline(requestId, dataset)
        return {
          data: viewReceipt(receipt),
          text: `${at.say('Geweigerd.', 'Declined.')} ${receiptText(receipt, at.language)}`,
        }
      }),
  )
}
