import { beforeAll, describe, expect, it } from 'vitest'
import {
  cryptoReady,
  equalBytes,
  generateKemKeyPair,
  kemDecapsulate,
  kemEncapsulate,
  randomBytes,
} from '../src/index.ts'

beforeAll(cryptoReady)

const code = (value: string) => expect.objectContaining({ code: value })

describe('the KEM refuses what does not fit', () => {
  it('gives both sides the same secret, a fresh one every time', () => {
    const { publicKey, secretKey } = generateKemKeyPair()
    const [one, two] = [kemEncapsulate(publicKey), kemEncapsulate(publicKey)]
    expect(equalBytes(kemDecapsulate(one.ciphertext, secretKey), one.sharedSecret)).toBe(true)
    expect(equalBytes(one.sharedSecret, two.sharedSecret)).toBe(false)
  })

  it('gives another secret for another key and for every changed part of the ciphertext', () => {
    const [own, other] = [generateKemKeyPair(), generateKemKeyPair()]
    const { ciphertext, sharedSecret } = kemEncapsulate(own.publicKey)
    expect(equalBytes(kemDecapsulate(ciphertext, other.secretKey), sharedSecret)).toBe(false)
    for (const place of [0, 1087, 1088, 1119]) {
      const changed = ciphertext.slice()
      changed[place] = (changed[place] as number) ^ 1
      expect(equalBytes(kemDecapsulate(changed, own.secretKey), sharedSecret)).toBe(false)
    }
  })

  it('refuses wrong lengths', () => {
    const { publicKey, secretKey } = generateKemKeyPair()
    const { ciphertext } = kemEncapsulate(publicKey)
    expect(() => kemEncapsulate(publicKey.subarray(1))).toThrow(code('malformed_key'))
    expect(() => kemDecapsulate(ciphertext, randomBytes(31))).toThrow(code('malformed_key'))
    expect(() => kemDecapsulate(ciphertext.subarray(1), secretKey)).toThrow(code('open_failed'))
  })

  it('refuses an X25519 half that forces the secret, in a key and in a ciphertext', () => {
    const { publicKey, secretKey } = generateKemKeyPair()
    const { ciphertext } = kemEncapsulate(publicKey)
    expect(() => kemEncapsulate(publicKey.slice().fill(0, 1184))).toThrow(code('malformed_key'))
    expect(() => kemDecapsulate(ciphertext.slice().fill(0, 1088), secretKey)).toThrow(code('open_failed'))
  })

  it('refuses an ML-KEM half whose numbers are not reduced', () => {
    const { publicKey } = generateKemKeyPair()
    expect(() => kemEncapsulate(publicKey.slice().fill(0xff, 0, 3))).toThrow(code('malformed_key'))
  })
})
