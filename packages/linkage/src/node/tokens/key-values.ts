/**
 * The values of one match key for one subject, written as UTF-8 into a buffer that is hashed as a whole: no string per value.
 *
 * Parts are joined by U+001F; a row with a missing part makes no value; sets make one value per element, of several parts one per
 * combination. A subject of several rows has the values of all of them, each once.
 * @module
 * @see linkage.md §3
 */
import { writeBsn } from '../bsn.ts'
import type { SharedBytes, SharedWords } from '../identifiers/growing.ts'
import { manyWords } from '../identifiers/readings.ts'

/** What all keys of an extract read: words, sets of words, and the rows of every subject. Shared between threads, never written. */
export type SubjectTables = {
  readonly wordBytes: SharedBytes
  readonly wordStarts: SharedWords
  readonly setItems: SharedWords
  readonly setStarts: SharedWords
  /** Subject s has rows `rows[rowStarts[s]]` up to `rows[rowStarts[s + 1]]`. */
  readonly rowStarts: SharedWords
  readonly rows: SharedWords
  /** Per subject the number, 0 without. */
  readonly numbers: SharedWords
  /** Per subject 64 bytes in the number's place, or nothing at all where the number itself is hashed. */
  readonly jointNumbers: SharedBytes
}

/** Per part of a key, in its order, the reading of every row; or the citizen number. */
export type KeySource = 'citizenNumber' | readonly SharedWords[]

export type ValueBuffer = {
  bytes: Uint8Array
  /** Where each value begins, and after the last one where it ends. */
  readonly offsets: Uint32Array
  /** How many values stand in the buffer. */
  count: number
}

const separator = 0x1f
/** Bytes of a joint number. */
export const jointNumberBytes = 64
const mostParts = 6

/** Appends the values of a subject; answers whether some were left out. */
export type WriteValues = (subject: number, buffer: ValueBuffer) => boolean

/**
 * Makes a function that appends the values of a subject to the buffer, at most `slots` of them.
 * @returns a function that answers whether values were left out because there are more than slots
 */
export function valueWriter(tables: SubjectTables, source: KeySource, slots: number): WriteValues {
  if (source === 'citizenNumber') {
    const { jointNumbers, numbers } = tables
    if (jointNumbers.length === 0) return (subject, buffer) => writeNumber(numbers[subject] as number, buffer)
    return (subject, buffer) => numbers[subject] !== 0 && writeJointNumber(jointNumbers, subject, buffer)
  }
  const { rowStarts, rows } = tables
  const parts = source
  const readings = new Uint32Array(mostParts)
  const cursors = new Uint32Array(mostParts)
  return (subject, buffer) => {
    const first = buffer.count
    let isCut = false
    const to = rowStarts[subject + 1] as number
    for (let at = rowStarts[subject] as number; at < to; at++) {
      const row = rows[at] as number
      let isWhole = true
      let isSingle = true
      for (let part = 0; part < parts.length; part++) {
        const reading = (parts[part] as SharedWords)[row] as number
        if (reading === 0) isWhole = false
        if (reading >= manyWords) isSingle = false
        readings[part] = reading
        cursors[part] = 0
      }
      if (!isWhole) continue
      do {
        appendValue(tables, readings, cursors, parts.length, buffer)
        if (buffer.count - first > 1 && settleLast(buffer, first, slots)) isCut = true
      } while (!isSingle && advance(tables.setStarts, readings, cursors, parts.length))
    }
    return isCut
  }
}

/** To the next combination, the last part first; false after the last one. */
function advance(setStarts: Uint32Array, readings: Uint32Array, cursors: Uint32Array, parts: number): boolean {
  for (let part = parts - 1; part >= 0; part--) {
    const reading = readings[part] as number
    const next = (cursors[part] as number) + 1
    const set = reading - manyWords
    if (reading >= manyWords && next < (setStarts[set + 1] as number) - (setStarts[set] as number)) {
      cursors[part] = next
      return true
    }
    cursors[part] = 0
  }
  return false
}

function appendValue(
  { wordBytes, wordStarts, setItems, setStarts }: SubjectTables,
  readings: Uint32Array,
  cursors: Uint32Array,
  parts: number,
  buffer: ValueBuffer,
): void {
  let to = buffer.offsets[buffer.count] as number
  for (let part = 0; part < parts; part++) {
    const reading = readings[part] as number
    const word =
      reading < manyWords
        ? reading
        : (setItems[(setStarts[reading - manyWords] as number) + (cursors[part] as number)] as number)
    const end = wordStarts[word + 1] as number
    let from = wordStarts[word] as number
    if (to + end - from + 1 > buffer.bytes.length) makeRoom(buffer, to + end - from + 1)
    const { bytes } = buffer
    if (part > 0) bytes[to++] = separator
    while (from < end) bytes[to++] = wordBytes[from++] as number
  }
  buffer.count += 1
  buffer.offsets[buffer.count] = to
}

function makeRoom(buffer: ValueBuffer, needed: number): void {
  const larger = new Uint8Array(Math.max(needed, buffer.bytes.length * 2))
  larger.set(buffer.bytes)
  buffer.bytes.fill(0)
  buffer.bytes = larger
}

/**
 * Takes the last value out again if the subject has it already, or, over the slots, whichever has the highest hash.
 * @returns whether the subject has more values than slots
 */
function settleLast(buffer: ValueBuffer, first: number, slots: number): boolean {
  const { bytes, offsets } = buffer
  const last = buffer.count - 1
  const [from, to] = [offsets[last] as number, offsets[last + 1] as number]
  for (let value = first; value < last; value++) {
    const start = offsets[value] as number
    if ((offsets[value + 1] as number) - start !== to - from) continue
    let at = 0
    while (from + at < to && bytes[start + at] === bytes[from + at]) at++
    if (from + at < to) continue
    buffer.count = last
    return false
  }
  if (buffer.count - first <= slots) return false
  let highest = first
  for (let value = first + 1; value <= last; value++) if (isAfter(buffer, value, highest)) highest = value
  const [gone, next] = [offsets[highest] as number, offsets[highest + 1] as number]
  bytes.copyWithin(gone, next, to)
  for (let value = highest + 1; value < buffer.count; value++) {
    offsets[value] = (offsets[value + 1] as number) - (next - gone)
  }
  buffer.count = last
  return true
}

/** Whether value a has the higher hash than b; equal hashes go by the bytes. */
function isAfter({ bytes, offsets }: ValueBuffer, a: number, b: number): boolean {
  const [hashA, hashB] = [hashOf(bytes, offsets, a), hashOf(bytes, offsets, b)]
  if (hashA !== hashB) return hashA > hashB
  const slice = (value: number) => bytes.subarray(offsets[value], offsets[value + 1])
  return Buffer.compare(slice(a), slice(b)) > 0
}

/** FNV-1a, mixed: which value stays must not depend on anything but the value. */
function hashOf(bytes: Uint8Array, offsets: Uint32Array, value: number): number {
  let hash = 0x811c9dc5
  const to = offsets[value + 1] as number
  for (let at = offsets[value] as number; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
  hash ^= hash >>> 16
  return Math.imul(hash, 0x7feb352d) >>> 0
}

/** Nine ASCII digits, as protocol.md §3.4 asks. */
function writeNumber(number: number, buffer: ValueBuffer): boolean {
  if (number === 0) return false
  const from = buffer.offsets[buffer.count] as number
  if (from + 9 > buffer.bytes.length) makeRoom(buffer, from + 9)
  writeBsn(number, buffer.bytes, from)
  buffer.count += 1
  buffer.offsets[buffer.count] = from + 9
  return false
}

/** What all parties made of the number together (protocol §3.5). */
function writeJointNumber(jointNumbers: Uint8Array, subject: number, buffer: ValueBuffer): boolean {
  const from = buffer.offsets[buffer.count] as number
  if (from + jointNumberBytes > buffer.bytes.length) makeRoom(buffer, from + jointNumberBytes)
  buffer.bytes.set(jointNumbers.subarray(subject * jointNumberBytes, (subject + 1) * jointNumberBytes), from)
  buffer.count += 1
  buffer.offsets[buffer.count] = from + jointNumberBytes
  return false
}
