import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifySignature } from '../src/index.ts'

describe('a key that is looked at', () => {
  it('stays as it is, in a Buffer as well, whatever its last bit', () => {
    const seen = new Set<boolean>()
    for (let tries = 0; tries < 200 && seen.size < 2; tries++) {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519')
      const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
      seen.add(((key[31] as number) & 0x80) !== 0)
      const before = key.toString('hex')
      const message = Buffer.from('any')
      expect(verifySignature(key, message, sign(null, message, privateKey))).toBe(true)
      expect(key.toString('hex')).toBe(before)
    }
    expect(seen.size).toBe(2)
  })
})
