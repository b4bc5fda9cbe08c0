import { describe, expect, it } from 'vitest'
import type { Estimate, LinkRules, PairReport } from '../../src/broker.ts'
import { type InventedParty, inventLab, trueQualityOf } from './invented-lab.ts'
import { linkWords } from './persons.ts'

const point = 0.01
const town: InventedParty = {
  party: 'town',
  coverage: 0.95,
  misspelt: 0.002,
  wrongDate: 0.001,
  moved: 0.002,
  numbers: { missing: 0.001, relatives: 0 },
  register: true,
}
const care: InventedParty = {
  party: 'care',
  coverage: 0.4,
  misspelt: 0.04,
  wrongDate: 0.02,
  moved: 0.1,
  numbers: { missing: 0.1, relatives: 0.003 },
}
const police: InventedParty = {
  party: 'police',
  coverage: 0.35,
  misspelt: 0.08,
  wrongDate: 0.03,
  moved: 0.2,
  numbers: { missing: 0.3, relatives: 0.005 },
}
const landlord: InventedParty = { party: 'landlord', coverage: 0.3, misspelt: 0.03, wrongDate: 0.02, moved: 0.02 }

const persons = 9000
function linked(parties: readonly InventedParty[], rules: Partial<LinkRules> = {}, seed = 1, size = persons) {
  const lab = inventLab(parties, size, seed)
  const { personOf, report } = linkWords(lab.extracts, rules).linked
  const truth = report.pairs.map(({ parties: [one, other] }) => {
    const at = (name: string) => parties.findIndex(({ party }) => party === name)
    return trueQualityOf(lab, personOf, at(one), at(other))
  })
  return { report, truth }
}

const flawOf = (estimate: Estimate): string | null => (estimate.valid ? null : estimate.flaw)

describe('estimates are within a point of the truth wherever they are called valid', () => {
  it.each([
    ['numbers as a key', {}, 1],
    ['numbers as a key', {}, 2],
    ['numbers as a veto', { citizenNumber: 'veto' }, 3],
    ['without suspects', { suspects: 'drop' }, 4],
    ['two keys', { fewestKeys: 2 }, 5],
  ] as const)('with %s: %o, seed %i', (_, rules, seed) => {
    const { report, truth } = linked([town, care, police], rules, seed)
    let valid = 0
    for (const [at, { quality }] of report.pairs.entries()) {
      for (const figure of ['precision', 'recall'] as const) {
        const estimate = quality[figure]
        if (!estimate.valid) continue
        valid++
        expect(Math.abs(estimate.value - (truth[at]?.[figure] as number))).toBeLessThan(point)
      }
    }
    expect(valid).toBeGreaterThanOrEqual(3)
  })

  it('audits what names do by themselves', () => {
    const parties = [town, care, police]
    const { report } = linked(parties)
    const lab = inventLab(parties, persons, 1)
    const nameless = lab.extracts.map(({ keys: { B1: _, ...keys }, ...extract }) => ({ ...extract, keys }))
    const { personOf } = linkWords(nameless).linked
    const estimates = report.pairs.map(({ audit }) => audit)
    expect(estimates.filter((audit) => audit?.precision.valid && audit.recall.valid)).not.toHaveLength(0)
    for (const [at, [a, b]] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ].entries()) {
      const audit = estimates[at]
      const truth = trueQualityOf(lab, personOf, a as number, b as number)
      if (audit?.precision.valid) expect(Math.abs(audit.precision.value - truth.precision)).toBeLessThan(point)
      if (audit?.recall.valid) expect(Math.abs(audit.recall.value - truth.recall)).toBeLessThan(point)
    }
  })

  it('gives the range of the others for a party without numbers, and does not call it valid', () => {
    const { report } = linked([{ ...town, register: false }, care, police, landlord])
    const pair = report.pairs.find(({ parties }) => parties.includes('landlord')) as PairReport
    expect(pair.audit).toBeNull()
    expect([flawOf(pair.quality.precision), flawOf(pair.quality.recall)]).toStrictEqual([
      'taken_from_others',
      'taken_from_others',
    ])
    const [low, high] = pair.quality.range?.recall ?? [0, 0]
    expect(low).toBeGreaterThan(0.5)
    expect(high).toBeGreaterThan(low)
    expect(pair.quality.recall.value).toBeGreaterThanOrEqual(low)
    expect(pair.quality.recall.value).toBeLessThanOrEqual(high)
  })

  it('tells precision from the number of candidates where one party is a register', () => {
    const { numbers: _, ...withoutNumbers } = town
    const { report, truth } = linked([withoutNumbers, landlord])
    const [pair] = report.pairs
    expect(pair?.duplicates).toMatchObject({ register: 'town', precision: { valid: true } })
    expect(pair?.quality.precision.valid).toBe(true)
    expect(Math.abs((pair?.quality.precision.value ?? 0) - (truth[0]?.precision ?? 1))).toBeLessThan(0.002)
    expect(flawOf(pair?.quality.recall as Estimate)).toBe('no_basis')
  })

  it('does not take a small extract for a register because it says so', () => {
    const { numbers: _, ...half } = { ...town, coverage: 0.5 }
    const { report } = linked([half, landlord])
    expect(flawOf(report.pairs[0]?.duplicates?.precision as Estimate)).toBe('no_register')
    expect(flawOf(report.quality.precision)).toBe('no_basis')
  })

  it('claims nothing on few pairs, on numbers of which nobody says who has them, or on names that nobody sends', () => {
    const few = linked([town, care], {}, 1, 300).report
    expect(flawOf(few.audit?.recall as Estimate)).toBe('too_few')
    const lab = inventLab([town, care], 600, 1)
    const silent = linkWords(lab.extracts.map((extract) => ({ ...extract, says: false }))).linked.report
    expect(silent).toMatchObject({ audit: null, pairs: [{ audit: null, quality: { recall: { flaw: 'no_basis' } } }] })
    const numbersOnly = lab.extracts.map((extract) => ({ ...extract, keys: { B1: extract.keys['B1'] ?? [] } }))
    expect(linkWords(numbersOnly).linked.report).toMatchObject({
      audit: null,
      quality: { recall: { flaw: 'no_basis' } },
    })
  })

  it('gives for each key how often it agrees for one person and for two', () => {
    const { report } = linked([town, care])
    const key = (id: string) => report.keys.find(({ keyId }) => keyId === id)
    expect(key('B1')).toMatchObject({ m: null, u: null })
    expect(key('N1')?.m).toBeGreaterThan(0.9)
    expect(key('N10')?.m).toBeLessThan(key('N1')?.m as number)
    expect(key('N1')?.u).toBeLessThan(1e-5)
  })
})
