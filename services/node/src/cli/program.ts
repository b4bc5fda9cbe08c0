/**
 * `kruispunt-node` as a whole.
 * @module
 */
import { Command } from 'commander'
import { deliveryCommands } from '../delivery/commands.ts'
import { decisionCommands } from './decision-commands.ts'
import { createCli } from './session.ts'
import { startCommands } from './start-commands.ts'

export function createProgram(environment: Readonly<Record<string, string | undefined>>): Command {
  const program = new Command('kruispunt-node')
    .description('Partnerknooppunt van een Datalab / partner node of a Data Lab')
    .option('--folder <folder>', 'map van het knooppunt / folder of the node')
    .option('--config <file>', 'instellingen (TOML) / settings')
    .option('--lang <nl|en>', 'taal / language')
    .option('--json', 'antwoord als JSON / answer as JSON')
    .showHelpAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  const cli = createCli(program, environment)
  startCommands(program, cli)
  decisionCommands(program, cli)
  deliveryCommands(program.command('extract').description('leveringen / extracts'), cli.run)
  return program
}
