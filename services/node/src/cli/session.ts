/**
 * What every command does around its own work: settings, folder, result, and a refusal as text or JSON with its exit code.
 * @module
 */
import type { Command } from 'commander'
import { type Config, readConfig, secretFromFile } from '../config.ts'
import type { CommandResult, CommandSession, DeliveryPort, Language } from '../delivery-port.ts'
import { NodeError } from '../errors.ts'
import { type KruispuntNode, openNode } from '../node.ts'
import type { FolderOptions } from '../open-folder.ts'
import { nodeProblemFor, problemTexts } from '../problems/codes.ts'
import { createTerminal, type Terminal } from './terminal.ts'

type GlobalOptions = {
  readonly json?: boolean
  readonly lang?: string
  readonly folder?: string
  readonly config?: string
}

export type Invocation = {
  readonly config: Config
  readonly language: Language
  readonly terminal: Terminal
  readonly folderOptions: FolderOptions
  /** One of two texts. */
  say(nl: string, en: string): string
}

/** Name, code and place of an error nobody foresaw. Not its message: that may quote what was read. */
function describeUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return 'unexpected'
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [`${error.name}${code}`, ...frames.slice(0, 8)].join('\n')
}

export type Cli = ReturnType<typeof createCli>

/** @param onResult - told the exit code once everything is closed */
export function createCli(program: Command, environment: Readonly<Record<string, string | undefined>>) {
  function invocation(options: GlobalOptions): Invocation {
    const config = readConfig(environment, options)
    const { language, folder, passphraseFile } = config
    const passphrase = passphraseFile === undefined ? undefined : secretFromFile(passphraseFile)
    return {
      config,
      language,
      terminal: createTerminal(options.json === true),
      folderOptions: { folder, passphrase, clock: Date.now, random: Math.random },
      say: (nl, en) => (language === 'nl' ? nl : en),
    }
  }

  function report(result: CommandResult, json: boolean): void {
    process.stdout.write(`${json ? JSON.stringify(result.data) : result.text}\n`)
    process.exitCode = result.exitCode ?? 0
  }

  function reportError(error: unknown, options: GlobalOptions): void {
    if (!(error instanceof NodeError)) {
      process.stderr.write(`${describeUnexpected(error)}\n`)
      process.exitCode = problemTexts.internal_error.exit
      return
    }
    const problem = nodeProblemFor(error)
    const language: Language = (options.lang ?? environment.KRUISPUNT_NODE_LANGUAGE) === 'en' ? 'en' : 'nl'
    const lines = [
      problem.reason[language],
      ...(problem.broker === undefined ? [] : [`  ${problem.broker.code}: ${problem.broker.reason[language]}`]),
      ...(problem.violations ?? []).map(({ path, message }) => `  ${path}: ${message}`),
      problem.remedy[language],
    ]
    process.stderr.write(options.json === true ? `${JSON.stringify(problem)}\n` : `${lines.join('\n')}\n`)
    process.exitCode = problemTexts[error.code].exit
  }

  async function guarded(work: (at: Invocation) => Promise<CommandResult | undefined>): Promise<void> {
    const options = program.opts<GlobalOptions>()
    try {
      const result = await work(invocation(options))
      if (result !== undefined) report(result, options.json === true)
    } catch (error) {
      reportError(error, options)
    }
  }

  async function withNode<T>(at: Invocation, work: (node: KruispuntNode) => Promise<T>): Promise<T> {
    const node = await openNode(at.folderOptions)
    try {
      return await work(node)
    } finally {
      await node.close()
    }
  }

  /** Looks in the log first; goes on with what is there if the broker is down. */
  async function refreshed(node: KruispuntNode): Promise<void> {
    try {
      await node.agent.refresh()
    } catch (error) {
      const goesOn = ['broker_unreachable', 'frozen']
      if (!(error instanceof NodeError) || !goesOn.includes(error.code)) throw error
    }
  }

  return {
    guarded,
    withNode,
    /** A command on an enrolled node that has looked at the log first. */
    onNode: (work: (node: KruispuntNode, at: Invocation) => Promise<CommandResult>) =>
      guarded((at) =>
        withNode(at, async (node) => {
          await refreshed(node)
          return work(node, at)
        }),
      ),
    /** For the delivery of files. */
    run: (work: (port: DeliveryPort, session: CommandSession) => Promise<CommandResult>) =>
      guarded((at) =>
        withNode(at, (node) => {
          const { progress, secret } = at.terminal
          return work(node.deliveries, { language: at.language, progress, secret })
        }),
      ),
  }
}
