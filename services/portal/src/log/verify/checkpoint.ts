/**
 * A checkpoint: what the log says it holds, signed by the log's key and cosigned by witnesses (C2SP tlog-checkpoint).
 * @module
 */
import type { RosterDocument } from '@kruispunt/contracts'
import { areEqual, concat, fromBase64, fromHex, sha256, utf8 } from './bytes.ts'
import { verifyEd25519 } from './ed25519.ts'

type Line = { readonly name: string; readonly keyHash: Uint8Array; readonly blob: Uint8Array }
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** What is signed. */
  readonly text: string
  readonly lines: readonly Line[]
}

/** @returns nothing when it is no checkpoint */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const blank = note.lastIndexOf('\n\n')
  const text = note.slice(0, blank + 1)
  const [origin, size, root, rest] = text.split('\n')
  if (blank < 1 || origin === undefined || !/^\d{1,15}$/.test(size ?? '') || root === undefined || rest !== '') return
  const lines = (note.slice(blank + 2).match(/[^\n]+/g) ?? []).map((line): Line | undefined => {
    const [, name, base64] = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? []
    if (name === undefined || base64 === undefined) return undefined
    const bytes = fromBase64(base64)
    return { name, keyHash: bytes.slice(0, 4), blob: bytes.slice(4) }
  })
  if (lines.some((line) => line === undefined)) return
  return { origin, size: Number(size), root: fromBase64(root), text, lines: lines.filter((line) => line !== undefined) }
}

const kindOf = { note: 1, cosignature: 4 } as const
async function linesOf({ lines }: Checkpoint, name: string, kind: 1 | 4, publicKey: Uint8Array): Promise<Line[]> {
  const whole = await sha256(utf8(`${name}\n`), Uint8Array.of(kind), publicKey)
  return lines.filter((line) => line.name === name && areEqual(line.keyHash, whole.subarray(0, 4)))
}

/** Whether the log of this roster signed it. */
export async function isSignedByLog(checkpoint: Checkpoint, roster: RosterDocument): Promise<boolean> {
  const origin = `${roster.broker.name}/${roster.lab}`
  if (checkpoint.origin !== origin) return false
  const key = fromHex(roster.broker.logKey.publicKey)
  const own = await linesOf(checkpoint, origin, kindOf.note, key)
  const verdicts = await Promise.all(own.map(({ blob }) => verifyEd25519(key, utf8(checkpoint.text), blob)))
  return verdicts.length > 0 && verdicts.every(Boolean)
}

/** Names of the partners whose witness key cosigned it. */
export async function cosignersOf(checkpoint: Checkpoint, roster: RosterDocument): Promise<string[]> {
  const signed = await Promise.all(
    roster.parties.map(async ({ id, name, witnessKey }) => {
      const key = fromHex(witnessKey.publicKey)
      const own = await linesOf(checkpoint, `${checkpoint.origin}/${id}`, kindOf.cosignature, key)
      const verdicts = await Promise.all(
        own.map(({ blob }) => {
          const time = new DataView(blob.buffer, blob.byteOffset, 8).getBigUint64(0)
          const message = concat(utf8(`cosignature/v1\ntime ${time}\n`), utf8(checkpoint.text))
          return verifyEd25519(key, message, blob.subarray(8))
        }),
      )
      return verdicts.length > 0 && verdicts.every(Boolean) ? name : undefined
    }),
  )
  return signed.filter((name) => name !== undefined)
}
