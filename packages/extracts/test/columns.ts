import { concatBytes, randomBytes } from '@kruispunt/crypto'
import { type ColumnPlace, columnAad, columnKey, createColumnSealer, keyCommitment } from '../src/index.ts'

export const place: ColumnPlace = {
  agreementId: '47dd0e3e63f798c783cea6d52a38810a844256748438e10e8fd1300c221e8684',
  epoch: 1,
  party: 'gemeente-a',
  extractId: 'x-0001',
  column: 'age_band',
}
export const sealedChunk = 65_536 + 17

/** A column sealed as a node would, with everything its opener needs. */
export function sealColumn(plaintext: Uint8Array, at: ColumnPlace = place, root: Uint8Array = randomBytes(32)) {
  const key = columnKey(root, at.extractId, at.column)
  const aad = columnAad(at)
  const sealer = createColumnSealer({ key, aad })
  const first = sealer.push(plaintext)
  const { pieces, bytes, ciphertextSha256 } = sealer.finish()
  const ciphertext = concatBytes(...first, ...pieces)
  const commitment = Buffer.from(keyCommitment(at.extractId, at.column, key)).toString('hex')
  return { key, aad, ciphertext, bytes, header: { bytes, ciphertextSha256, keyCommitment: commitment } }
}

/** Recognisable plaintext: equal bytes at other places never give an equal chunk. */
export function numbered(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >>> 8) * 7) & 0xff
  return bytes
}

export const code = (value: string): object => ({ code: value })
