/** A process that is killed while it answers, at every step: what was given is stored and logged, what was stored is all of it. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AgreementId, LabId } from '@kruispunt/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import type { LedgerAnswer } from '../../src/jobs/ledger.ts'
import { createSqliteLedger } from '../../src/jobs/sqlite-ledger.ts'

const script = fileURLToPath(new URL('./support/dying-lab.ts', import.meta.url))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kruispunt-answering-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const file = () => join(folder, 'broker.sqlite')

async function killedAt(mode: string, step: string) {
  const child = spawn(process.execPath, [script, file(), mode, step], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)))
  expect(signal).toBe('SIGKILL')
  const hashes = (word: string) =>
    said.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []))
  const store = openStore(file())
  const rows = store.sqlite.prepare('select answer, certificate from ledger_answers order by number').all() as {
    answer: string
    certificate: string
  }[]
  const intact = store.sqlite.pragma('integrity_check', { simple: true })
  store.close()
  expect(intact).toBe('ok')
  return {
    stored: rows.map(({ answer }) => JSON.parse(answer).resultSha256 as string),
    paid: rows.filter(({ certificate }) => JSON.parse(certificate).cost !== undefined).length,
    logged: hashes('logged'),
    given: hashes('given'),
  }
}

describe('a broker that is killed while it answers', () => {
  it.each([
    { step: 'before', stored: 0, logged: 0, given: 0 },
    { step: 'storing', stored: 0, logged: 0, given: 0 },
    { step: 'logging 0', stored: 2, logged: 0, given: 0 },
    { step: 'logging 1', stored: 2, logged: 1, given: 0 },
    { step: 'giving', stored: 2, logged: 2, given: 0 },
    { step: 'after', stored: 2, logged: 2, given: 2 },
  ])('$step: $stored stored, $logged in the log, $given given', async ({ step, ...expected }) => {
    const { stored, logged, given } = await killedAt('suppression', step)
    expect({ stored: stored.length, logged: logged.length, given: given.length }).toStrictEqual(expected)
    for (const hash of [...logged, ...given]) expect(stored).toContain(hash)
  })

  it.each(['storing', 'logging 0'])(
    '%s: noise that may have been drawn for an answer is paid for with that answer',
    async (step) => {
      const { stored, paid, given } = await killedAt('noise', step)
      expect(paid).toBe(stored.length)
      expect(given).toStrictEqual([])
    },
  )
})

describe('two processes that answer at the same moment', () => {
  const scope = { lab: 'proef' as LabId, agreement: 'a'.repeat(64) as AgreementId }
  const answer = (tableHash: string) =>
    ({
      release: 'r',
      tableHash,
      population: 'p',
      deliveries: [],
      question: {},
      table: {},
      sums: [],
      answer: {},
      certificate: {},
      created: 0,
    }) as unknown as LedgerAnswer

  it('the second sees the answer of the first as it stores its own, and stores nothing', () => {
    const [one, other] = [openStore(file()), openStore(file())]
    const ledgers = [one, other].map(({ sqlite }) => createSqliteLedger(sqlite))
    const before = ledgers.map((ledger) => ledger.answers(scope).length)
    const unchanged = (at: number) => (sofar: readonly LedgerAnswer[]) => {
      if (sofar.length !== before[at]) throw new Error('another process answered')
    }
    ledgers[0]?.record(scope, [answer('1')], unchanged(0))
    expect(() => ledgers[1]?.record(scope, [answer('2'), answer('3')], unchanged(1))).toThrow('another process')
    expect(ledgers[1]?.answers(scope).map(({ tableHash }) => tableHash)).toStrictEqual(['1'])
    one.close()
    other.close()
  })

  it('an answer that is there already undoes all that were to be stored with it', () => {
    const store = openStore(file())
    const ledger = createSqliteLedger(store.sqlite)
    ledger.record(scope, [answer('1')], () => undefined)
    expect(() => ledger.record(scope, [answer('2'), answer('1')], () => undefined)).toThrow('UNIQUE')
    expect(ledger.answers(scope)).toHaveLength(1)
    store.close()
  })
})
