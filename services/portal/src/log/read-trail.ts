/**
 * The whole log as a trail, with the hash of every line worked out in the browser.
 * @module
 */
import type { LabView } from '@kruispunt/contracts'
import { lineOf, namesIn, readStatement, type TrailLine } from './trail.ts'
import { concat, fromBase64, sha256, toHex, utf8 } from './verify/bytes.ts'
import { type Envelope, leafOf } from './verify/verify-log.ts'

/** `H("statement", payload)` of the protocol: by this other statements refer to it. */
async function statementHash({ payload }: Envelope): Promise<string> {
  const body = fromBase64(payload)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, body.length)
  return toHex(await sha256(concat(utf8('datalab/v1/statement\0'), length, body)))
}

export async function readTrail(envelopes: readonly Envelope[], lab: LabView): Promise<TrailLine[]> {
  const statements = envelopes.map(readStatement)
  const [hashes, leaves] = await Promise.all([
    Promise.all(envelopes.map(statementHash)),
    Promise.all(envelopes.map(leafOf)),
  ])
  const names = namesIn(statements, hashes, new Map(lab.agreements.map(({ id, title }) => [id, title])))
  return statements.map((said, at) => lineOf(at, said, names, toHex(leaves[at] ?? new Uint8Array())))
}
