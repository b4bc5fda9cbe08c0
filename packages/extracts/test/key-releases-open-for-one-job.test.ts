import {
  aeadSeal,
  concatBytes,
  cryptoReady,
  fromHex,
  generateKemKeyPair,
  hkdfSha256,
  kemEncapsulate,
  lengthPrefixed,
  randomBytes,
  utf8,
} from '@kruispunt/crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { openKeyRelease, sealKeyRelease } from '../src/index.ts'
import { code } from './columns.ts'

beforeAll(cryptoReady)

const requestHash = '11'.repeat(32)
const jobHash = '22'.repeat(32)
const refusal = (value: string) => expect.objectContaining(code(value))

function released() {
  const { publicKey, secretKey } = generateKemKeyPair()
  const columnKeys = ['token:B1', 'leeftijd é'].map((column) => ({ column, key: randomBytes(32) }))
  const box = sealKeyRelease({ jobKemPublicKey: publicKey, requestHash, jobHash, columnKeys })
  return { publicKey, columnKeys, opening: { jobKemSecretKey: secretKey, requestHash, jobHash, ...box } }
}

/** A box around any plaintext, made from the primitives as the protocol spells them. */
function boxAround(plaintext: Uint8Array) {
  const { publicKey, secretKey } = generateKemKeyPair()
  const { ciphertext, sharedSecret } = kemEncapsulate(publicKey)
  const info = utf8('datalab/v1/key-release')
  const key = hkdfSha256({ ikm: sharedSecret, salt: new Uint8Array(0), info, length: 32 })
  const { nonce, box } = aeadSeal(key, concatBytes(fromHex(requestHash), fromHex(jobHash)), plaintext)
  return { jobKemSecretKey: secretKey, requestHash, jobHash, ciphertext, nonce, box }
}

describe('key releases open for one job', () => {
  it('gives the job exactly the columns and keys that were released, in order', () => {
    const { columnKeys, opening } = released()
    expect(openKeyRelease(opening)).toStrictEqual(columnKeys)
  })

  it('is spelled as the protocol says', () => {
    const key = randomBytes(32)
    const made = boxAround(lengthPrefixed(utf8('geslacht'), key))
    expect(openKeyRelease(made)).toStrictEqual([{ column: 'geslacht', key }])
  })

  it('refuses another request, another job, another job key and every changed part', () => {
    const { opening } = released()
    const flipped = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, i) => (i === 0 ? byte ^ 1 : byte))
    const attacks = [
      { requestHash: '33'.repeat(32) },
      { jobHash: '33'.repeat(32) },
      { requestHash: jobHash, jobHash: requestHash },
      { jobKemSecretKey: generateKemKeyPair().secretKey },
      { ciphertext: flipped(opening.ciphertext) },
      { ciphertext: opening.ciphertext.subarray(1) },
      { nonce: flipped(opening.nonce) },
      { nonce: opening.nonce.subarray(1) },
      { box: flipped(opening.box) },
      { box: opening.box.subarray(0, 15) },
    ]
    for (const attack of attacks) {
      expect(() => openKeyRelease({ ...opening, ...attack })).toThrow(refusal('release_not_authentic'))
    }
  })

  it('refuses an authentic box with a list that is not exactly columns and keys', () => {
    const [name, key] = [utf8('a'), randomBytes(32)]
    const lists = [
      new Uint8Array(0),
      lengthPrefixed(name),
      lengthPrefixed(name, key.subarray(1)),
      lengthPrefixed(name, key, name, key),
      concatBytes(lengthPrefixed(name, key), Uint8Array.of(0)),
      lengthPrefixed(name, key).subarray(0, -1),
      lengthPrefixed(Uint8Array.of(0xff), key),
      Uint8Array.of(0xff, 0xff, 0xff, 0xff),
    ]
    for (const list of lists) expect(() => openKeyRelease(boxAround(list))).toThrow(refusal('malformed_release'))
  })

  it('does not seal what could not be read', () => {
    const { publicKey, columnKeys, opening } = released()
    const base = { jobKemPublicKey: publicKey, requestHash, jobHash, columnKeys }
    const key = randomBytes(32)
    const twice = [
      { column: 'a', key },
      { column: 'a', key },
    ]
    expect(() => sealKeyRelease({ ...base, columnKeys: [] })).toThrow(refusal('malformed_release'))
    expect(() => sealKeyRelease({ ...base, columnKeys: twice })).toThrow(refusal('malformed_release'))
    const short = [{ column: 'a', key: key.subarray(1) }]
    expect(() => sealKeyRelease({ ...base, columnKeys: short })).toThrow(refusal('malformed_key'))
    expect(() => sealKeyRelease({ ...base, jobKemPublicKey: key })).toThrow(refusal('malformed_key'))
    expect(() => sealKeyRelease({ ...base, jobHash: 'ab' })).toThrow(refusal('malformed_context'))
    expect(() => openKeyRelease({ ...opening, requestHash: '' })).toThrow(refusal('malformed_context'))
    expect(() => openKeyRelease({ ...opening, jobKemSecretKey: key.subarray(1) })).toThrow(refusal('malformed_key'))
  })
})
