import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { durableSteps } from '../src/durable-steps.ts'

const folder = fileURLToPath(new URL('../src', import.meta.url))
const writes = /\bdb\s*\.(insert|update|delete)\(|renameSync\(|\.backup\(|\binsert\.run\(/
/** What writes without saying so, and why a crash in it needs no test of its own. */
const silent: Readonly<Record<string, string>> = {
  'drafting/agreement-drafts.ts': 'one row or one transaction behind a page; the person sees whether it is there',
  'keys/secret-file.ts': 'writes whole files for others, which say when they are there',
  'method/contributions.ts': 'one transaction behind a page; the person sees whether it is there',
  'saved/saved-tables.ts': 'one transaction behind a page; the person sees whether it is there',
}

// Where the process is killed at each of them: test/attacks/a-broker-survives-being-killed-anywhere.test.ts.
it('whatever of the broker writes to its disk says so, step by step, or says why not', () => {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && writes.test(readFileSync(join(folder, name), 'utf8')))
    .sort()
  const source = (name: string) => readFileSync(join(folder, name), 'utf8')
  const telling = found.filter((name) => source(name).includes('onDurableStep('))
  expect(found.filter((name) => !telling.includes(name))).toEqual(Object.keys(silent).sort())
  const said = telling.flatMap((name) =>
    [...source(name).matchAll(/onDurableStep\('([a-z-]+)'/g)].map(([, step]) => step),
  )
  expect([...new Set(said)].sort()).toEqual([...durableSteps].sort())
})
