/** Rules outside their bounds are refused, on both sides of each border. */
import { describe, expect, it } from 'vitest'
import { checkRules, defaultRules, type Rules } from '../../src/rules.ts'

const check = (rules: Partial<Rules>) => () => checkRules({ ...defaultRules, ...rules })
const code = (expected: string) => expect.objectContaining({ code: expected })

describe('rules', () => {
  it('are by default those of disclosure.md', () => {
    expect(defaultRules).toStrictEqual({
      minimum: 10,
      zeros: 'protect-foreign',
      groupShare: 0.9,
      insider: true,
      coalition: 1,
      maxSparsity: 0.5,
      pPercent: 10,
      maxAtoms: 50_000,
    })
    expect(check({})).not.toThrow()
  })

  it.each([2, 0, 9.5, Number.NaN])('show nothing smaller than 3 (%s)', (minimum) => {
    expect(check({ minimum })).toThrow(code('minimum_too_low'))
  })

  it.each<Partial<Rules>>([
    { minimum: 3 },
    { groupShare: 0.51 },
    { groupShare: 1 },
    { coalition: 2 },
    { maxSparsity: 0 },
    { maxSparsity: 1 },
    { pPercent: 0 },
    { pPercent: 100 },
    { dominance: { n: 2, percent: 99 } },
    { dominance: { n: 3, percent: 1 } },
    { costs: 'persons' },
    { costs: 'information' },
    { costs: 'cells' },
    { rangePercent: 1 },
    { rangePercent: 100 },
    { maxAtoms: 1 },
  ])('may be at the border: %j', (rules) => {
    expect(check(rules)).not.toThrow()
  })

  it.each<Partial<Rules>>([
    { groupShare: 0.5 },
    { groupShare: 1.01 },
    { coalition: 0 },
    { coalition: 1.5 },
    { maxSparsity: -0.01 },
    { maxSparsity: 1.01 },
    { pPercent: -1 },
    { pPercent: 101 },
    { dominance: { n: 1, percent: 50 } },
    { dominance: { n: 2.5, percent: 50 } },
    { dominance: { n: 2, percent: 0 } },
    { dominance: { n: 2, percent: 100 } },
    { costs: 'nothing' as 'cells' },
    { rangePercent: 0 },
    { rangePercent: 101 },
    { maxAtoms: 0 },
    { maxAtoms: 1.5 },
  ])('may not pass it: %j', (rules) => {
    expect(check(rules)).toThrow(code('rule_out_of_range'))
  })
})
