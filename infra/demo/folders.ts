/**
 * Where the demo keeps its broker and its nodes. One folder each, as on six machines; all of it may be thrown away.
 * @module
 */
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const demoFolder = process.env.KRUISPUNT_DEMO_FOLDER ?? join(root, '.kruispunt', 'demo')
export const practiceFolder = join(root, 'infra', 'practice-region')

export type Ports = {
  readonly broker: number
  readonly portal: number
  readonly nodes: Readonly<Record<string, number>>
}

const given = new Set<number>()
/** Below the ports that systems hand out to connections: those may be taken again before a service has started. */
const lowestPort = 20_000
const highestPort = 32_000

/** A port that nobody listens on, and that stays free until its service starts. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowestPort, highestPort)
    if (given.has(port)) continue
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => server.close(resolve))
    given.add(port)
    return port
  }
}

export function startAfresh(): void {
  rmSync(demoFolder, { recursive: true, force: true })
}

/** Ports are chosen once: the invitations name them. */
export async function ports(parties: readonly string[]): Promise<Ports> {
  mkdirSync(demoFolder, { recursive: true, mode: 0o700 })
  const file = join(demoFolder, 'ports.json')
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Ports>) : {}
  // A folder from before there was a portal has no port for it.
  if (kept.broker !== undefined && kept.portal !== undefined && kept.nodes !== undefined) return kept as Ports
  const nodes: Record<string, number> = { ...kept.nodes }
  const broker = kept.broker ?? (await freePort())
  const portal = await freePort()
  for (const party of parties) nodes[party] ??= await freePort()
  writeFileSync(`${file}.part`, JSON.stringify({ broker, portal, nodes }))
  renameSync(`${file}.part`, file)
  return { broker, portal, nodes }
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
