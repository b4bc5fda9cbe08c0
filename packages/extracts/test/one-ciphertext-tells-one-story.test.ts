import { cryptoReady, sha256, toHex } from '@kruispunt/crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { columnAad, keyCommitment, openColumn, openCommittedColumn } from '../src/index.ts'
import { code, place } from './columns.ts'
import { ciphertextForTwoKeys } from './two-keys-one-ciphertext.ts'

beforeAll(cryptoReady)

describe('one ciphertext tells one story', () => {
  it('can be made to open under two keys, so the cipher alone does not settle what a party sent', async () => {
    const aad = columnAad(place)
    const { ciphertext, keys } = ciphertextForTwoKeys(aad)
    const opened = await Promise.all(
      keys.map((key) => openColumn({ key, aad, ciphertext, expectedBytes: ciphertext.length })),
    )
    expect(opened.map((plaintext) => plaintext.length)).toStrictEqual([32, 32])
    expect(toHex(opened[0] as Uint8Array)).not.toBe(toHex(opened[1] as Uint8Array))
  })

  it('opens under the committed key only, whichever of the two that is', async () => {
    const { ciphertext, keys } = ciphertextForTwoKeys(columnAad(place))
    const ciphertextSha256 = toHex(sha256(ciphertext))
    for (const [honest, other] of [keys, [keys[1], keys[0]] as const]) {
      const commitment = toHex(keyCommitment(place.extractId, place.column, honest))
      const header = { bytes: ciphertext.length, ciphertextSha256, keyCommitment: commitment }
      await expect(openCommittedColumn({ place, key: honest, ciphertext, header })).resolves.toHaveLength(32)
      await expect(openCommittedColumn({ place, key: other, ciphertext, header })).rejects.toMatchObject(
        code('wrong_commitment'),
      )
    }
  })
})
