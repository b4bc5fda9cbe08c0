/**
 * What every command does around its own work: settings, folder, result, and a refusal as text or JSON with its exit code.
 * @module
 */

import { AccountError } from '@kruispunt/accounts'
import { systemText } from '@kruispunt/command-line'
import type { Command } from 'commander'
import { type Config, readConfig, secretFromFile } from '../config.ts'
import type { CommandResult, CommandSession, DeliveryPort, Language } from '../delivery-port.ts'
import { NodeError } from '../errors.ts'
import { type KruispuntNode, openNode } from '../node.ts'
import type { FolderOptions } from '../open-folder.ts'
import { nodeProblemFor, problemTexts } from '../problems/codes.ts'
import { faultWords } from './fault-words.ts'
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

/** Name and code of an error nobody foresaw. Not its message: that may quote what was read. */
function describeUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return 'unexpected'
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name
}

/** Where it happened, for those who mend it; only when asked, since it names places on this machine. */
function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
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

  function reportError(thrown: unknown, options: GlobalOptions): void {
    const error = thrown instanceof AccountError ? new NodeError(thrown.code, { cause: thrown }) : thrown
    const language: Language = (options.lang ?? environment.KRUISPUNT_NODE_LANGUAGE) === 'en' ? 'en' : 'nl'
    if (!(error instanceof NodeError)) {
      const told = systemText(error)
      const { reason, remedy, exit } = problemTexts.internal_error
      const lines =
        told === undefined ? [reason[language], `  ${describeUnexpected(error)}`, remedy[language]] : [told[language]]
      if (environment.KRUISPUNT_NODE_LOG_LEVEL === 'debug') lines.push(...framesOf(error))
      const json = { code: 'internal_error', reason: told ?? reason, error: describeUnexpected(error) }
      process.stderr.write(options.json === true ? `${JSON.stringify(json)}\n` : `${lines.join('\n')}\n`)
      process.exitCode = told === undefined ? exit : 2
      return
    }
    const problem = nodeProblemFor(error)
    const lines = [
      problem.reason[language],
      ...(problem.broker === undefined ? [] : [`  ${problem.broker.code}: ${problem.broker.reason[language]}`]),
      ...(problem.violations ?? []).map(({ path, message }) => `  ${path}: ${faultWords(language, message)}`),
      // The broker's own remedy says more than that there is one.
      (problem.broker ?? problem).remedy[language],
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
      const goesOn = ['broker_unreachable', 'frozen', 'catching_up']
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
