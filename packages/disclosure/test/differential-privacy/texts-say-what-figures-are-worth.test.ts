import { describe, expect, it } from 'vitest'
import { epsilonFrom, modeText, noisyCounts, privacyBudgetSpentText, type ToldMode } from '../../src/index.ts'
import { titanic } from '../fixtures.ts'
import { insecureFixedRandomForTesting } from './fixed-random.ts'

const modes: readonly ToldMode[] = [
  { kind: 'suppression' },
  { kind: 'cell-key' },
  { kind: 'differential-privacy' },
  { kind: 'differential-privacy', deviation: 13.6 },
]
const textOf = (mode: ToldMode, language: 'nl' | 'en'): string => {
  const { title, exactness, use } = modeText(mode)
  return [title, exactness, ...use].map((words) => words[language]).join(' ')
}

describe('texts say what figures are worth', () => {
  it.each(modes)('says of each mode in both languages whether figures may be added up: %o', (mode) => {
    expect(textOf(mode, 'nl')).toMatch(/tellen (niet precies )?op/)
    expect(textOf(mode, 'en')).toMatch(/add up/)
    expect(textOf(mode, 'nl')).not.toMatch(/undefined|NaN| {2}/)
    expect(textOf(mode, 'en')).not.toMatch(/undefined|NaN| {2}/)
  })

  it('gives no parameter of the cell-key method away', () => {
    expect(textOf({ kind: 'cell-key' }, 'nl')).not.toMatch(/\d/)
    expect(textOf({ kind: 'cell-key' }, 'en')).not.toMatch(/\d/)
  })

  it('names the noise of a finest cell as the answer states it', () => {
    const random = insecureFixedRandomForTesting('text')
    const { deviations } = noisyCounts({ table: titanic, epsilon: epsilonFrom(1), random })
    const text = modeText({ kind: 'differential-privacy', deviation: Math.min(...deviations) }).exactness
    expect(text.nl).toContain('ongeveer 1,4 (standaardafwijking)')
    expect(text.en).toContain('about 1.4 (standard deviation)')
    expect(textOf({ kind: 'differential-privacy' }, 'nl')).not.toContain('standaardafwijking')
  })

  it('says why no answer follows once the budget is spent', () => {
    expect(privacyBudgetSpentText.nl).toContain('privacybudget')
    expect(privacyBudgetSpentText.en).toContain('privacy budget')
  })
})
