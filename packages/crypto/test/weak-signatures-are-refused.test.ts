import { describe, expect, it } from 'vitest'
import { fromHex, generateSigningSeed, keyIdOf, signingKeyFromSeed, utf8, verifySignature } from '../src/index.ts'

const zeros = '00'.repeat(32)
const message = utf8('statement')
// y of the points whose order divides 8, and spellings of them at or above p.
const weakKeys = [
  zeros,
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
]

describe('weak signatures are refused', () => {
  it.each(weakKeys)(
    'refuses the small-order key %s, with either sign, though the equation holds for any message',
    (hex) => {
      // R = the neutral element, S = 0: with A of order 1 this "signature" fits everything.
      const forged = fromHex(`01${'00'.repeat(63)}`)
      const mirrored = fromHex(hex)
      mirrored[31] = (mirrored[31] as number) ^ 0x80
      expect(verifySignature(fromHex(hex), message, forged)).toBe(false)
      expect(verifySignature(mirrored, message, forged)).toBe(false)
    },
  )

  it('refuses wrong lengths and other messages, and accepts what was signed', () => {
    const key = signingKeyFromSeed(generateSigningSeed())
    const signature = key.sign(message)
    expect(verifySignature(key.publicKey, message, signature)).toBe(true)
    expect(verifySignature(key.publicKey, utf8('statemenT'), signature)).toBe(false)
    expect(verifySignature(key.publicKey, message, signature.subarray(0, 63))).toBe(false)
    expect(verifySignature(key.publicKey, message, new Uint8Array(0))).toBe(false)
    expect(verifySignature(key.publicKey.subarray(1), message, signature)).toBe(false)
    expect(verifySignature(new Uint8Array(0), message, signature)).toBe(false)
  })

  it('names a key by the hash of its public half', () => {
    const key = signingKeyFromSeed(fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'))
    expect(key.keyId).toBe(keyIdOf(key.publicKey))
    expect(key.keyId).toMatch(/^[0-9a-f]{32}$/)
  })

  it('refuses a seed that is not 32 bytes', () => {
    expect(() => signingKeyFromSeed(new Uint8Array(31))).toThrow(expect.objectContaining({ code: 'malformed_key' }))
  })
})
