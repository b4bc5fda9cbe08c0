import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AgreementDocument, anyStatement, type Dataset, type MatchKeyId } from '@kruispunt/contracts'
import { cryptoReady, domainHash, randomBytes, toHex } from '@kruispunt/crypto'
import { decodeCodes, decodeTokens } from '@kruispunt/extracts'
import { linkPersons, scoreDecoys } from '@kruispunt/linkage/broker'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { practiceAgreement } from '../../../../infra/demo/agreement/document.ts'
import { confirmMapping, inspectFile } from '../../src/delivery/inspect.ts'
import { prepareExtract } from '../../src/delivery/prepare.ts'
import { selfTestColumns } from '../../src/delivery/self-test.ts'
import { type MemoryPort, memoryPort } from './memory-port.ts'

const practice = fileURLToPath(new URL('../../../../infra/practice-region/', import.meta.url))
const document = practiceAgreement('praktijk', new Date('2026-01-01T00:00:00.000Z'))
const invented = document.linkage.selfTest ?? 0
/** People, records of people, and people without a citizen number. */
const parties = ['gemeente', 'politie', 'corporatie'] as const
const key = new Uint8Array(32).fill(5)

function datasetOf(party: string, { datasets }: Pick<AgreementDocument, 'datasets'> = document): Dataset {
  const dataset = datasets.find((candidate) => candidate.party === party)
  if (dataset === undefined) throw new Error('no dataset')
  return dataset
}

/** What a node would send of its invented people, opened. */
async function madeBy(party: string, secret: Uint8Array = key, agreement: AgreementDocument = document) {
  const made = selfTestColumns(agreement, datasetOf(party, agreement), secret)
  if (made === null) throw new Error('no self-test')
  const tokenColumns = []
  let people = new Uint32Array(0)
  for (const { name, table, slots, bytes } of made.columns) {
    expect(table).toBe('decoys')
    const plaintext = await bytes()
    if (name === 'decoy:person')
      people = Uint32Array.from(decodeCodes(plaintext, { rows: made.decoys, codes: invented }))
    else {
      const tokens = decodeTokens(plaintext, { rows: made.decoys, slots })
      tokenColumns.push({ keyId: name.replace('decoy:', ''), slots, tokens })
    }
  }
  await made.erase()
  return { party, subjects: made.decoys, tokenColumns, people }
}
type Made = Awaited<ReturnType<typeof madeBy>>

/** Per pair, as the broker scores it. */
function score(made: readonly Made[]) {
  const { personOf } = linkPersons(made, { jobKey: randomBytes(32), ...document.linkage })
  return scoreDecoys({ personOf, decoys: made.map(({ people }) => people) })
}

const ports: MemoryPort[] = []
beforeAll(() => cryptoReady())
afterEach(() => {
  for (const port of ports.splice(0)) port.dispose()
})

describe('every node invents the same people', () => {
  it('finds nearly all of them again and mistakes none, also without citizen numbers and among records', async () => {
    const scores = score(await Promise.all(parties.map((party) => madeBy(party))))
    expect(scores).toHaveLength(3)
    for (const { expected, recovered, falseLinks } of scores) {
      expect(expected).toBeGreaterThan(invented / 2)
      expect(expected).toBeLessThan(invented)
      expect(recovered / expected).toBeGreaterThan(0.85)
      expect(falseLinks).toBe(0)
    }
  })

  it('finds nobody at a node with another secret, and as many as ever between the others', async () => {
    const others = await Promise.all(['gemeente', 'corporatie'].map((party) => madeBy(party)))
    const [pair, ...withStranger] = score([...others, await madeBy('politie', randomBytes(32))])
    expect(pair?.recovered).toBeGreaterThan((pair?.expected ?? 0) * 0.85)
    for (const { expected, recovered } of withStranger) {
      expect(expected).toBeGreaterThan(invented / 2)
      expect(recovered).toBe(0)
    }
  })

  it('finds nobody at a node that reads by another profile', async () => {
    const english: AgreementDocument = { ...document, linkage: { ...document.linkage, profile: 'en1' } }
    const [pair] = score([await madeBy('gemeente'), await madeBy('corporatie', key, english)])
    expect(pair?.expected).toBeGreaterThan(invented / 2)
    expect(pair?.recovered).toBe(0)
  })

  it('makes no token that somebody real could have under the same secret', async () => {
    const guessable = { id: 'X1' as MatchKeyId, parts: ['initial' as const, 'birthYear' as const] }
    const short: AgreementDocument = {
      ...document,
      linkage: { ...document.linkage, keys: [guessable] },
      datasets: document.datasets.map((dataset) => ({ ...dataset, linkageKeys: [guessable.id] })),
    }
    const { tokenColumns } = await madeBy('gemeente', key, short)
    const made = tokenColumns.flatMap(({ tokens }) =>
      Array.from({ length: tokens.length / 16 }, (_, at) => toHex(tokens.subarray(at * 16, at * 16 + 16))),
    )
    const years = Array.from({ length: 150 }, (_, year) => String(1880 + year))
    const everybody = (secret: Uint8Array) => {
      const maker = createTokenMaker(secret)
      const letters = [...'abcdefghijklmnopqrstuvwxyz']
      return new Set(
        letters.flatMap((letter) => years.map((year) => toHex(maker.token(guessable.id, `${letter}\u001f${year}`)))),
      )
    }
    const hits = (all: ReadonlySet<string>) => made.filter((token) => all.has(token)).length
    expect(hits(everybody(domainHash('self-test/tokens', key)))).toBeGreaterThan(invented / 2)
    expect(hits(everybody(key))).toBe(0)
  })

  it('makes nothing where none were agreed, or where only numbers link', () => {
    const { selfTest: _, ...linkage } = document.linkage
    expect(selfTestColumns({ ...document, linkage }, datasetOf('gemeente'), key)).toBeNull()
    const onNumbers = { ...datasetOf('gemeente'), linkageKeys: datasetOf('gemeente').linkageKeys.slice(0, 1) }
    expect(onNumbers.linkageKeys).toStrictEqual(['B1'])
    expect(selfTestColumns({ ...document, datasets: [onNumbers] }, onNumbers, key)).toBeNull()
  })

  it('makes no token after erasing', async () => {
    const made = selfTestColumns(document, datasetOf('corporatie'), key)
    await made?.erase()
    await expect(made?.columns[0]?.bytes()).rejects.toThrow(expect.objectContaining({ code: 'erased' }))
    await expect(made?.columns.at(-1)?.bytes()).resolves.toSatisfy((bytes: Uint8Array) =>
      bytes.every((byte) => byte === 0),
    )
    expect(key.every((byte) => byte === 5)).toBe(true)
  })
})

describe('a delivery carries them beside the real people', () => {
  async function prepared(agreement: AgreementDocument) {
    const port = memoryPort(agreement, 'ggd')
    ports.push(port)
    const inspected = await inspectFile(port, {}, join(practice, 'ggd-oggz.txt'))
    const proposed = Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))
    const mapping = confirmMapping(inspected, proposed)
    const { extractId } = await prepareExtract(port, inspected, mapping, { leaveOutBadRows: false })
    const { body } = port.extract(extractId)
    if (body === null) throw new Error('not prepared')
    return { port, extractId, body }
  }
  const header = { v: 1, lab: 'praktijk', from: 'ggd', keyId: '0'.repeat(32), seq: 1, prev: '0'.repeat(64) }
  const rest = { issuedAt: '2026-01-01T00:00:00.000Z', notAfter: null, roster: '0'.repeat(64), seen: null }

  it('sealed like any other column, with a number of rows of their own', async () => {
    const { port, extractId, body } = await prepared(document)
    expect(body.decoys).toBeGreaterThan(invented / 2)
    expect(anyStatement.safeParse({ ...header, ...rest, ...body }).success).toBe(true)
    const people = decodeCodes(await port.open(extractId, 'decoy:person'), { rows: body.decoys ?? 0, codes: invented })
    expect(new Set(people).size).toBe(body.decoys)
    expect(people.includes(0)).toBe(false)
  })

  it('and is what it was where none were agreed', async () => {
    const { selfTest: _, ...linkage } = document.linkage
    const [without, with_] = [await prepared({ ...document, linkage }), await prepared(document)]
    expect(Object.keys(without.body)).not.toContain('decoys')
    const real = with_.body.columns.filter(({ table }) => table !== 'decoys')
    expect(without.body.columns.map(({ name, bytes }) => [name, bytes])).toStrictEqual(
      real.map(({ name, bytes }) => [name, bytes]),
    )
    expect(without.body.subjects).toBe(with_.body.subjects)
  })
})
