/**
 * One lab for all journeys: the demo, whole, with real processes. A running one may be given by its folder while journeys are
 * being written, `KRUISPUNT_JOURNEYS_FOLDER`.
 * @module
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { playStory } from '../../scenarios/support/demo-story.ts'
import { command } from '../../scenarios/support/processes.ts'

export type OpenLab = {
  readonly portal: string
  /** An address that signs this visitor in, once. */
  link(name: 'coordinator' | 'auditor'): Promise<string>
  /** An address that signs in somebody who reads and writes for this partner, once. */
  member(party: string): Promise<string>
  /** The partners, by id. */
  readonly parties: readonly string[]
  /** Of the node that these journeys visit. */
  readonly console: string
  /** What opens the key of that partner's officer. */
  readonly passphrase: string
  consoleLink(name: 'steward' | 'privacy' | 'operator'): Promise<string>
  /** The coordinator puts the agreement forward once more, under another title and with these members changed. @returns the title: in a lab that was given one of its own each time */
  propose(title: string, changes?: object): Promise<string>
  /** The next roster, with the keys that coordinators made since: put on record, and accepted at every node. */
  renewRoster(): Promise<void>
  close(): Promise<void>
}

const partner = 'gemeente'

export async function openLab(): Promise<OpenLab> {
  const given = process.env.KRUISPUNT_JOURNEYS_FOLDER
  const folder = given ?? mkdtempSync(join(tmpdir(), 'kruispunt-journeys-'))
  const story = given === undefined ? await playStory(folder) : undefined
  const { portal, nodes } = JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8')) as {
    portal: number
    nodes: Record<string, number>
  }
  const port = String(nodes[partner])
  const env = { KRUISPUNT_DATA_DIR: join(folder, 'broker'), KRUISPUNT_PORTAL_PORT: String(portal) }
  const nodeEnv = { KRUISPUNT_NODE_FOLDER: join(folder, 'nodes', partner), KRUISPUNT_NODE_PORT: port }
  const linkFor = async (program: 'broker' | 'node', name: string, at: Record<string, string>) => {
    const { code, data, problem } = await command(program, ['user', 'link', '--name', name], at)
    if (code !== 0) throw new Error(`no link: ${JSON.stringify(problem)}`)
    return (data as { url: string }).url
  }
  return {
    portal: `http://localhost:${portal}`,
    link: (name) => linkFor('broker', name, env),
    parties: Object.keys(nodes),
    async member(party) {
      const listed = (await command('broker', ['user', 'list'], env)).data as readonly { name: string }[]
      const options = ['--name', party, '--display', `Lezer van ${party}`, '--role', `praktijk:partner-reader:${party}`]
      if (!listed.some(({ name }) => name === party)) await command('broker', ['user', 'add', ...options], env)
      return linkFor('broker', party, env)
    },
    console: `http://localhost:${port}`,
    passphrase: readFileSync(join(folder, 'officers', partner), 'utf8').trim(),
    consoleLink: (name) => linkFor('node', name, nodeEnv),
    async propose(wanted, changes = {}) {
      const title = given === undefined ? wanted : `${wanted} ${Date.now()}`
      const coordinator = join(folder, 'coordinator')
      const document = JSON.parse(readFileSync(join(coordinator, 'agreement.json'), 'utf8')) as object
      const file = join(coordinator, `agreement-${title.length}.json`)
      writeFileSync(file, JSON.stringify({ ...document, ...changes, title }))
      const signing = ['--access', join(coordinator, 'access.json'), '--key', join(coordinator, 'key.json')]
      const { code, problem } = await command('broker', ['agreement', 'propose', '--file', file, ...signing], env)
      if (code !== 0) throw new Error(`not proposed: ${JSON.stringify(problem)}`)
      return title
    },
    async renewRoster() {
      const put = await command('broker', ['lab', 'roster', '--lab', 'praktijk'], env)
      if (put.code !== 0) throw new Error(`no roster: ${JSON.stringify(put.problem)}`)
      const { shortCode } = put.data as { shortCode: string }
      for (const [party, at] of Object.entries(nodes)) await acceptRoster(folder, party, at, shortCode)
    },
    async close() {
      await story?.stop()
      if (given === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** As soon as the node has seen it: its copy of the log runs a little behind. */
async function acceptRoster(folder: string, party: string, port: number, shortCode: string): Promise<void> {
  const token = readFileSync(join(folder, 'nodes', party, 'api-token'), 'utf8').trim()
  const passphrase = readFileSync(join(folder, 'officers', party), 'utf8').trim()
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/roster/acceptances`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ officer: 'privacy', passphrase, shortCode }),
    })
    if (answer.ok) return
    if (tries > 120) throw new Error(`${party} does not accept: ${await answer.text()}`)
    await pause(500)
  }
}
