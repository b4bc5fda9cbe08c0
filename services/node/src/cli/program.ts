/**
 * `kruispunt-node` as a whole.
 * @module
 */
import { usageError } from '@kruispunt/command-line'
import { Command } from 'commander'
import { deliveryCommands } from '../delivery/commands.ts'
import { requestExtractCommands } from '../request-extracts/commands.ts'
import { decisionCommands } from './decision-commands.ts'
import { recoveryCommands } from './recovery-commands.ts'
import { rosterCommands } from './roster-commands.ts'
import { createCli } from './session.ts'
import { startCommands } from './start-commands.ts'
import { userCommands } from './user-commands.ts'

export function createProgram(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): Command {
  // Before the options are read: a command line that cannot be read has to be answered too.
  const isEnglish =
    args.some((arg, at) => arg === '--lang=en' || (arg === '--lang' && args[at + 1] === 'en')) ||
    (environment.KRUISPUNT_NODE_LANGUAGE === 'en' && !args.includes('--lang'))
  const say = (nl: string, en: string) => (isEnglish ? en : nl)
  const program = new Command('kruispunt-node')
    .description('Partnerknooppunt van een Datalab / partner node of a Data Lab')
    .option('--folder <folder>', 'map van het knooppunt / folder of the node')
    .option('--config <file>', 'instellingen (TOML) / settings')
    .option('--lang <nl|en>', 'taal / language')
    .option('--json', 'antwoord als JSON / answer as JSON')
    .configureOutput({ outputError: (text, write) => write(usageError(text, 'kruispunt-node', say)) })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  const cli = createCli(program, environment)
  startCommands(program, cli)
  rosterCommands(program, cli)
  decisionCommands(program, cli)
  recoveryCommands(program, cli)
  userCommands(program, cli)
  const extract = program.command('extract').description('leveringen / extracts')
  deliveryCommands(extract, cli.run)
  requestExtractCommands(extract, cli)
  return program
}
