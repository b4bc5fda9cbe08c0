import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { field, readAll } from './helpers.ts'

const hours = { kind: 'amount' as const, decimals: 1, lowest: 0, highest: 168 }
const read = async (values: readonly string[], target = hours) => {
  const text = `id;hours\n${values.map((value, at) => `${at + 1};${value}`).join('\n')}\n`
  const spec = { id: 'x', grain: 'person' as const, fields: [field('hours', target)] }
  const { batches, report } = await readAll(Buffer.from(text), spec)
  return { amounts: batches.flatMap((batch) => [...(batch.amounts['hours'] ?? [])]), report }
}

describe('amounts are whole units', () => {
  it('reads a comma, keeps the decimals that are agreed, and takes an empty field for none', async () => {
    const { amounts, report } = await read(['7,5', '12', '0,25', '0,24', '', '168', '0', 'onbekend'])
    expect(amounts).toStrictEqual([75, 120, 3, 2, 0, 1680, 0, 0])
    expect(report.findings).toStrictEqual([])
  })

  it('finds what is no number and what lies outside the bounds, both included', async () => {
    const { amounts, report } = await read(['7,5', 'veel', '168,1', '-0,1', '168,0', '1,5', '2,5', '3,5'])
    expect(amounts).toStrictEqual([75, 0, 0, 0, 1680, 15, 25, 35])
    expect(report.findings.map(({ code, count, severity }) => [code, count, severity])).toStrictEqual([
      ['outside_bands', 2, 'error'],
      ['not_a_number', 1, 'error'],
    ])
    expect(report.rowsBad).toBe(3)
  })

  it.each([
    ['bounds that do not fit', { ...hours, highest: 2 ** 31 }],
    ['bounds the wrong way round', { ...hours, lowest: 200 }],
    ['more decimals than an amount keeps', { ...hours, decimals: 4 }],
  ])('refuses %s', async (_, target) => {
    await expect(read(['1'], target)).rejects.toMatchObject({ code: 'spec_invalid' })
  })

  it('rounds every amount as plain arithmetic does, below and above zero', async () => {
    const target = { kind: 'amount' as const, decimals: 2, lowest: -1000, highest: 1000 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1 }),
        async (thousandths) => {
          const values = thousandths.map((value) => (value / 1000).toFixed(3).replace('.', ','))
          const expected = thousandths.map((value) => Math.sign(value) * Math.floor((Math.abs(value) + 5) / 10) + 0)
          const { amounts } = await read([...values, '0,001'], target)
          // Thousandths that end in 5 are not exact in binary; either neighbour is half a unit away.
          for (const [at, amount] of expected.entries()) {
            const near = Math.abs((thousandths[at] as number) % 10) === 5 ? 1 : 0
            expect(Math.abs((amounts[at] as number) - amount)).toBeLessThanOrEqual(near)
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})
