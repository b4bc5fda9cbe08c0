/**
 * Tokens of one key for a range of subjects, padded, in slots whose order says nothing. Runs on any thread.
 * @module
 */
import { erase, randomBytes } from '@kruispunt/crypto'
import { createTokenMaker, sortSlots, tokenBytes } from '@kruispunt/pseudonyms'
import { type KeySource, type SubjectTables, type ValueBuffer, valueWriter } from './key-values.ts'

export type TokenTask = {
  readonly keyId: string
  readonly source: KeySource
  readonly slots: number
  /** Per subject its place in the order in which they travel. This task makes subjects `from` up to `to`. */
  readonly places: Uint32Array
  readonly from: number
  readonly to: number
  /** 16 × slots bytes a subject, of the whole column. */
  readonly tokens: Uint8Array
  /** Per place a bit per slot: 1 = a token, 0 = filling. Never leaves the node. */
  readonly real: Uint32Array
}

export type TokenCounts = {
  /** Tokens made. */
  readonly values: number
  /** Subjects that have at least one. */
  readonly withValue: number
  /** Subjects with more values than slots. */
  readonly cut: number
}

const valuesAtOnce = 4096
const words = tokenBytes / 4

/** @param pseudonymKey - 32 bytes; `cryptoReady()` must be done */
export function makeTokenRows(tables: SubjectTables, task: TokenTask, pseudonymKey: Uint8Array): TokenCounts {
  const { slots, from, to } = task
  const maker = createTokenMaker(pseudonymKey)
  const write = valueWriter(tables, task.source, slots)
  // One more than fits: a subject may hold one value too many until the least is chosen.
  const buffer: ValueBuffer = {
    bytes: new Uint8Array(valuesAtOnce * 32),
    offsets: new Uint32Array(valuesAtOnce + slots + 2),
    count: 0,
  }
  const hashes = new Uint8Array((valuesAtOnce + slots + 1) * tokenBytes)
  const counts = new Uint8Array(valuesAtOnce)
  let values = 0
  let cut = 0
  let withValue = 0
  // By subject, not by place: what a subject is made of then lies close to the last one's, and only the result is far.
  let subject = from
  while (subject < to) {
    const first = subject
    buffer.count = 0
    for (; subject < to && subject - first < valuesAtOnce && buffer.count < valuesAtOnce; subject++) {
      const before = buffer.count
      if (write(subject, buffer)) cut += 1
      const own = buffer.count - before
      counts[subject - first] = own
      if (own > 0) withValue += 1
    }
    const offsets = buffer.offsets.subarray(0, buffer.count + 1)
    maker.tokensInto(task.keyId, buffer.bytes, offsets, hashes, 0)
    lay(task, first, subject, hashes, counts)
    values += buffer.count
  }
  erase(buffer.bytes, hashes)
  return { values, withValue, cut }
}

/** Lays the tokens of some subjects in their slots, fills what is left with random bytes, and sorts the slots of each. */
function lay(task: TokenTask, first: number, last: number, hashes: Uint8Array, counts: Uint8Array): void {
  const { slots, places, tokens, real } = task
  const rowWords = slots * words
  const rows = new Uint32Array(randomBytes((last - first) * slots * tokenBytes).buffer)
  const made = new Uint32Array(hashes.buffer)
  const column = new Uint32Array(tokens.buffer, tokens.byteOffset, tokens.byteLength / 4)
  let from = 0
  for (let subject = first; subject < last; subject++) {
    const count = counts[subject - first] as number
    const place = places[subject] as number
    const start = (subject - first) * rowWords
    for (let word = 0; word < count * words; word++) rows[start + word] = made[from++] as number
    real[place] = slots === 1 ? count : sortSlots(rows, start, slots, count)
    const to = place * rowWords
    for (let word = 0; word < rowWords; word++) column[to + word] = rows[start + word] as number
  }
}
