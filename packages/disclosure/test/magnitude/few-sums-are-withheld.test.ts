import { describe, expect, it } from 'vitest'
import { sumsCorpus } from '../../bench/corpus.ts'
import { ask, hidden, sumsAnswered } from './people.ts'

describe('few sums are withheld', () => {
  // The fewest are proved by `bench/oracle.ts`.
  it('6 x 8 with three unsafe sums: three more, the fewest there are', async () => {
    const one = sumsCorpus().find(({ name, minimum }) => name === 'sums 6 x 8' && minimum === 15)
    if (!one) throw new Error('no such case')
    const { axes, people, minimum, pPercent } = one
    const cells = sumsAnswered(await ask({ axes, people, rules: { minimum, pPercent } }))
    expect(hidden(cells)).toHaveLength(3 + 3)
  })
})
