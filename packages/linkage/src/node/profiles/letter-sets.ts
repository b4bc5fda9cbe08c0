/**
 * Sets of first letters as bits: merged without allocating, and one array for each set that occurs.
 * @module
 */

/** @returns the bit of the first letter of a folded name; 0 for '' */
export const letterBit = (folded: string): number => (folded === '' ? 0 : 1 << (folded.charCodeAt(0) - 0x61))

/** @returns a function from bits to the letters they stand for, in the order of the alphabet; answers are shared */
export function letterSets(): (bits: number) => readonly string[] {
  const known = new Map<number, readonly string[]>()
  return (bits) => {
    const before = known.get(bits)
    if (before !== undefined) return before
    const letters: string[] = []
    for (let at = 0; at < 26; at++) if ((bits & (1 << at)) !== 0) letters.push(String.fromCharCode(0x61 + at))
    known.set(bits, letters)
    return letters
  }
}
