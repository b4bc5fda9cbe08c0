/**
 * Looking for secrets in folders, in a heap snapshot and in all memory of a process, in every form in which they could lie there.
 * @module
 */
import { type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '../processes.ts'

/** Name of a secret → the secret itself: bytes, or text as somebody would type it. */
export type Needles = ReadonlyMap<string, Uint8Array | string>

/** Base64 of bytes somewhere inside a longer text: without the characters that depend on the neighbours. */
function base64Forms(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return Buffer.from(text.slice(offset === 0 ? 0 : offset + 1, -2))
  })
}

function formsOf(needle: Uint8Array | string): Buffer[] {
  if (typeof needle === 'string') return [Buffer.from(needle, 'latin1'), Buffer.from(needle, 'utf16le')]
  const bytes = Buffer.from(needle)
  const hex = bytes.toString('hex')
  return [bytes, Buffer.from(hex), Buffer.from(hex.toUpperCase()), Buffer.from(hex, 'utf16le'), ...base64Forms(bytes)]
}

type Finder = (hay: Buffer) => string[]

/** One pass over the bytes for all forms of all needles: what begins as none of them is stepped over by a table. */
function finderOf(needles: Needles): Finder {
  const begins = new Uint8Array(65_536)
  const candidates = new Map<number, { name: string; form: Buffer }[]>()
  for (const [name, needle] of needles)
    for (const form of formsOf(needle)) {
      const start = form.readUInt16BE(0)
      begins[start] = 1
      candidates.set(start, [...(candidates.get(start) ?? []), { name, form }])
    }
  return (hay) => {
    const found = new Set<string>()
    let start = hay[0] ?? 0
    for (let at = 1; at < hay.length; at += 1) {
      start = ((start << 8) | (hay[at] as number)) & 0xffff
      if (begins[start] === 0) continue
      for (const { name, form } of candidates.get(start) ?? [])
        if (
          !found.has(name) &&
          hay.compare(form, 0, form.length, at - 1, Math.min(hay.length, at - 1 + form.length)) === 0
        )
          found.add(name)
    }
    return [...found].sort()
  }
}

/** @returns names of what is found in any of these, such as everything that went over a line */
export function searchBytes(pieces: readonly Uint8Array[], needles: Needles): string[] {
  const find = finderOf(needles)
  return [...new Set(pieces.flatMap((piece) => find(Buffer.from(piece))))].sort()
}

/** @returns `secret in file` for everything that is found in any file of a folder */
export function searchFolder(folder: string, needles: Needles): string[] {
  const find = finderOf(needles)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => find(readFileSync(path)).map((name) => `${name} in ${path.slice(folder.length + 1)}`))
}

const pieceBytes = 64 * 1024 * 1024
const overlap = 4096

/** Where there is no such thing as another process's memory in a file, it cannot be searched. */
export const memoryCanBeRead = existsSync('/proc/self/mem')

/** All writable memory of a process, as it is now. Linux; the process must be one of ours. */
export function searchMemory(
  pid: number,
  needles: Needles,
): { readonly found: readonly string[]; readonly bytes: number } {
  const find = finderOf(needles)
  const found = new Set<string>()
  let bytes = 0
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      if (from === '') continue
      const end = Number.parseInt(to, 16)
      for (let at = Number.parseInt(from, 16); at < end; at += pieceBytes - overlap) {
        const piece = Buffer.alloc(Math.min(pieceBytes, end - at))
        try {
          const read = readSync(memory, piece, 0, piece.length, at)
          bytes += read
          for (const name of find(piece.subarray(0, read))) found.add(name)
        } catch {
          // Reserved and never touched: there is nothing there.
        }
      }
    }
  } finally {
    closeSync(memory)
  }
  return { found: [...found].sort(), bytes }
}

function endOf(path: string, size: number): Buffer {
  const end = Buffer.alloc(8)
  const file = openSync(path, 'r')
  readSync(file, end, 0, 8, size - 8)
  closeSync(file)
  return end
}

/** Flags with which a process writes a heap snapshot into a folder when it is asked to. */
export const snapshotFlags = (folder: string) => ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${folder}`]

/** Everything V8 knows of: objects and strings, by name and content. @returns names of what is found */
export async function searchHeap(child: ChildProcess, folder: string, needles: Needles): Promise<string[]> {
  const before = new Set(readdirSync(folder))
  child.kill('SIGUSR2')
  const path = await until('the snapshot is written', async () => {
    const name = readdirSync(folder).find((file) => file.endsWith('.heapsnapshot') && !before.has(file))
    if (name === undefined) return undefined
    const { size } = statSync(join(folder, name))
    // It ends with the table of strings.
    return size > 1_000_000 && endOf(join(folder, name), size).includes(']}') ? join(folder, name) : undefined
  })
  return finderOf(needles)(readFileSync(path))
}
