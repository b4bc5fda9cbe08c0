import { beforeAll, describe, expect, it } from 'vitest'
import {
  cryptoReady,
  randomBytes,
  unwrapKey,
  unwrapWithPassphrase,
  type WrappedSecret,
  wrapKey,
  wrapWithPassphrase,
} from '../src/index.ts'

beforeAll(cryptoReady)

const secret = Uint8Array.of(1, 2, 3)
const code = (value: string) => expect.objectContaining({ code: value })

describe('wrapped secrets open only in place', () => {
  it('opens with the same passphrase after a trip through JSON, and with no other', () => {
    const wrapped = JSON.parse(JSON.stringify(wrapWithPassphrase('zeven paarden', secret))) as WrappedSecret
    expect(unwrapWithPassphrase('zeven paarden', wrapped)).toStrictEqual(secret)
    expect(() => unwrapWithPassphrase('zeven paarden ', wrapped)).toThrow(code('open_failed'))
  })

  it('takes a passphrase for the same however its accents were typed', () => {
    const wrapped = wrapWithPassphrase('caf\u00e9', secret)
    expect(unwrapWithPassphrase('cafe\u0301', wrapped)).toStrictEqual(secret)
  })

  it('refuses costs it would not have written, before doing the work', () => {
    const wrapped = wrapWithPassphrase('zeven paarden', secret)
    for (const changed of [
      { memoryKiB: 8 },
      { memoryKiB: 2 ** 31 },
      { passes: 1 },
      { parallelism: 2 },
      { saltHex: '' },
    ]) {
      expect(() => unwrapWithPassphrase('zeven paarden', { ...wrapped, ...changed })).toThrow(code('malformed_wrap'))
    }
  })

  it('never wraps the same way twice', () => {
    const [one, two] = [wrapWithPassphrase('p', secret), wrapWithPassphrase('p', secret)]
    expect(one.saltHex).not.toBe(two.saltHex)
    expect(one.boxHex).not.toBe(two.boxHex)
  })

  it('opens a wrapped key under its own key and context only', () => {
    const kek = randomBytes(32)
    const wrapped = wrapKey(kek, secret, 'extract-root:x-0001')
    expect(unwrapKey(kek, wrapped, 'extract-root:x-0001')).toStrictEqual(secret)
    expect(() => unwrapKey(kek, wrapped, 'extract-root:x-0002')).toThrow(code('open_failed'))
    expect(() => unwrapKey(randomBytes(32), wrapped, 'extract-root:x-0001')).toThrow(code('open_failed'))
    expect(() => unwrapKey(kek.subarray(1), wrapped, 'extract-root:x-0001')).toThrow(code('malformed_key'))
  })
})
