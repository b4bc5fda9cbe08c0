/**
 * Checking in the browser what is on the screen: every line's signatures, every line's place in the tree, the tree's root in
 * a checkpoint that the log signed and the partners' witnesses cosigned. What it takes from the log itself are the keys of
 * the roster, so that the roster's short code has to be compared with a partner by telephone.
 * @module
 */
import { type RosterDocument, rosterDocument } from '@kruispunt/contracts'
import { areEqual, concat, fromBase64, fromHex, toHex, utf8 } from './bytes.ts'
import { cosignersOf, isSignedByLog, readCheckpoint } from './checkpoint.ts'
import { verifyEd25519 } from './ed25519.ts'
import { leafHash, rootOf } from './merkle.ts'

export type Envelope = {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

export type Verdict = {
  /** Lines that the checkpoint covers; later ones come with the next. */
  readonly size: number
  readonly lines: number
  readonly rootHex: string
  readonly isRootRight: boolean
  readonly isSignedByLog: boolean
  readonly cosigners: readonly string[]
  readonly quorum: number
  /** Places of lines with a signature that is wrong, or of a key that no roster before it names. */
  readonly unsigned: readonly number[]
}

export type VerifyFault = 'no-roster' | 'no-checkpoint' | 'too-few-lines' | 'unsupported'

/** The leaf of the log: RFC 8785 of the envelope, whose members are plain text. */
const envelopeBytes = ({ payload, payloadType, signatures }: Envelope) =>
  utf8(JSON.stringify({ payload, payloadType, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) }))

export const leafOf = (envelope: Envelope) => leafHash(envelopeBytes(envelope))

const payloadOf = ({ payload }: Envelope): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(fromBase64(payload)))

/** What exactly is signed (DSSE). */
function signedBytes({ payload, payloadType }: Envelope): Uint8Array {
  const [type, body] = [utf8(payloadType), fromBase64(payload)]
  return concat(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${body.length} `), body)
}

function keysOf(roster: RosterDocument): [string, string][] {
  const { broker, coordinators, parties } = roster
  const all = [
    broker.brokerKey,
    ...coordinators,
    ...parties.flatMap((party) => [party.nodeKey, party.witnessKey, ...party.officers]),
  ]
  return all.map(({ keyId, publicKey }) => [keyId, publicKey])
}

const rosterIn = (payload: Record<string, unknown>): RosterDocument | undefined =>
  payload.kind === 'roster' ? rosterDocument.safeParse(payload.document).data : undefined

/** A roster brings its own keys: its first statement is signed by a key it names. */
async function unsignedIn(envelopes: readonly Envelope[]): Promise<number[]> {
  const keys = new Map<string, string>()
  const wrong: number[] = []
  for (const [at, envelope] of envelopes.entries()) {
    const roster = rosterIn(payloadOf(envelope))
    if (roster !== undefined) for (const [id, key] of keysOf(roster)) keys.set(id, key)
    const message = signedBytes(envelope)
    const verdicts = await Promise.all(
      envelope.signatures.map(({ keyid, sig }) => {
        const key = keys.get(keyid)
        return key === undefined ? false : verifyEd25519(fromHex(key), message, fromBase64(sig))
      }),
    )
    if (verdicts.length === 0 || !verdicts.every(Boolean)) wrong.push(at)
  }
  return wrong
}

/**
 * @param envelopes - of the whole log, in order
 * @param note - the checkpoint to hold them against
 */
export async function verifyLog(envelopes: readonly Envelope[], note: string): Promise<Verdict | VerifyFault> {
  const roster = envelopes.map((envelope) => rosterIn(payloadOf(envelope))).findLast((found) => found !== undefined)
  if (roster === undefined) return 'no-roster'
  const checkpoint = readCheckpoint(note)
  if (checkpoint === undefined) return 'no-checkpoint'
  if (envelopes.length < checkpoint.size) return 'too-few-lines'
  const leaves = await Promise.all(envelopes.slice(0, checkpoint.size).map(leafOf))
  const root = await rootOf(leaves)
  try {
    return {
      size: checkpoint.size,
      lines: envelopes.length,
      rootHex: toHex(root),
      isRootRight: areEqual(root, checkpoint.root),
      isSignedByLog: await isSignedByLog(checkpoint, roster),
      cosigners: await cosignersOf(checkpoint, roster),
      quorum: roster.quorum,
      unsigned: await unsignedIn(envelopes),
    }
  } catch (error) {
    if ((error as Error).name === 'NotSupportedError') return 'unsupported'
    throw error
  }
}
