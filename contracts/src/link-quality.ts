/**
 * How well the deliveries of a job were linked, in counts and rates that may be seen. What is too small is null.
 * @module
 */
import { z } from 'zod'
import { bilingual, count } from './ids.ts'
import { matchKeyId } from './linkage.ts'

const share = z.number().min(0).max(1)
const rate = share.nullable().describe('null: not shown, too few persons')
const shown = count.nullable().describe('null: not shown, too few persons')

/** What the broker estimates from the counts alone, and why it is not to be relied upon where it is not. */
const estimate = z.strictObject({
  share: share.nullable(),
  margin: share.nullable().describe('the truth lies this close in 99 of 100 cases'),
  flaw: z.string().nullable().describe('null: valid; otherwise the code of what it lacks'),
})
const quality = z.strictObject({
  precision: estimate.describe('share of the links that join one person'),
  recall: estimate.describe('share of the persons known to both that were linked'),
  range: z
    .strictObject({ precision: z.tuple([share, share]), recall: z.tuple([share, share]) })
    .nullable()
    .describe('of the pairs of parties that could be audited'),
})

export const linkQuality = z.strictObject({
  persons: shown,
  parties: z.array(
    z.strictObject({
      party: z.string(),
      subjects: shown,
      linkedToAny: rate,
      ambiguous: shown.describe('subjects whose every shared token was void'),
    }),
  ),
  pairs: z.array(
    z.strictObject({
      a: z.string(),
      b: z.string(),
      linked: shown,
      rateOfA: rate,
      rateOfB: rate,
      singleKey: shown.describe('links that rest on one key'),
      suspects: shown.describe('one citizen number and no other key in common'),
      conflicts: shown.describe('refused: two persons of one party, or two citizen numbers'),
      ties: shown,
      quality,
    }),
  ),
  keys: z.array(z.strictObject({ keyId: matchKeyId, voidTokens: shown, links: shown })),
  quality,
  households: z
    .strictObject({ households: shown, personsWithoutAddress: shown, personsInInstitutions: shown })
    .nullable(),
  selfTest: z
    .strictObject({
      people: count.describe('invented people'),
      pairs: z.array(
        z.strictObject({
          a: z.string(),
          b: z.string(),
          expected: count.describe('invented people that both hold'),
          recovered: count.describe('of those, linked'),
          wrong: count.describe('links between two different ones'),
        }),
      ),
    })
    .nullable()
    .describe('of people who do not exist, so nothing is hidden; null: not agreed, or fewer than two deliveries of it'),
  explanation: z.array(bilingual).describe('what the rates mean for the tables at hand'),
})
export type LinkQuality = z.infer<typeof linkQuality>
