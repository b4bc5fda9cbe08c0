/**
 * Which subjects are known to have which citizen number.
 * @module
 */
import type { EqualTokens } from './equal-tokens.ts'
import { type ExtractTokens, identityKeyId, type Subjects } from './extract-tokens.ts'

/**
 * A subject whose party says that it has a number has one, whoever else holds it. Where the party does not say, a number
 * counts as one only when two subjects hold it, for it may be filling.
 * @param tokens - those of the citizen number's key
 * @returns per subject, a number that stands for its citizen number, or 0
 */
export function identitiesOf(
  extracts: readonly ExtractTokens[],
  { count, offsets }: Subjects,
  tokens: EqualTokens,
): Uint32Array {
  const identityOf = new Uint32Array(count)
  for (const [party, { tokenColumns }] of extracts.entries()) {
    const present = tokenColumns.find(({ keyId }) => keyId === identityKeyId)?.present
    const first = offsets[party] as number
    // Numbers beyond those of the tokens stand for what nobody else holds.
    present?.forEach((flag, at) => {
      if (flag === 1) identityOf[first + at] = tokens.count + first + at + 1
    })
  }
  const { holderOf, sameAs } = tokens
  for (let token = 0; token < tokens.count; token++) {
    const same = sameAs[token] as number
    if (same === token) continue
    identityOf[holderOf[same] as number] = same + 1
    identityOf[holderOf[token] as number] = same + 1
  }
  return identityOf
}
