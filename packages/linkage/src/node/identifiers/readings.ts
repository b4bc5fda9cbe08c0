/**
 * A reading is one whole number for what a field says: nothing, one word, or a set of words that is kept once however many rows
 * have it.
 *
 * 0 is nothing, below 2^31 is the number of a word, above it a set. Equal sets in the same order have the same number.
 * @module
 */
import { grownWords, type SharedWords, sharedWords } from './growing.ts'

/** Set in the number of a reading that has several words. */
export const manyWords = 0x80000000

export type Readings = {
  /** The reading of these words, none of which is 0. */
  intern(words: readonly number[]): number
  wordsOf(reading: number): readonly number[]
  /** Words of all sets; set s is `items[starts[s]]` up to `items[starts[s + 1]]`. Valid until the next set is added. */
  readonly items: SharedWords
  readonly starts: SharedWords
  erase(): void
}

export function createReadings(): Readings {
  let items = sharedWords(1 << 12)
  let starts = sharedWords(1 << 10)
  // Open addressing: the place holds a set plus 1, 0 where free. Never more than half full.
  let places = new Uint32Array(1 << 11)
  let count = 0

  const hashOf = (from: number, to: number): number => {
    let hash = 0x811c9dc5
    for (let at = from; at < to; at++) {
      hash = Math.imul(hash ^ (items[at] as number), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash >>> 0
  }

  const rehash = (): void => {
    places = new Uint32Array(places.length * 2)
    const mask = places.length - 1
    for (let set = 0; set < count; set++) {
      let place = hashOf(starts[set] as number, starts[set + 1] as number) & mask
      while (places[place] !== 0) place = (place + 1) & mask
      places[place] = set + 1
    }
  }

  return {
    get items() {
      return items
    },
    get starts() {
      return starts
    },
    wordsOf: (reading) => {
      if (reading < manyWords) return reading === 0 ? [] : [reading]
      const set = reading - manyWords
      return [...items.slice(starts[set], starts[set + 1])]
    },
    intern: (words) => {
      if (words.length < 2) return words[0] ?? 0
      const from = starts[count] as number
      const to = from + words.length
      items = grownWords(items, to)
      for (let at = 0; at < words.length; at++) items[from + at] = words[at] as number
      const mask = places.length - 1
      let place = hashOf(from, to) & mask
      for (; places[place] !== 0; place = (place + 1) & mask) {
        const set = (places[place] as number) - 1
        const start = starts[set] as number
        if ((starts[set + 1] as number) - start !== words.length) continue
        let at = 0
        while (at < words.length && items[start + at] === items[from + at]) at++
        if (at === words.length) return manyWords + set
      }
      count += 1
      starts = grownWords(starts, count + 1)
      starts[count] = to
      places[place] = count
      if (count * 2 > places.length) rehash()
      return manyWords + count - 1
    },
    erase: () => {
      for (const array of [items, starts, places]) array.fill(0)
    },
  }
}
