/**
 * Every different text of an extract once, as UTF-8 in one buffer: a million rows hold far fewer names than rows.
 *
 * Two words are equal exactly when their numbers are. Word 0 is the empty text and stands for "missing".
 * @module
 */
import { grownBytes, grownWords, type SharedBytes, type SharedWords, sharedBytes, sharedWords } from './growing.ts'

export type WordPool = {
  readonly count: number
  /** The number of this text; the same for the same bytes. */
  intern(text: string): number
  text(word: number): string
  /** All bytes; word w is `bytes[starts[w]]` up to `bytes[starts[w + 1]]`. Valid until the next word is added. */
  readonly bytes: SharedBytes
  readonly starts: SharedWords
  /** Leaves no text behind; the pool cannot be used afterwards. */
  erase(): void
}

const decoder = new TextDecoder()

export function createWordPool(): WordPool {
  let bytes = sharedBytes(1 << 16)
  let starts = sharedWords(1 << 12)
  // Open addressing: the place holds a word, 0 where free. Never more than half full.
  let places = new Uint32Array(1 << 13)
  let hashes = new Uint32Array(1 << 12)
  let count = 1

  /** FNV-1a; the last step mixes, because the places take the low bits. */
  const hashOf = (from: number, to: number): number => {
    let hash = 0x811c9dc5
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    hash ^= hash >>> 15
    return Math.imul(hash, 0x2c1b3c6d) >>> 0
  }

  const rehash = (): void => {
    places = new Uint32Array(places.length * 2)
    const mask = places.length - 1
    for (let word = 1; word < count; word++) {
      let place = (hashes[word] as number) & mask
      while (places[place] !== 0) place = (place + 1) & mask
      places[place] = word
    }
  }

  /** The bytes of a new word stand behind the last one already; keeps them only if no word equals them. */
  const settle = (length: number): number => {
    if (length === 0) return 0
    const from = starts[count] as number
    const to = from + length
    const hash = hashOf(from, to)
    const mask = places.length - 1
    let place = hash & mask
    for (; places[place] !== 0; place = (place + 1) & mask) {
      const word = places[place] as number
      if (hashes[word] !== hash) continue
      const start = starts[word] as number
      if ((starts[word + 1] as number) - start !== length) continue
      let at = 0
      while (at < length && bytes[start + at] === bytes[from + at]) at++
      if (at === length) {
        bytes.fill(0, from, to)
        return word
      }
    }
    const word = count
    places[place] = word
    count += 1
    starts = grownWords(starts, count + 1)
    starts[count] = to
    if (count > hashes.length) {
      const grown = new Uint32Array(hashes.length * 2)
      grown.set(hashes)
      hashes.fill(0)
      hashes = grown
    }
    hashes[word] = hash
    if (count * 2 > places.length) rehash()
    return word
  }

  return {
    get count() {
      return count
    },
    get bytes() {
      return bytes
    },
    get starts() {
      return starts
    },
    intern: (text) => {
      const from = starts[count] as number
      bytes = grownBytes(bytes, from + text.length)
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at)
        if (unit > 0x7f) {
          const encoded = Buffer.from(text, 'utf8')
          bytes = grownBytes(bytes, from + encoded.length)
          bytes.set(encoded, from)
          return settle(encoded.length)
        }
        bytes[from + at] = unit
      }
      return settle(text.length)
    },
    text: (word) => {
      let text = ''
      const to = starts[word + 1] as number
      for (let at = starts[word] as number; at < to; at++) {
        // Nearly all words are ASCII, and a decoder costs more than a few letters.
        if ((bytes[at] as number) > 0x7f) return decoder.decode(bytes.slice(starts[word], to))
        text += String.fromCharCode(bytes[at] as number)
      }
      return text
    },
    erase: () => {
      bytes.fill(0)
      starts.fill(0)
      places.fill(0)
      hashes.fill(0)
    },
  }
}
