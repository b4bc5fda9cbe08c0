import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { cryptoReady, toHex } from '@kruispunt/crypto'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { beforeAll, expect, it } from 'vitest'
import { practiceAgreement } from '../../../../infra/demo/agreement/document.ts'
import { bsnsOf, readResidents } from '../../../../test/oracles/plain-practice.ts'
import { confirmMapping, inspectFile } from '../../src/delivery/inspect.ts'
import { prepareExtract } from '../../src/delivery/prepare.ts'
import { memoryPort } from './memory-port.ts'

const file = fileURLToPath(new URL('../../../../infra/practice-region/gemeente-brp-wmo.csv', import.meta.url))
/** What the others would make of a number; any 64 bytes that depend on it do here. */
const standIn = (digits: string) => createHash('sha512').update(`stand-in ${digits}`).digest()

const whole = practiceAgreement('praktijk', new Date('2026-01-01T00:00:00.000Z'))
/** Numbers and one key of names: the other keys take their time and are made the same way. */
const onNumbers = {
  ...whole,
  pseudonymMode: 'joint-oprf' as const,
  datasets: whole.datasets.map((dataset) => ({
    ...dataset,
    linkageKeys: dataset.linkageKeys.filter((key) => ['B1', 'N1'].includes(key)),
  })),
}

beforeAll(cryptoReady)

it('the token of a citizen number is made of the joint number, asked for once, and never of the digits', async () => {
  const asked: string[] = []
  const port = memoryPort(onNumbers, 'gemeente', (digits) => {
    const numbers = Buffer.from(digits).toString('latin1').match(/.{9}/g) ?? []
    asked.push(...numbers)
    return Buffer.concat(numbers.map(standIn))
  })
  try {
    const inspected = await inspectFile(port, {}, file)
    const proposed = Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))
    const { extractId } = await prepareExtract(port, inspected, confirmMapping(inspected, proposed), {
      leaveOutBadRows: true,
    })
    const known = bsnsOf(readResidents())
    expect(new Set(asked)).toStrictEqual(new Set(known))
    expect(asked).toHaveLength(known.size)

    const column = await port.open(extractId, 'token:B1')
    const rows = new Set(
      Array.from({ length: column.length / 16 }, (_, row) => toHex(column.subarray(row * 16, row * 16 + 16))),
    )
    const maker = createTokenMaker(port.pseudonymKeyForTesting)
    const token = new Uint8Array(16)
    for (const number of known) {
      maker.tokensInto('B1', standIn(number), Uint32Array.of(0, 64), token, 0)
      expect(rows.has(toHex(token))).toBe(true)
      expect(rows.has(toHex(maker.token('B1', number)))).toBe(false)
    }
    // Names and addresses are salted as before.
    expect((await port.open(extractId, 'token:N1')).length).toBeGreaterThan(0)
  } finally {
    port.dispose()
  }
})
