/**
 * The command line of the broker: which commands there are, and how they end.
 * @module
 */
import { usageError } from '@kruispunt/command-line'
import { cryptoReady } from '@kruispunt/crypto'
import { Command, CommanderError, Option } from 'commander'
import type { StartJobs } from '../broker.ts'
import { readConfig } from '../config.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { addAgreement } from './agreement-commands.ts'
import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { readPassphrase, writeCoordinatorKey } from './files.ts'
import { addJob } from './job-commands.ts'
import { createOutput, type Language, type Streams } from './output.ts'
import { version } from './version.ts'

export type Environment = {
  readonly streams: Streams
  readonly environment: NodeJS.ProcessEnv
  readonly now: () => number
  readonly untilStopped: () => Promise<void>
  readonly startJobs: StartJobs
  readonly onDurableStep?: OnDurableStep
}

const coordinatorCommands: ReadonlySet<string> = new Set(['coordinator', 'agreement', 'job'])

type GlobalOptions = { json?: boolean; lang: Language; config?: string; dataDir?: string }

function addCoordinator(program: Command, context: Context): void {
  program
    .command('coordinator')
    .description('the key with which a coordinator asks')
    .command('create-key')
    .description('make a key; the public half beside it goes to the operator')
    .requiredOption('--out <file>', 'where to write it; the public half gets `.pub` behind it')
    .option('--passphrase-file <file>', 'file with a passphrase to lock it with')
    .action(async (options: { out: string; passphraseFile?: string }) => {
      await cryptoReady()
      const publicHalf = writeCoordinatorKey(options.out, readPassphrase(options.passphraseFile))
      const told = { ...publicHalf, out: options.out, publicKeyFile: `${options.out}.pub` }
      const { result, say } = context.output()
      result(told, [
        say(`Sleutel ${publicHalf.keyId} staat in ${options.out}.`, `Key ${publicHalf.keyId} is in ${options.out}.`),
        say(
          `Geef ${options.out}.pub aan de beheerder van het schakelpunt; houd ${options.out} zelf.`,
          `Give ${options.out}.pub to the operator of the broker; keep ${options.out} yourself.`,
        ),
      ])
    })
}

/** @returns the exit code */
export async function run(args: readonly string[], environment: Environment): Promise<number> {
  const { streams } = environment
  // Before the options are read: a command line that cannot be read has to be answered too.
  const isEnglish = args.some((arg, at) => arg === '--lang=en' || (arg === '--lang' && args[at + 1] === 'en'))
  const say = (nl: string, en: string) => (isEnglish ? en : nl)
  const program = new Command('kruispunt-broker')
    .description('links and counts for partners who show each other nobody')
    .version(version)
    .option('--json', 'the outcome as one line of JSON')
    .addOption(new Option('--lang <language>', 'language of what is shown').choices(['nl', 'en']).default('nl'))
    .option('--config <file>', 'TOML file with options; KRUISPUNT_… variables come first')
    .option('--data-dir <folder>', 'the data folder')
    .exitOverride()
    .configureOutput({
      writeOut: streams.out,
      writeErr: streams.err,
      outputError: (text, write) => write(usageError(text, 'kruispunt-broker', say)),
    })
  const options = () => program.opts<GlobalOptions>()
  const output = () => createOutput(streams, { json: options().json === true, language: options().lang })
  const context: Context = {
    output,
    config: () => readConfig(environment.environment, options()),
    now: environment.now,
    untilStopped: environment.untilStopped,
    onDurableStep: environment.onDurableStep,
  }
  // A coordinator's commands need no database, and are asked often: they do without what takes long to load.
  if (!coordinatorCommands.has(args[0] ?? '')) {
    const operator = await import('./operator-commands.ts')
    operator.addInit(program, context)
    operator.addLab(program, context)
    operator.addPartner(program, context)
    operator.addKeys(program, context)
    operator.addBackup(program, context)
    const { addUser } = await import('./user-commands.ts')
    addUser(program, context)
    const { addServe } = await import('./serve.ts')
    addServe(program, context, environment.startJobs)
  }
  addCoordinator(program, context)
  addAgreement(program, context)
  addJob(program, context)
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCodes.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    return output().failure(error)
  }
}
