/**
 * How many values of a key two or more subjects of one extract hold: the broker lets none of them link (linkage.md §4 step 2).
 * @module
 */

export type VoidCounts = {
  /** Different values in the extract. */
  readonly different: number
  /** Those of them that more than one subject holds. */
  readonly void: number
}

/**
 * @param tokens - 16 × slots bytes a subject
 * @param real - per subject a bit per slot, 1 = a token
 */
export function countVoid(tokens: Uint8Array, real: Uint32Array, slots: number, values: number): VoidCounts {
  const words = new Uint32Array(tokens.buffer, tokens.byteOffset, tokens.byteLength / 4)
  const mask = 2 ** Math.ceil(Math.log2(Math.max(16, values * 2))) - 1
  // Tokens are uniform, so their own first bytes are the hash. A place holds a slot, plus 1; the top bit says it is void.
  const places = new Uint32Array(mask + 1)
  let different = 0
  let twice = 0
  for (let row = 0; row < real.length; row++) {
    let bits = real[row] as number
    for (let slot = row * slots; bits !== 0; slot++, bits >>>= 1) {
      if ((bits & 1) === 0) continue
      const at = slot * 4
      let place = (words[at] as number) & mask
      for (; places[place] !== 0; place = (place + 1) & mask) {
        const other = (((places[place] as number) & 0x7fffffff) - 1) * 4
        // 96 bits: equal by chance once in a billion years of extracts.
        if (words[other + 1] === words[at + 1] && words[other + 2] === words[at + 2] && words[other] === words[at])
          break
      }
      const known = places[place] as number
      if (known === 0) {
        places[place] = slot + 1
        different += 1
      } else if (known < 0x80000000) {
        places[place] = (known | 0x80000000) >>> 0
        twice += 1
      }
    }
  }
  return { different, void: twice }
}
