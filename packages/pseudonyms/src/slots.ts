/**
 * The slots of one subject: as many for everybody, so their order is all that could still tell something.
 * @module
 */
import { tokenBytes } from './token-maker.ts'

const words = tokenBytes / 4

/**
 * Sorts the slots of one subject in place, by content: tokens and filling are both uniform, so their order tells nothing.
 * @param rows - tokens as words of 4 bytes
 * @param start - the word at which the subject's slots begin
 * @param count - how many of the first slots hold tokens
 * @returns a bit per slot: where the tokens went
 */
export function sortSlots(rows: Uint32Array, start: number, slots: number, count: number): number {
  let bits = count === 32 ? 0xffffffff : 2 ** count - 1
  for (let slot = 1; slot < slots; slot++) {
    for (let at = slot; at > 0; at--) {
      const here = start + at * words
      if (!isBefore(rows, here, here - words)) break
      for (let word = 0; word < words; word++) {
        const moved = rows[here + word] as number
        rows[here + word] = rows[here - words + word] as number
        rows[here - words + word] = moved
      }
      const [high, low] = [(bits >>> at) & 1, (bits >>> (at - 1)) & 1]
      if (high !== low) bits ^= (1 << at) | (1 << (at - 1))
    }
  }
  return bits >>> 0
}

function isBefore(rows: Uint32Array, a: number, b: number): boolean {
  for (let word = 0; word < words; word++) {
    const [one, other] = [rows[a + word] as number, rows[b + word] as number]
    if (one !== other) return one < other
  }
  return false
}
