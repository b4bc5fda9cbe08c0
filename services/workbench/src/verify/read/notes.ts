/**
 * Checkpoints and their cosignatures (C2SP tlog-checkpoint, cosignature/v1), read by hand. A line of nobody known is a fault too:
 * a log copy holds what its lab signed and nothing else.
 * @module
 */
import { sha256 } from './hashes.ts'
import { isSignedBy } from './signatures.ts'

/** Names and keys as the roster gives them; keys in hex. */
export type NoteKeys = {
  readonly origin: string
  /** Every one that ever counted. */
  readonly logKeys: readonly string[]
  readonly witnesses: readonly { readonly party: string; readonly publicKey: string }[]
}

export type NoteFault = 'note_malformed' | 'note_other_log' | 'log_signature_invalid' | 'cosignature_invalid'

export type ReadNote = {
  readonly size: number
  /** In hex. */
  readonly root: string
  /** Oldest time of each, seconds since 1970. */
  readonly cosigned: readonly { readonly party: string; readonly timestampSeconds: number }[]
}

const logType = 1
const witnessType = 4
const timestampBytes = 8

const hintOf = (name: string, type: number, publicKey: string) =>
  sha256(`${name}\n`, Uint8Array.of(type), Buffer.from(publicKey, 'hex')).subarray(0, 4).toString('hex')

type Line = { readonly name: string; readonly hint: string; readonly blob: Buffer }

function readLine(line: string): Line | undefined {
  const [, name, base64] = /^\u2014 ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? []
  if (name === undefined || base64 === undefined) return undefined
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64 || bytes.length <= 4) return undefined
  return { name, hint: bytes.subarray(0, 4).toString('hex'), blob: bytes.subarray(4) }
}

function timeOf(text: string, blob: Buffer, publicKey: string): number | undefined {
  if (blob.length !== timestampBytes + 64) return undefined
  const seconds = Number(blob.readBigUInt64BE(0))
  if (!Number.isSafeInteger(seconds) || seconds <= 0) return undefined
  const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)
  return isSignedBy(publicKey, message, blob.subarray(timestampBytes)) ? seconds : undefined
}

export function readNote(note: string, keys: NoteKeys): ReadNote | { readonly fault: NoteFault } {
  const blank = note.lastIndexOf('\n\n')
  const text = note.slice(0, blank + 1)
  const [origin, sizeText = '', rootText = '', ...rest] = text.split('\n')
  const root = Buffer.from(rootText, 'base64')
  const isWhole = rest.length === 1 && /^(?:0|[1-9][0-9]{0,14})$/.test(sizeText) && note.endsWith('\n')
  if (blank < 0 || !isWhole || root.length !== 32 || root.toString('base64') !== rootText)
    return { fault: 'note_malformed' }
  if (origin !== keys.origin) return { fault: 'note_other_log' }

  const logKeys = new Map(keys.logKeys.map((key) => [hintOf(keys.origin, logType, key), key]))
  const witnesses = new Map(
    keys.witnesses.map(({ party, publicKey }) => {
      const name = `${keys.origin}/${party}`
      return [`${name} ${hintOf(name, witnessType, publicKey)}`, { party, publicKey }]
    }),
  )
  let ofLog = 0
  const times = new Map<string, number>()
  for (const one of note.slice(blank + 2, -1).split('\n')) {
    const line = readLine(one)
    if (line === undefined) return { fault: 'note_malformed' }
    if (line.name === keys.origin) {
      const logKey = logKeys.get(line.hint)
      if (logKey === undefined || !isSignedBy(logKey, Buffer.from(text), line.blob))
        return { fault: 'log_signature_invalid' }
      ofLog += 1
      continue
    }
    const witness = witnesses.get(`${line.name} ${line.hint}`)
    const time = witness && timeOf(text, line.blob, witness.publicKey)
    if (witness === undefined || time === undefined) return { fault: 'cosignature_invalid' }
    times.set(witness.party, Math.min(time, times.get(witness.party) ?? time))
  }
  if (ofLog === 0) return { fault: 'log_signature_invalid' }
  const cosigned = [...times].map(([party, timestampSeconds]) => ({ party, timestampSeconds }))
  return { size: Number(sizeText), root: root.toString('hex'), cosigned }
}
