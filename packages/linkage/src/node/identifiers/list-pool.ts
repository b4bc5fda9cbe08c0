/**
 * Every different set of words of an extract once: the surnames of a row, its initials, the readings of a date.
 *
 * List 0 is empty and stands for "missing". The order of the words is kept: the same words in another order are another list.
 * @module
 */
import { grownWords, type SharedWords, sharedWords } from './growing.ts'

export type ListPool = {
  readonly count: number
  intern(words: readonly number[]): number
  /** The list of just this word; the empty list for word 0. */
  internOne(word: number): number
  /** All words; list l is `items[starts[l]]` up to `items[starts[l + 1]]`. Valid until the next list is added. */
  readonly items: SharedWords
  readonly starts: SharedWords
  erase(): void
}

export function createListPool(): ListPool {
  let items = sharedWords(1 << 12)
  let starts = sharedWords(1 << 12)
  let places = new Uint32Array(1 << 13)
  /** Per word the list of just that word, 0 where not yet made. */
  let singles = new Uint32Array(1 << 12)
  let count = 1

  const hashOf = (from: number, to: number): number => {
    let hash = 0x811c9dc5
    for (let at = from; at < to; at++) {
      hash = Math.imul(hash ^ (items[at] as number), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash >>> 0
  }

  const append = (words: readonly number[]): number => {
    const from = starts[count] as number
    items = grownWords(items, from + words.length)
    for (let at = 0; at < words.length; at++) items[from + at] = words[at] as number
    return from + words.length
  }

  const keep = (to: number): number => {
    const list = count
    count += 1
    starts = grownWords(starts, count + 1)
    starts[count] = to
    return list
  }

  const rehash = (): void => {
    places = new Uint32Array(places.length * 2)
    const mask = places.length - 1
    for (let list = 1; list < count; list++) {
      const [from, to] = [starts[list] as number, starts[list + 1] as number]
      if (to - from < 2) continue
      let place = hashOf(from, to) & mask
      while (places[place] !== 0) place = (place + 1) & mask
      places[place] = list
    }
  }

  const internOne = (word: number): number => {
    if (word === 0) return 0
    if (word >= singles.length) {
      const grown = new Uint32Array(Math.max(word + 1, singles.length * 2))
      grown.set(singles)
      singles = grown
    }
    const known = singles[word] as number
    if (known !== 0) return known
    const list = keep(append([word]))
    singles[word] = list
    return list
  }

  return {
    get count() {
      return count
    },
    get items() {
      return items
    },
    get starts() {
      return starts
    },
    internOne,
    intern: (words) => {
      if (words.length === 0) return 0
      if (words.length === 1) return internOne(words[0] as number)
      const from = starts[count] as number
      const to = append(words)
      const mask = places.length - 1
      let place = hashOf(from, to) & mask
      for (; places[place] !== 0; place = (place + 1) & mask) {
        const list = places[place] as number
        const start = starts[list] as number
        if ((starts[list + 1] as number) - start !== words.length) continue
        let at = 0
        while (at < words.length && items[start + at] === items[from + at]) at++
        if (at === words.length) return list
      }
      const list = keep(to)
      places[place] = list
      if (count * 2 > places.length) rehash()
      return list
    },
    erase: () => {
      for (const array of [items, starts, places, singles]) array.fill(0)
    },
  }
}
