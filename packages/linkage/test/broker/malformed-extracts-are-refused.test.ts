import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { linkPersons, type TokenColumn } from '../../src/broker.ts'

const column = (keyId: string, length: number, slots = 1): TokenColumn => ({
  keyId,
  slots,
  tokens: new Uint8Array(randomBytes(length)),
})
const extract = (party: string, subjects: number, ...tokenColumns: TokenColumn[]) => ({
  party,
  subjects,
  tokenColumns,
})

describe('malformed extracts are refused', () => {
  it.each([
    ['party_twice', [extract('a', 1), extract('a', 1)]],
    ['too_many_parties', Array.from({ length: 33 }, (_, at) => extract(String(at), 1))],
    ['too_many_keys', [extract('a', 0, ...Array.from({ length: 65 }, (_, at) => column(String(at), 0)))]],
    ['key_twice', [extract('a', 1, column('N1', 16), column('N1', 16))]],
    ['subjects_malformed', [extract('a', -1)]],
    ['subjects_malformed', [extract('a', 1.5)]],
    ['slots_malformed', [extract('a', 1, column('N1', 0, 0))]],
    ['slots_malformed', [extract('a', 0, column('N1', 0, 1001))]],
    ['one_slot_expected', [extract('a', 1, column('B1', 32, 2))]],
    ['one_slot_expected', [extract('a', 1, column('H1', 32, 2))]],
    ['present_malformed', [extract('a', 1, { ...column('B1', 16), present: new Uint8Array(2) })]],
    ['present_malformed', [extract('a', 1, { ...column('B1', 16), present: Uint8Array.of(2) })]],
    ['tokens_length', [extract('a', 2, column('N1', 31))]],
    ['tokens_length', [extract('a', 2, column('N1', 48))]],
    ['too_large', [extract('a', 2 ** 30), extract('b', 1)]],
  ])('%s', (code, extracts) => {
    expect(() => linkPersons(extracts, { jobKey: randomBytes(32) })).toThrow(expect.objectContaining({ code }))
  })

  it('takes 32 parties, the last one included', () => {
    const tokens = randomBytes(16)
    const extracts = Array.from({ length: 32 }, (_, at) => ({
      party: String(at),
      subjects: 1,
      tokenColumns: [{ keyId: 'B1', slots: 1, tokens: new Uint8Array(tokens) }],
    }))
    const { persons, report } = linkPersons(extracts, { jobKey: randomBytes(32) })
    expect(persons).toBe(1)
    expect(report.pairs).toHaveLength((32 * 31) / 2)
    expect(report.pairs.every(({ linked }) => linked === 1)).toBe(true)
  })

  it('takes a lab without extracts and an extract without subjects', () => {
    expect(linkPersons([], { jobKey: randomBytes(32) }).persons).toBe(0)
    expect(linkPersons([extract('a', 0, column('B1', 0))], { jobKey: randomBytes(32) }).persons).toBe(0)
  })

  it.each([
    ['fewest_keys_malformed', { fewestKeys: 0 }],
    ['fewest_keys_malformed', { fewestKeys: 1.5 }],
    ['fewest_keys_malformed', { fewestKeys: 11 }],
    ['unknown_party', { householdsFrom: ['b'] }],
    ['party_twice', { householdsFrom: ['a', 'a'] }],
  ])('%s, and wipes nothing', (code, options) => {
    const tokens = new Uint8Array(16).fill(1)
    const extracts = [extract('a', 1, { keyId: 'B1', slots: 1, tokens })]
    const link = () => linkPersons(extracts, { jobKey: randomBytes(32), ...options })
    expect(link).toThrow(expect.objectContaining({ code }))
    expect(tokens).toStrictEqual(new Uint8Array(16).fill(1))
  })

  it('refuses a job key that is not 32 bytes', () => {
    expect(() => linkPersons([], { jobKey: randomBytes(31) })).toThrow(
      expect.objectContaining({ code: 'job_key_length' }),
    )
  })
})
