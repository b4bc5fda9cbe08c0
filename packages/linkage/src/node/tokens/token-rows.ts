/**
 * Tokens of one key for a range of subjects, padded, in slots whose order says nothing. Runs on any thread.
 * @module
 */
import { erase, randomBytes } from '@kruispunt/crypto'
import { createTokenMaker, tokenBytes } from '@kruispunt/pseudonyms'
import { type KeySource, type SubjectTables, type ValueBuffer, valueWriter } from './key-values.ts'

export type TokenTask = {
  readonly keyId: string
  readonly source: KeySource
  readonly slots: number
  /** Subjects in the order in which they travel; this task makes those from `from` up to `to`. */
  readonly order: Uint32Array
  readonly from: number
  readonly to: number
  /** 16 × slots bytes a subject, of the whole column. */
  readonly tokens: Uint8Array
  /** Per subject in travelling order a bit per slot: 1 = a token, 0 = filling. Never leaves the node. */
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
  const { slots, order, from, to } = task
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
  let row = from
  while (row < to) {
    const first = row
    buffer.count = 0
    for (; row < to && row - first < valuesAtOnce && buffer.count < valuesAtOnce; row++) {
      const before = buffer.count
      if (write(order[row] as number, buffer)) cut += 1
      const own = buffer.count - before
      counts[row - first] = own
      if (own > 0) withValue += 1
    }
    const offsets = buffer.offsets.subarray(0, buffer.count + 1)
    maker.tokensInto(task.keyId, buffer.bytes, offsets, hashes, 0)
    lay(task, first, row, hashes, counts)
    values += buffer.count
  }
  erase(buffer.bytes, hashes)
  return { values, withValue, cut }
}

/** Lays the tokens of some subjects in their slots, fills what is left with random bytes, and sorts the slots of each. */
function lay(
  { slots, tokens, real }: TokenTask,
  first: number,
  last: number,
  hashes: Uint8Array,
  counts: Uint8Array,
): void {
  const rowWords = slots * words
  const filled = randomBytes((last - first) * slots * tokenBytes)
  const rows = new Uint32Array(filled.buffer)
  const made = new Uint32Array(hashes.buffer)
  let from = 0
  for (let row = first; row < last; row++) {
    const count = counts[row - first] as number
    const start = (row - first) * rowWords
    for (let word = 0; word < count * words; word++) rows[start + word] = made[from++] as number
    real[row] = slots === 1 ? count : sortSlots(rows, start, slots, count)
  }
  tokens.set(filled, first * slots * tokenBytes)
}

/**
 * By content: tokens and filling are both uniform, so their order tells nothing.
 * @param count - how many of the first slots hold tokens
 * @returns a bit per slot: where the tokens went
 */
function sortSlots(rows: Uint32Array, start: number, slots: number, count: number): number {
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
