/**
 * Remembers the codes of values already seen, by their bytes.
 *
 * A category column repeats a few spellings a million times; decoding and folding each of them once is what makes coding
 * cheap. The cache is bounded, so a column of unique values costs time and no memory.
 * @module
 */
/** Bytes `[start, end)` of one field in; index into the code list out, or a negative reason why there is none. */
export type Coder = (bytes: Uint8Array, start: number, end: number) => number

const SLOTS = 1024
const LONGEST = 48
const MOST = 512

/** A coder that gives the same answers as `code` and calls it once for each short value, as long as there is room. */
export function valueCache(code: Coder): Coder {
  const keys = new Uint8Array(SLOTS * LONGEST)
  const lengths = new Int8Array(SLOTS).fill(-1)
  const codes = new Int32Array(SLOTS)
  let used = 0
  return (bytes, start, end) => {
    const length = end - start
    if (length > LONGEST) return code(bytes, start, end)
    let hash = length
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    for (; lengths[slot] !== -1; slot = (slot + 1) & (SLOTS - 1)) {
      if (lengths[slot] !== length) continue
      const key = slot * LONGEST
      let same = 0
      while (same < length && keys[key + same] === bytes[start + same]) same += 1
      if (same === length) return codes[slot] as number
    }
    const answer = code(bytes, start, end)
    if (used < MOST) {
      used += 1
      lengths[slot] = length
      keys.set(bytes.subarray(start, end), slot * LONGEST)
      codes[slot] = answer
    }
    return answer
  }
}
