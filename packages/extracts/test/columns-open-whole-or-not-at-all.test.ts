import { concatBytes, cryptoReady, randomBytes, sha256, toHex } from '@kruispunt/crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { columnAad, createColumnSealer, openColumn, openCommittedColumn } from '../src/index.ts'
import { code, numbered, place, sealColumn, sealedChunk } from './columns.ts'

beforeAll(cryptoReady)

const three = () => sealColumn(numbered(65_536 * 2 + 100))
/** Header, then the sealed chunks. */
const partsOf = (ciphertext: Uint8Array): Uint8Array[] => {
  const parts = [ciphertext.subarray(0, 24)]
  for (let at = 24; at < ciphertext.length; at += sealedChunk) parts.push(ciphertext.subarray(at, at + sealedChunk))
  return parts
}
const joined = (parts: readonly (Uint8Array | undefined)[]) =>
  concatBytes(...parts.filter((part) => part !== undefined))
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('columns open whole or not at all', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])('gives back %d bytes exactly', async (length) => {
    const plaintext = numbered(length)
    const { key, aad, ciphertext, bytes, header } = sealColumn(plaintext)
    expect(bytes).toBe(ciphertext.length)
    expect(bytes).toBe(24 + length + 17 * Math.max(1, Math.ceil(length / 65_536)))
    expect(header.ciphertextSha256).toBe(toHex(sha256(ciphertext)))
    const opened = await openColumn({ key, aad, ciphertext, expectedBytes: bytes })
    expect(toHex(sha256(opened))).toBe(toHex(sha256(plaintext)))
    expect(opened).toHaveLength(length)
  })

  it('does not care how the bytes were cut on either side', async () => {
    const plaintext = numbered(150_000)
    const aad = columnAad(place)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 140_000 }), fc.integer({ min: 200, max: 140_000 }), async (a, b) => {
        const key = randomBytes(32)
        const sealer = createColumnSealer({ key, aad })
        const pieces: Uint8Array[] = []
        for (let at = 0; at < plaintext.length; at += a) pieces.push(...sealer.push(plaintext.subarray(at, at + a)))
        const end = sealer.finish()
        const ciphertext = inPieces(concatBytes(...pieces, ...end.pieces), b)
        const opened = await openColumn({ key, aad, ciphertext, expectedBytes: end.bytes })
        return Buffer.compare(opened, plaintext) === 0
      }),
      { numRuns: 12 },
    )
  })

  it('refuses a column cut short anywhere, also where the length agrees', async () => {
    const { key, aad, ciphertext, bytes } = three()
    const [header, first, second, last] = partsOf(ciphertext)
    const truncated = [ciphertext.subarray(0, -1), joined([header, first, second]), joined([header]), new Uint8Array(0)]
    for (const short of truncated) {
      await expect(openColumn({ key, aad, ciphertext: short, expectedBytes: bytes })).rejects.toMatchObject(
        code('column_truncated'),
      )
    }
    const withoutFinal = joined([header, first, second])
    await expect(
      openColumn({ key, aad, ciphertext: withoutFinal, expectedBytes: withoutFinal.length }),
    ).rejects.toMatchObject(code('column_truncated'))
    const cutInside = joined([header, first, second, last?.subarray(0, 20)])
    await expect(
      openColumn({ key, aad, ciphertext: cutInside, expectedBytes: cutInside.length }),
    ).rejects.toMatchObject(code('column_not_authentic'))
  })

  it.each([0, 24, 40, 24 + sealedChunk + 1, 24 + sealedChunk + 16, -1, 1.5, Number.NaN])(
    'refuses %d bytes, at which no column can end',
    async (expectedBytes) => {
      const { key, aad, ciphertext } = three()
      const cut = ciphertext.subarray(0, Math.max(0, Math.floor(expectedBytes) || 0))
      await expect(openColumn({ key, aad, ciphertext: cut, expectedBytes })).rejects.toMatchObject(
        code('column_truncated'),
      )
    },
  )

  it('refuses chunks removed, swapped, doubled or changed', async () => {
    const { key, aad, ciphertext } = three()
    const [header, first, second, last] = partsOf(ciphertext)
    const changed = ciphertext.slice()
    changed[30] = (changed[30] as number) ^ 1
    const otherHeader = concatBytes(randomBytes(24), ciphertext.subarray(24))
    const attacks = [
      joined([header, second, last]),
      joined([header, second, first, last]),
      joined([header, first, first, last]),
      joined([header, first, last]),
      changed,
      otherHeader,
    ]
    for (const attack of attacks) {
      await expect(openColumn({ key, aad, ciphertext: attack, expectedBytes: attack.length })).rejects.toMatchObject(
        code('column_not_authentic'),
      )
    }
  })

  it('refuses anything after the end', async () => {
    const { key, aad, ciphertext, bytes } = sealColumn(numbered(65_536))
    const more = concatBytes(ciphertext, randomBytes(17))
    await expect(openColumn({ key, aad, ciphertext: more, expectedBytes: bytes })).rejects.toMatchObject(
      code('column_has_more'),
    )
    await expect(openColumn({ key, aad, ciphertext: more, expectedBytes: more.length })).rejects.toMatchObject(
      code('column_has_more'),
    )
  })

  it('refuses a column of another column, extract, party, epoch or agreement, even under the same key', async () => {
    const { key, ciphertext, bytes } = three()
    const elsewhere = [
      { ...place, column: 'on_benefit' },
      { ...place, extractId: 'x-0002' },
      { ...place, party: 'ggd-b' },
      { ...place, epoch: 2 },
      { ...place, agreementId: '00'.repeat(32) },
    ]
    for (const other of elsewhere) {
      await expect(openColumn({ key, aad: columnAad(other), ciphertext, expectedBytes: bytes })).rejects.toMatchObject(
        code('column_not_authentic'),
      )
    }
  })

  it('opens a committed column, and refuses another key before it reads a byte', async () => {
    const plaintext = numbered(70_000)
    const { key, ciphertext, header } = sealColumn(plaintext)
    expect(Buffer.compare(await openCommittedColumn({ place, key, ciphertext, header }), plaintext)).toBe(0)
    let wasRead = false
    async function* watched() {
      wasRead = true
      yield ciphertext
    }
    await expect(
      openCommittedColumn({ place, key: randomBytes(32), ciphertext: watched(), header }),
    ).rejects.toMatchObject(code('wrong_commitment'))
    expect(wasRead).toBe(false)
  })

  it('refuses another ciphertext that opens just as well', async () => {
    const root = randomBytes(32)
    const [one, two] = [sealColumn(numbered(100), place, root), sealColumn(numbered(100), place, root)]
    expect(toHex(one.key)).toBe(toHex(two.key))
    await expect(
      openCommittedColumn({ place, key: one.key, ciphertext: two.ciphertext, header: one.header }),
    ).rejects.toMatchObject(code('wrong_ciphertext'))
  })

  it('cannot be added to once finished', () => {
    const sealer = createColumnSealer({ key: randomBytes(32), aad: columnAad(place) })
    sealer.finish()
    expect(() => sealer.push(numbered(1))).toThrow(expect.objectContaining(code('already_finished')))
    expect(() => sealer.finish()).toThrow(expect.objectContaining(code('already_finished')))
  })
})
