/** recovery: going on after the log contradicted itself, or after this node was put back from a backup. */
import type { Command } from 'commander'
import { NodeError } from '../errors.ts'
import type { Cli } from './session.ts'
import { type CodeOption, codeOf, type SignOptions, signatureOf, signing } from './signing.ts'

function sizeOf(text: string): number {
  const size = Number(text)
  if (Number.isInteger(size) && size >= 1) return size
  throw new NodeError('invalid_request', { violations: [{ path: '--size', message: 'a whole number, 1 or more' }] })
}

export function recoveryCommands(program: Command, cli: Cli): void {
  const recovery = program
    .command('recovery')
    .description('verdergaan na een tegenspraak in het controlespoor / going on after the log contradicted itself')

  recovery
    .command('show')
    .description('de eigen kopie naast die van het schakelpunt / the own copy beside that of the broker')
    .action(() =>
      cli.onNode(async (node, at) => {
        const data = await node.recovery.show()
        const { own, offered, signed, needed } = data
        const lines = [
          `${at.say('Eigen kopie', 'Own copy')}: ${own.size}, ${at.say('code', 'code')} ${own.code}`,
          `${at.say('Schakelpunt', 'Broker')}: ${offered.size}, ${at.say('code', 'code')} ${offered.code}`,
          data.isSame
            ? at.say('Zover zij beide gaan zijn zij gelijk.', 'As far as both go they are the same.')
            : at.say('Zij verschillen.', 'They differ.'),
          ...signed.map(
            ({ size, code, by }) =>
              `${at.say('Herstel getekend', 'Recovery signed')}: ${size}, ${code}: ${by.join(', ')} (${at.say('nodig', 'needed')}: ${needed})`,
          ),
          ...data.frozen.map(({ reason, foundAt }) => `${at.say('STILGEZET', 'FROZEN')}: ${reason}, ${foundAt}`),
        ]
        return { data, text: lines.join('\n') }
      }),
    )

  signing(
    recovery
      .command('sign')
      .requiredOption('--size <size>', 'het afgesproken aantal regels / the agreed number of entries')
      .requiredOption('--reason <text>')
      .option('--code <code>', 'de code die u van de andere partners hoorde / as heard from the other partners'),
  )
    .description('teken van welk controlepunt het Datalab verdergaat / sign from which checkpoint the lab goes on')
    .action((options: SignOptions & CodeOption & { size: string; reason: string }) =>
      cli.onNode(async (node, at) => {
        const code = await codeOf(at, options)
        const signature = await signatureOf(node, at, options)
        const order = { ...signature, size: sizeOf(options.size), code, reason: options.reason }
        const data = await node.recovery.sign(order)
        return {
          data,
          text: at.say(
            'Getekend. Het knooppunt gaat verder zodra genoeg partners hetzelfde hebben getekend.',
            'Signed. The node goes on once enough partners have signed the same.',
          ),
        }
      }),
    )

  recovery
    .command('restored')
    .description(
      'dit knooppunt is teruggezet en er draait geen andere kopie van / this node was put back, no other copy runs',
    )
    .action(() =>
      cli.onNode(async (node, at) => {
        node.recovery.restored()
        return {
          data: { waiting: true },
          text: at.say(
            'Het knooppunt neemt over wat het sindsdien ondertekende en wacht op de bevestiging van de andere partners.',
            'The node takes over what it signed since and waits for the other partners to vouch for the log.',
          ),
        }
      }),
    )
}
