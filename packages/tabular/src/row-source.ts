/**
 * From a stream of bytes to batches of rows, with memory that does not grow with the file.
 *
 * Holds at most one block of whole lines plus one unfinished line or quoted record, which may not exceed the limit. Lines
 * without quotation marks take the fast path; about 32 KiB around a quotation mark go to csv-parse.
 * @module
 */
import { Buffer } from 'node:buffer'
import { TabularError } from './errors.ts'
import { emptyRows, type Rows, TOO_FEW } from './rows.ts'
import { CR, type Layout, LF, scanPlain } from './scan-plain.ts'
import { addRecords, splitQuoted } from './scan-quoted.ts'

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be'

export type RowSourceOptions = Layout & {
  readonly columns: number
  readonly encoding: Encoding
}

/** How far reading is; updated before every batch of rows is given out. */
export type RowSourceProgress = {
  bytesRead: number
  /** False when the last line of the file has no line end. */
  lastLineEnded: boolean
}

const QUOTE = 0x22
const SUBSTITUTE = 0x1a
const BLOCK_BYTES = 256 * 1024
const QUOTED_BYTES = 32 * 1024

/**
 * Reads all rows, the header included. The batch given out is reused: it is valid until the next one is asked for.
 * @throws {@link TabularError} `line_too_long`, `quote_not_closed`, `truncated`, with the row
 */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: RowSourceOptions,
  progress: RowSourceProgress,
): AsyncGenerator<Rows> {
  const rows = emptyRows(options.columns)
  const blockBytes = Math.min(BLOCK_BYTES, options.maxLineBytes)
  let buffer = Buffer.allocUnsafe(blockBytes * 4)
  let filled = 0
  let number = 1
  let wanted = blockBytes
  for await (const piece of pieces(asUtf8(chunks, options.encoding, progress), blockBytes)) {
    if (filled + piece.length > buffer.length) {
      const larger = Buffer.allocUnsafe((filled + piece.length) * 2)
      buffer.copy(larger, 0, 0, filled)
      buffer = larger
    }
    buffer.set(piece, filled)
    filled += piece.length
    if (filled < wanted) continue
    const whole = buffer.subarray(0, filled).lastIndexOf(options.lineEnd) + 1
    const used = { to: 0 }
    for (const end of regions(rows, buffer, whole, number, options, used)) {
      number = end
      if (rows.count > 0) yield rows
    }
    const left = filled - used.to
    if (left > options.maxLineBytes)
      throw new TabularError(used.to < whole ? 'quote_not_closed' : 'line_too_long', number)
    buffer.copyWithin(0, used.to, filled)
    filled = left
    // Doubling: an unfinished record is not scanned anew for every few bytes that arrive.
    wanted = Math.max(blockBytes, filled * 2)
  }
  while (filled > 0 && buffer[filled - 1] === SUBSTITUTE) filled -= 1
  progress.lastLineEnded = filled === 0 || isLineEnd(buffer[filled - 1])
  const used = { to: 0 }
  for (const end of regions(rows, buffer, filled, number, options, used)) {
    number = end
    const last = rows.count - 1
    if (used.to === filled && !progress.lastLineEnded && rows.ragged[last] === TOO_FEW) {
      throw new TabularError('truncated', rows.numbers[last] ?? null)
    }
    if (rows.count > 0) yield rows
  }
  if (used.to < filled) throw new TabularError('truncated', number)
}

const isLineEnd = (byte: number | undefined) => byte === LF || byte === CR

/** Fills `rows` region by region from `buffer[0, to)`; stops at a record whose quotation mark does not close before `to`. */
function* regions(
  rows: Rows,
  buffer: Buffer,
  to: number,
  number: number,
  layout: Layout,
  used: { to: number },
): Generator<number> {
  let next = number
  while (used.to < to) {
    const from = used.to
    const quote = buffer.subarray(from, to).indexOf(QUOTE)
    const plainTo = quote < 0 ? to : buffer.subarray(from, from + quote).lastIndexOf(layout.lineEnd) + 1 + from
    if (plainTo > from) {
      rows.count = 0
      rows.bytes = buffer
      next = scanPlain(rows, from, plainTo, next, layout)
      used.to = plainTo
    } else {
      const region = quotedRegion(buffer, from, to, layout)
      if (region === null) return
      rows.count = 0
      next = addRecords(rows, region.records, next, layout.maxLineBytes)
      used.to = region.to
    }
    yield next
  }
}

function quotedRegion(
  buffer: Buffer,
  from: number,
  to: number,
  layout: Layout,
): { records: string[][]; to: number } | null {
  for (let size = QUOTED_BYTES; ; size *= 2) {
    const lineEnd = buffer.subarray(0, to).indexOf(layout.lineEnd, from + size)
    const end = lineEnd < 0 ? to : lineEnd + 1
    const records = splitQuoted(buffer.subarray(from, end), layout)
    if (records !== null) return { records, to: end }
    if (end === to) return null
  }
}

/** Cuts what arrives into pieces of bounded size, so that one huge chunk does not make the block huge. */
async function* pieces(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size)
  }
}

/** UTF-16 becomes UTF-8; a byte order mark goes; UTF-8 and Windows-1252 pass as they are. */
async function* asUtf8(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding: Encoding,
  progress: RowSourceProgress,
): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const decoder = new TextDecoder(encoding)
    for await (const chunk of chunks) {
      progress.bytesRead += chunk.length
      yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8')
    }
    yield Buffer.from(decoder.decode(), 'utf8')
    return
  }
  let head: Uint8Array | null = new Uint8Array(0)
  for await (const chunk of chunks) {
    progress.bytesRead += chunk.length
    if (head === null) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < 3) continue
    yield withoutMark(head)
    head = null
  }
  if (head !== null) yield withoutMark(head)
}

function withoutMark(head: Uint8Array): Uint8Array {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head
}
