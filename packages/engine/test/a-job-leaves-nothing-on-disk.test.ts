import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('job-in-a-watched-folder.ts', import.meta.url))

describe('a job leaves nothing on disk', () => {
  it('writes no file while it counts, and refuses with a code instead of spilling', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'engine-'))
    const touched: (string | null)[] = []
    const watcher = watch(folder, { recursive: true }, (_, file) => touched.push(file))
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [script], {
        cwd: folder,
        env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
      })
      expect(JSON.parse(stdout)).toStrictEqual({
        outcomes: ['count: 1000000', 'open: out_of_memory', 'count: out_of_memory'],
        openFiles: [],
      })
      expect(readdirSync(folder)).toStrictEqual([])
      // The watcher is awake: it sees this one file, and saw nothing before.
      writeFileSync(join(folder, 'control'), '')
      await expect.poll(() => touched.length).toBeGreaterThan(0)
      await setTimeout(50)
      expect(new Set(touched)).toStrictEqual(new Set(['control']))
    } finally {
      watcher.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
