/**
 * Talking to a person: questions, secrets without echo, progress that only a terminal gets.
 * @module
 */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { secretFromFile } from '../config.ts'
import { NodeError } from '../errors.ts'

export type Terminal = ReturnType<typeof createTerminal>

export function createTerminal(json: boolean) {
  const isInteractive = process.stdin.isTTY === true && !json

  async function ask(question: string, hidden: boolean): Promise<string> {
    // Without a person a question would wait for ever.
    if (!isInteractive)
      throw new NodeError('invalid_request', {
        violations: [{ path: question, message: 'nobody to ask; give it as an option' }],
      })
    process.stderr.write(`${question}: `)
    const output = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr
    const reader = createInterface({ input: process.stdin, output, terminal: true })
    try {
      return await reader.question('')
    } finally {
      reader.close()
      if (hidden) process.stderr.write('\n')
    }
  }

  return {
    isInteractive,
    ask: (question: string) => ask(question, false),
    secret: async (file: string | undefined, question: string) =>
      file === undefined ? ask(question, true) : secretFromFile(file),
    show: (text: string) => process.stdout.write(`${text}\n`),
    progress: (line: string) => {
      if (process.stderr.isTTY === true && !json) process.stderr.write(`${line}\n`)
    },
  }
}
