/** The command as an auditor uses it: two files in, a verdict and an exit code out. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CrossTabAnswer } from '@kruispunt/contracts'
import { documentHash, rosterCode, shortCode } from '@kruispunt/statements'
import { afterAll, describe, expect, it } from 'vitest'
import { parties, rosterDocument } from '../../packages/lab-record/test/support/cast.ts'
import { createScribe, extractIdOf } from '../../packages/lab-record/test/support/scribe.ts'
import { handedOver, sealed } from '../../services/broker/src/jobs/answer.ts'
import { sampleAnswer } from '../../services/broker/test/support/sample-answer.ts'
import { run } from '../../services/workbench/src/verify/program.ts'
import { copyOf, forgedCopy, noteOver, wholeStory } from './support/copies.ts'

const folder = mkdtempSync(join(tmpdir(), 'kruispunt-verify-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileOf = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** A job whose one result is the sample answer, as a broker seals it. */
const deliveries = parties
  .map((party) => ({ extractId: extractIdOf(party) as string, version: 1 }))
  .toSorted((a, b) => (a.extractId < b.extractId ? -1 : 1))
const remembered = sealed({ ...sampleAnswer, release: documentHash('release', { deliveries }) })
const scribe = createScribe()
const { agreement, requestHash } = scribe.until.released()
const said = { kind: 'result', requestHash, tableHash: remembered.tableHash, released: 11, withheld: 4 } as const
const result = scribe.byBroker({ ...said, resultSha256: remembered.resultSha256 })
scribe.wait(3_600_000)
scribe.byBroker({ ...said, resultSha256: 'cd'.repeat(32), tableHash: 'ce'.repeat(32) })
scribe.byBroker({ kind: 'job-closed', requestHash, reason: 'expired' })

const log = fileOf('log.jsonl', copyOf(scribe))
const roster = fileOf('roster.json', JSON.stringify(rosterDocument(), null, 2))
const code = rosterCode(scribe.rosterHash)
const at = ['--at', new Date(scribe.now()).toISOString()]

async function verify(...args: string[]) {
  let [out, err] = ['', '']
  const exit = await run(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    now: Date.now,
  })
  return { exit, out, err }
}
type Told = {
  valid: boolean
  remarks: { code: string; entry: number }[]
  requests: { results: { inTime: boolean }[] }[]
}

describe('a log that holds', { timeout: 120_000 }, () => {
  it('ends with 0 and says so, by the roster or by its code, however that is typed', async () => {
    for (const trust of [
      ['--roster', roster],
      ['--code', code],
      ['--code', code.toLowerCase().replaceAll('-', ' ')],
    ]) {
      const { exit, out, err } = await verify(log, ...trust, ...at)
      expect([exit, err]).toEqual([0, ''])
      expect(out).toMatch(/^KLOPT: \d+ regels/)
      expect(out).toContain(code)
      expect(out).toContain(shortCode(agreement))
    }
    expect((await verify(log, '--roster', roster, '--lang', 'en')).out).toMatch(/^HOLDS: \d+ entries/)
  })

  it('says which key was released when it was allowed, and which result came late', async () => {
    const told = JSON.parse((await verify(log, '--code', code, '--json', ...at)).out) as Told
    expect(told.valid).toBe(true)
    expect(told.requests[0]?.results.map(({ inTime }) => inTime)).toEqual([true, false])
    expect(told.remarks).toContainEqual(expect.objectContaining({ code: 'result_late', entry: result.index + 1 }))
  })

  it('names destruction that nobody has sworn to, once there was time for it', async () => {
    const later = ['--at', new Date(scribe.now() + 40 * 86_400_000).toISOString()]
    const told = JSON.parse((await verify(log, '--code', code, '--json', ...later)).out) as Told
    expect(told.remarks.filter((remark) => remark.code === 'destruction_unsaid')).toHaveLength(parties.length)
  })

  it('runs as a command of its own', () => {
    const bin = fileURLToPath(new URL('../../services/workbench/bin/kruispunt-verify.mjs', import.meta.url))
    const { status, stdout } = spawnSync(process.execPath, [bin, log, '--code', code, ...at], { encoding: 'utf8' })
    expect(status).toBe(0)
    expect(stdout).toMatch(/^KLOPT/)
  })
})

describe('an answer in somebody’s hands', () => {
  const answer = (name: string, value: CrossTabAnswer | object) => fileOf(name, JSON.stringify(value))
  const asked = { table: 'wonen', rows: [{ dimension: 'wmo' }], columns: [{ dimension: 'gebied' }], filters: [] }

  it('is found in the log, also turned on its side and with percentages', async () => {
    const turned = answer('turned.json', handedOver(remembered, asked, 17))
    const shares = answer('shares.json', handedOver(remembered, { ...asked, percentages: 'row' }, 3))
    const { exit, out } = await verify(log, '--code', code, '--answer', turned, '--answer', shares, ...at)
    expect(exit).toBe(0)
    expect(out.match(new RegExp(`staat vastgelegd, regel ${result.index} `, 'g'))).toHaveLength(2)
  })

  it('ends with 4 when one count was changed, when it is of another log, and when it is no answer', async () => {
    const whole = handedOver(remembered, asked, 17)
    const changed = whole.cells.map((cell, index) =>
      index === 0 && cell.state === 'released' ? { ...cell, count: cell.count + 1 } : cell,
    )
    const cases = {
      answer_changed: { ...whole, cells: changed },
      answer_not_on_record: sealed({ ...remembered, title: { nl: 'anders', en: 'other' } }),
      answer_unreadable: { hello: 'there' },
    }
    for (const [name, value] of Object.entries(cases)) {
      const { exit, out } = await verify(log, '--code', code, '--answer', answer(`${name}.json`, value), ...at)
      expect([exit, out.includes(`[${name}]`)]).toEqual([4, true])
    }
  })

  it('is not on record when it names other deliveries than its job counted', async () => {
    const elsewhere = sealed({ ...remembered, release: documentHash('release', { deliveries: [] }) })
    const other = createScribe()
    const released = other.until.released()
    const { tableHash, resultSha256 } = elsewhere
    const body = { kind: 'result', requestHash: released.requestHash, tableHash, resultSha256 } as const
    other.byBroker({ ...body, released: 1, withheld: 0 })
    const file = fileOf('other.jsonl', copyOf(other))
    const { exit } = await verify(file, '--code', code, '--answer', answer('elsewhere.json', elsewhere), ...at)
    expect(exit).toBe(4)
  })
})

describe('a log that does not hold', () => {
  it('ends with 3, first fault first, in words and with its place', async () => {
    const { scribe: other } = wholeStory()
    const { envelopes, record } = other
    const note = noteOver(record.tree.root(), record.tree.size)
    const cut = fileOf('cut.jsonl', forgedCopy(envelopes.toSpliced(20, 1), { latest: note, quorum: note }))
    const { exit, out } = await verify(cut, '--code', code)
    expect(exit).toBe(3)
    expect(out).toMatch(/^KLOPT NIET: \d+ fouten/)
    expect(out.split('\n')[1]).toMatch(/regel \d+ \(bestandsregel \d+\): .+ \[chain_gap\]$|\[seen_conflict\]$/)
  })

  it('ends with 3 under another roster than the one that was compared', async () => {
    const other = fileOf('other-roster.json', JSON.stringify(rosterDocument({ threshold: 1 })))
    const { exit, out } = await verify(log, '--roster', other)
    expect([exit, out.includes('[roster_other]')]).toEqual([3, true])
    expect((await verify(log, '--code', 'ABCD-EFGH-ABCD-EFGH-ABCD-EFGH')).exit).toBe(3)
  })

  it('ends with 5 when too few have witnessed it, or too long ago', async () => {
    const { tree } = scribe.record
    const few = noteOver(tree.root(), tree.size, parties.slice(0, 2))
    const unseen = fileOf('few.jsonl', forgedCopy(scribe.envelopes, { latest: few, quorum: few }))
    expect((await verify(unseen, '--code', code)).exit).toBe(5)
    const old = ['--at', '2027-01-01T00:00:00.000Z']
    expect((await verify(log, '--code', code, ...old)).exit).toBe(0)
    expect((await verify(log, '--code', code, ...old, '--max-age', '24')).exit).toBe(5)
  })
})

it('ends with 2, and says what to do, for what it cannot read', async () => {
  const cases: [string, string[]][] = [
    ['roster_needed', [log]],
    ['code_malformed', [log, '--code', 'ABCD']],
    ['roster_unreadable', [log, '--roster', log]],
    ['file_unreadable', [join(folder, 'nowhere'), '--code', code]],
    ['not_a_log_copy', [roster, '--code', code]],
  ]
  for (const [name, args] of cases) {
    const { exit, err } = await verify(...args)
    expect([name, exit, err.includes(`[${name}]`)]).toEqual([name, 2, true])
  }
  expect((await verify('--nonsense')).exit).toBe(2)
})
