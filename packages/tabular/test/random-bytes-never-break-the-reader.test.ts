import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectTable, proposeMapping, readTable, recogniseFile, TabularError } from '../src/index.ts'
import { inPieces, plainBsn, practiceFile } from './helpers.ts'
import { practice } from './practice-specs.ts'

/** Inspects and, where that goes well, reads with a mapping that takes whatever column there is. */
async function endsWell(bytes: Uint8Array, name: keyof typeof practice, pieces: number): Promise<'read' | 'refused'> {
  const spec = practice[name]
  const outcome = inspectTable(bytes, { maxLineBytes: 2000 })
  if (!outcome.ok) return 'refused'
  const proposal = proposeMapping(outcome.inspection, spec)
  recogniseFile(proposal, spec)
  const last = outcome.inspection.columns.length - 1
  const mapping = {
    ...proposal,
    fields: proposal.fields.map((field, at) => ({ ...field, column: field.column ?? Math.min(at, last) })),
  }
  try {
    const reading = readTable(inPieces(bytes, pieces), outcome.inspection, mapping, spec, {
      readBsn: plainBsn,
      maxLineBytes: 2000,
    })
    let rows = 0
    for await (const batch of reading.batches) rows += batch.rows
    expect(rows).toBe(reading.report().rowsRead)
    return 'read'
  } catch (error) {
    expect(error).toBeInstanceOf(TabularError)
    return 'refused'
  }
}

const names = Object.keys(practice) as (keyof typeof practice)[]
const starts = new Map(
  names.map((name) => [name, practiceFile(name).subarray(0, practiceFile(name).indexOf(10, 6000) + 1)]),
)

describe('random bytes never break the reader', () => {
  it('bytes out of nowhere end in a refusal or in rows', async () => {
    const tabular = fc.constantFrom(10, 13, 34, 44, 59, 9, 0x61, 0x62, 0x31, 0xc3, 0xe9, 0xa9, 0x20, 0)
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(tabular, { maxLength: 400 }).map((all) => Uint8Array.from(all)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(...names), fc.constantFrom(1, 13, 4096), async (all, name, pieces) => {
        await endsWell(all, name, pieces)
      }),
      { numRuns: 1500 },
    )
  })
  it('a practice file with bytes changed, cut out or put in ends in a refusal or in rows', async () => {
    const change = fc.record({ at: fc.nat(5999), cut: fc.nat(80), insert: fc.uint8Array({ maxLength: 6 }) })
    const outcomes = { read: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(7, 1000, 6000),
        async (name, changes, pieces) => {
          let bytes = Buffer.from(starts.get(name) ?? [])
          for (const { at, cut, insert } of changes)
            bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + cut)])
          outcomes[await endsWell(bytes, name, pieces)] += 1
        },
      ),
      { numRuns: 600 },
    )
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(20)
  })
})
