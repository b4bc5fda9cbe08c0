import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallAgreement } from './jobs/support/small-agreement.ts'
import { command } from './support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'))
const fileOf = (name: string, value: unknown): string => {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(value))
  return file
}
const agreement = fileOf(
  'agreement.json',
  smallAgreement('proef', new Date('2026-01-05T10:00:00.000Z'), { minimum: 10 }),
)
const dryRun = (...more: string[]) =>
  command(['agreement', 'dry-run', '--json', '--file', agreement, '--table', 'residents', '--draws', '1', ...more])

describe('an agreement can be rehearsed', () => {
  it('expects fewer people to mean more holes', async () => {
    const shares = { stay: { home: 0.9, clinic: 0.1 } }
    const middles = []
    for (const persons of [300, 60_000]) {
      const sizes = fileOf('sizes.json', {
        persons: { residents: persons },
        datasets: { clients: persons / 3 },
        shares,
      })
      const asked = ['--dimensions', 'care,stay', '--sizes', sizes]
      const first = await dryRun(...asked)
      expect(first.exitCode).toBe(0)
      const { rehearsed } = JSON.parse(first.out) as {
        rehearsed: { cells: number; withheldShare: { middle: number } }[]
      }
      // Total, yes, no and unknown; total, two stays, unknown and not known.
      expect(rehearsed).toMatchObject([{ table: 'residents', persons, cells: 4 * 5, draws: 1 }])
      middles.push(rehearsed[0]?.withheldShare.middle ?? Number.NaN)
    }
    const [few = 0, many = 1] = middles
    expect(few).toBeGreaterThan(many)
  })

  it('refuses variables that the table does not allow, and sizes that are none', async () => {
    expect((await dryRun('--dimensions', 'area,kind')).exitCode).toBe(2)
    const sizes = fileOf('bad.json', { persons: { residents: -4 } })
    expect((await dryRun('--dimensions', 'area,care', '--sizes', sizes)).exitCode).toBe(2)
    expect((await dryRun('--dimensions', 'area,care', '--draws', '0')).exitCode).toBe(2)
  })
})
