/**
 * A sum says something about a count: somebody is there, and as many as it takes at most so much each.
 * @module
 */
import { describe, expect, it } from 'vitest'
import { layOutAtoms } from '../../src/atoms.ts'
import { loadSolver } from '../../src/highs-model.ts'
import { defaultRules } from '../../src/index.ts'
import { CountsBeside } from '../../src/magnitude/counts-beside.ts'
import { gatherEntries } from '../../src/magnitude/sum-entries.ts'
import { SumSystem } from '../../src/magnitude/sum-system.ts'
import { flat, secret } from '../tables.ts'
import { allShown, ask, countsOf, group, hidden, type Person, sumsAnswered, sumsOf } from './people.ts'

const axes = [flat('kind', ['a', 'b'])]
const everybodyYes = (a: number, b: number): Person[] => [
  ...group({ kind: 0 }, ...Array.from({ length: a }, () => 1)),
  ...group({ kind: 1 }, ...Array.from({ length: b }, () => 1)),
]

/** Both counts hidden, their total shown; of the sums those at `shown`. */
async function beside(people: readonly Person[], shown: readonly string[], upper?: number) {
  const table = countsOf(axes, people)
  const cells = allShown(table).map((cell) => (cell.at[0] === 0 ? cell : { at: cell.at, state: 'withheld' as const }))
  const measure = { id: 'yes', cells: sumsOf(axes, people), ...(upper ? { bounds: { lower: 0, upper } } : {}) }
  const atoms = layOutAtoms([axes], defaultRules.maxAtoms)
  if ('tooMany' in atoms) throw new Error('too many')
  const entries = gatherEntries({ counts: { table, cells }, secret }, measure, atoms, new Set())
  if (entries === 'conflict') throw new Error('conflict')
  const system = new SumSystem(atoms, entries, measure, 10, 5)
  for (const [key, entry] of entries.currentAt) system.setShown(entry, shown.includes(key))
  const sums = Float64Array.from([1, 2], (node) => measure.cells.find(({ at }) => at[0] === node)?.sum ?? 0)
  const gate = new CountsBeside(await loadSolver(), system, sums, upper ?? Number.POSITIVE_INFINITY)
  const attack = (node: number, need: number) =>
    gate.attack(
      { at: [node], against: 'everyone', terms: [{ at: [node], factor: 1 }], need },
      entries.currentAt,
      () => 10_000,
    )
  return { attack, dispose: () => gate.dispose() }
}

describe('hidden counts beside sums', () => {
  it('are given away by sums of what nobody has more than one of', async () => {
    const { attack, dispose } = await beside(everybodyYes(9, 9), ['0', '1', '2'], 1)
    // Nine yeses are nine people at least, and eighteen are there.
    expect(attack(1, 9)).toBe('open')
    expect(attack(1, 10)).toBe('broken')
    dispose()
  })

  it('stay hidden when those sums are hidden too', async () => {
    const { attack, dispose } = await beside(everybodyYes(9, 9), ['0'], 1)
    expect(attack(1, 10)).toBe('open')
    expect(attack(1, 18)).toBe('open')
    dispose()
  })

  it('are told not to be nothing by any sum', async () => {
    const { attack, dispose } = await beside(everybodyYes(9, 9), ['0', '1', '2'])
    expect(attack(1, 17)).toBe('open')
    expect(attack(1, 18)).toBe('broken')
    dispose()
  })

  it('are not held against sums where counts alone leave no room', async () => {
    const { attack, dispose } = await beside(everybodyYes(9, 9), ['0', '1', '2'], 1)
    expect(attack(1, 19)).toBe('open')
    dispose()
  })

  it('do not stop an answer in which both are hidden', async () => {
    const people = everybodyYes(4, 6)
    const table = countsOf(axes, people)
    const counts = allShown(table).map((cell) =>
      cell.at[0] === 0 ? cell : { at: cell.at, state: 'withheld' as const },
    )
    const rules = { zeros: 'publish', maxSparsity: 1 } as const
    const outcome = await ask({ axes, people, counts, rules, measure: { bounds: { lower: 0, upper: 1 } } })
    expect(hidden(sumsAnswered(outcome))).toStrictEqual(['1', '2'])
  })
})
