/**
 * A program of the product as a process of its own: started until it says where it listens, and ended.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { environment, pathOf } from '../processes.ts'

export type Service = { readonly url: string; readonly child: ChildProcess; readonly output: () => string }

/** Starts a program that says in its first line of JSON where it listens. */
export async function startService(
  program: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Service> {
  const child = spawn(process.execPath, [...args, pathOf(program), '--json', 'serve'], {
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stderr?.on('data', (bytes: Buffer) => {
    output += bytes.toString()
  })
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    output += `${line}\n`
    const said = JSON.parse(line) as { url?: string; listening?: string }
    child.stdout?.resume()
    return { url: said.url ?? said.listening ?? '', child, output: () => output }
  }
  throw new Error(`${program} did not start: ${output}`)
}

export async function endService(service: Service | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (service === undefined || service.child.exitCode !== null || service.child.signalCode !== null) return
  const closed = new Promise((resolve) => service.child.once('close', resolve))
  service.child.kill(signal)
  // A process that was stopped does not hear anything but this.
  service.child.kill('SIGCONT')
  await closed
}
