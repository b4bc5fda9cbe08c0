import sodium from 'libsodium-wrappers'
import { describe, expect, it } from 'vitest'
import {
  aeadOpen,
  aeadSeal,
  createKeyedHash128,
  createStreamOpener,
  createStreamSealer,
  cryptoReady,
  generateKemKeyPair,
  kemDecapsulate,
  kemEncapsulate,
  keyedHash128OfRows,
  keyedHash128OfSlices,
  randomBytes,
  utf8,
} from '../src/index.ts'

const none = new Uint8Array(0)

/** Whether these bytes stand anywhere in the memory libsodium works in. */
function isInHeap(bytes: Uint8Array): boolean {
  const { libsodium } = sodium as unknown as { libsodium: { HEAPU8: Uint8Array } }
  return Buffer.from(libsodium.HEAPU8.buffer).includes(Buffer.from(bytes))
}

describe('secrets do not stay behind', () => {
  it('asks to be loaded first', () => {
    // Runs before anything in this file has called cryptoReady.
    const attempts = [
      () => aeadSeal(randomBytes(32), none, none),
      generateKemKeyPair,
      () => createStreamSealer(randomBytes(32)),
    ]
    for (const attempt of attempts) expect(attempt).toThrow(expect.objectContaining({ code: 'not_ready' }))
  })

  it('leaves no key, shared secret or plaintext in the memory of the library', async () => {
    await cryptoReady()
    const [key, plaintext] = [randomBytes(32), randomBytes(4000)]
    const { nonce, box } = aeadSeal(key, none, plaintext)
    aeadOpen(key, nonce, none, box)
    const sealer = createStreamSealer(key)
    createStreamOpener(key, sealer.header).pull(sealer.push(plaintext, none, true), none)
    createKeyedHash128(key)(plaintext)
    keyedHash128OfRows(key, plaintext, 16)
    keyedHash128OfSlices(key, none, utf8('123456782'), Uint32Array.of(0, 9), new Uint8Array(16), 0)
    const pair = generateKemKeyPair()
    const { ciphertext, sharedSecret } = kemEncapsulate(pair.publicKey)
    kemDecapsulate(ciphertext, pair.secretKey)
    const secrets = [key, plaintext.subarray(0, 16), plaintext.subarray(-16), pair.secretKey, sharedSecret]
    expect(secrets.map(isInHeap)).toStrictEqual(secrets.map(() => false))
    expect(isInHeap(utf8('123456782'))).toBe(false)
  })

  it('finds what does stand there, so that the search means something', () => {
    const { libsodium } = sodium as unknown as { libsodium: { HEAPU8: Uint8Array; _malloc(n: number): number } }
    const planted = randomBytes(32)
    libsodium.HEAPU8.set(planted, libsodium._malloc(32))
    expect(isInHeap(planted)).toBe(true)
  })
})
