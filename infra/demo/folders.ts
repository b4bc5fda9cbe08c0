/**
 * Where the demo keeps its broker and its nodes. One folder each, as on six machines; all of it may be thrown away.
 * @module
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const demoFolder = process.env.KRUISPUNT_DEMO_FOLDER ?? join(root, '.kruispunt', 'demo')
export const practiceFolder = join(root, 'infra', 'practice-region')

export type Ports = { readonly broker: number; readonly nodes: Readonly<Record<string, number>> }

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export function startAfresh(): void {
  rmSync(demoFolder, { recursive: true, force: true })
}

/** Ports are chosen once: the invitations name them. */
export async function ports(parties: readonly string[]): Promise<Ports> {
  mkdirSync(demoFolder, { recursive: true, mode: 0o700 })
  const file = join(demoFolder, 'ports.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Ports
  const nodes: Record<string, number> = {}
  const broker = await freePort()
  for (const party of parties) nodes[party] = await freePort()
  writeFileSync(`${file}.part`, JSON.stringify({ broker, nodes }))
  renameSync(`${file}.part`, file)
  return { broker, nodes }
}

/** A file of the demo that is written once, whole or not at all. */
export function writeOnce(name: string, content: () => string): string {
  const file = join(demoFolder, name)
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.part`, content(), { mode: 0o600 })
    renameSync(`${file}.part`, file)
  }
  return file
}
