import { beforeAll, describe, expect, it } from 'vitest'
import { aeadSealWithNonceForTesting } from '../src/aead.ts'
import {
  aeadOpen,
  concatBytes,
  cryptoReady,
  fromHex,
  hkdfSha256,
  hmacSha256,
  kemDecapsulate,
  signingKeyFromSeed,
  toHex,
  verifySignature,
} from '../src/index.ts'
import { kemEncapsulateForTesting, kemKeyPairFromSeedForTesting } from '../src/kem.ts'
import { casesOf, readVectors } from './vectors.ts'

beforeAll(cryptoReady)

describe('published vectors hold', () => {
  it('Ed25519 (Wycheproof): accepts every valid signature and no other, S+L and truncations included', () => {
    type Group = { publicKey: { pk: string } }
    const cases = casesOf<Group, { msg: string; sig: string }>('wycheproof-ed25519')
    expect(cases).toHaveLength(151)
    for (const { group, test } of cases) {
      const accepted = verifySignature(fromHex(group.publicKey.pk), fromHex(test.msg), fromHex(test.sig))
      expect({ tcId: test.tcId, accepted }).toStrictEqual({ tcId: test.tcId, accepted: test.result === 'valid' })
    }
  })

  it('HMAC-SHA-256 (Wycheproof): gives the tag of every valid case and another for every invalid one', () => {
    type Test = { key: string; msg: string; tag: string }
    const cases = casesOf<{ tagSize: number }, Test>('wycheproof-hmac-sha256')
    expect(cases).toHaveLength(174)
    for (const { group, test } of cases) {
      const tag = toHex(hmacSha256(fromHex(test.key), fromHex(test.msg)).subarray(0, group.tagSize / 8))
      expect({ tcId: test.tcId, same: tag === test.tag }).toStrictEqual({
        tcId: test.tcId,
        same: test.result === 'valid',
      })
    }
  })

  it('HKDF-SHA-256 (Wycheproof): derives every output and refuses lengths beyond 255 blocks', () => {
    type Test = { ikm: string; salt: string; info: string; size: number; okm: string }
    const cases = casesOf<object, Test>('wycheproof-hkdf-sha256')
    expect(cases).toHaveLength(86)
    for (const { test } of cases) {
      const [ikm, salt, info] = [fromHex(test.ikm), fromHex(test.salt), fromHex(test.info)]
      const derive = () => toHex(hkdfSha256({ ikm, salt, info, length: test.size }))
      if (test.result === 'valid') expect(derive()).toBe(test.okm)
      else expect(derive).toThrow(expect.objectContaining({ code: 'out_of_range' }))
    }
  })

  it('XChaCha20-Poly1305 (Wycheproof): seals and opens every valid case and opens no other', () => {
    type Test = { key: string; iv: string; aad: string; msg: string; ct: string; tag: string }
    const cases = casesOf<object, Test>('wycheproof-xchacha20-poly1305')
    expect(cases).toHaveLength(315)
    for (const { test } of cases) {
      const [key, nonce, aad] = [fromHex(test.key), fromHex(test.iv), fromHex(test.aad)]
      const box = concatBytes(fromHex(test.ct), fromHex(test.tag))
      const open = () => toHex(aeadOpen(key, nonce, aad, box))
      if (test.result === 'valid') {
        expect(open()).toBe(test.msg)
        expect(toHex(aeadSealWithNonceForTesting(key, nonce, aad, fromHex(test.msg)))).toBe(toHex(box))
      } else expect(open).toThrow(expect.objectContaining({ code: 'open_failed' }))
    }
  })

  it('X-Wing (draft, appendix C): makes the same keys, ciphertexts and secrets from the same seeds', () => {
    type Vector = Record<'seed' | 'eseed' | 'publicKey' | 'secretKey' | 'ciphertext' | 'sharedSecret', string>
    const { vectors } = readVectors<{ vectors: Vector[] }>('xwing-kem')
    expect(vectors).toHaveLength(3)
    for (const vector of vectors) {
      const pair = kemKeyPairFromSeedForTesting(fromHex(vector.seed))
      expect(toHex(pair.publicKey)).toBe(vector.publicKey)
      const made = kemEncapsulateForTesting(pair.publicKey, fromHex(vector.eseed))
      expect(toHex(made.ciphertext)).toBe(vector.ciphertext)
      expect(toHex(made.sharedSecret)).toBe(vector.sharedSecret)
      expect(toHex(kemDecapsulate(made.ciphertext, pair.secretKey))).toBe(vector.sharedSecret)
    }
  })

  it('Ed25519 (RFC 8032, §7.1 test 3): signs as the standard does', () => {
    const key = signingKeyFromSeed(fromHex('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7'))
    expect(toHex(key.publicKey)).toBe('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025')
    expect(toHex(key.sign(fromHex('af82')))).toBe(
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    )
  })
})
