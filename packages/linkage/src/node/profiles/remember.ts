/**
 * A bounded memory of work already done: registers repeat the same names, postcodes and codes over and over.
 *
 * It holds plain names, so it belongs to one profile object and goes when that goes; nothing is kept in the module.
 * @module
 */

/** Enough for the names of a large town; at the border everything is forgotten, which costs less than keeping an order. */
const MOST = 1 << 16

/** Strings that come this long are not names that repeat. */
const LONGEST = 40

/** @returns `work` with a memory; what it returns is shared between callers and must not be changed */
export function remembering<Answer>(work: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = work(text)
    if (text.length <= LONGEST) {
      if (known.size >= MOST) known.clear()
      known.set(text, answer)
    }
    return answer
  }
}
