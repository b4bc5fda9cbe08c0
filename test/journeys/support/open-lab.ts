/**
 * One lab for all journeys: the demo, whole, with real processes. A running one may be given by its folder while journeys are
 * being written, `KRUISPUNT_JOURNEYS_FOLDER`.
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { playStory } from '../../scenarios/support/demo-story.ts'
import { command } from '../../scenarios/support/processes.ts'

export type OpenLab = {
  readonly portal: string
  /** An address that signs this visitor in, once. */
  link(name: 'coordinator' | 'auditor'): Promise<string>
  close(): Promise<void>
}

export async function openLab(): Promise<OpenLab> {
  const given = process.env.KRUISPUNT_JOURNEYS_FOLDER
  const folder = given ?? mkdtempSync(join(tmpdir(), 'kruispunt-journeys-'))
  const story = given === undefined ? await playStory(folder) : undefined
  const { portal } = JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8')) as { portal: number }
  const env = { KRUISPUNT_DATA_DIR: join(folder, 'broker'), KRUISPUNT_PORTAL_PORT: String(portal) }
  return {
    portal: `http://localhost:${portal}`,
    async link(name) {
      const { code, data, problem } = await command('broker', ['user', 'link', '--name', name], env)
      if (code !== 0) throw new Error(`no link: ${JSON.stringify(problem)}`)
      return (data as { url: string }).url
    },
    async close() {
      await story?.stop()
      if (given === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
