/**
 * What a page holds in memory, as Chromium writes it out (CDP, HeapProfiler): every string of the page is in it.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '../../scenarios/support/processes.ts'

const practiceFolder = join(root, 'infra', 'practice-region')

/** Citizen numbers in the raw files of the demo's partners. */
export function rawNumbers(): ReadonlySet<string> {
  const files = readdirSync(practiceFolder).filter((name) => /\.(?:csv|txt)$/.test(name))
  return new Set(files.flatMap((name) => readFileSync(join(practiceFolder, name), 'latin1').match(/\b\d{9}\b/g) ?? []))
}

export async function memoryOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const pieces: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => pieces.push(chunk))
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  // Of the snapshot only its strings: the rest is numbers of its own.
  const { strings } = JSON.parse(pieces.join('')) as { strings: readonly string[] }
  return strings.join('\n')
}
