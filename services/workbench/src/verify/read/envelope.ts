/**
 * One line of the log opened: signatures over the bytes as they stand, then the statement in them.
 * @module
 */
import { anyStatement, type Statement } from '@kruispunt/contracts'
import { type Json, NotCanonical, readCanonical } from './canonical.ts'
import { tagged } from './hashes.ts'
import { textOf } from './log-copy.ts'
import { type SigningKey, signedWith } from './passkeys.ts'

export type Opened = {
  readonly statement: Statement
  readonly hash: string
  /** Key ids whose signatures verify. */
  readonly signedBy: ReadonlySet<string>
}
export type EnvelopeFault =
  | 'entry_not_canonical'
  | 'envelope_malformed'
  | 'envelope_not_canonical'
  | 'signer_unknown'
  | 'signature_invalid'
  | 'statement_malformed'

const largest = 4_000_000

/** @returns undefined for anything but padded base64 without stray bits */
function bytesOf(base64: Json | undefined): Buffer | undefined {
  if (typeof base64 !== 'string') return undefined
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64') === base64 ? bytes : undefined
}

function readJson(bytes: Uint8Array): Json | undefined {
  const text = textOf(bytes)
  try {
    return text === undefined ? undefined : readCanonical(text)
  } catch (error) {
    if (error instanceof NotCanonical) return undefined
    throw error
  }
}

/** `"DSSEv1" SP len(type) SP type SP len(body) SP body` */
const signedBytes = (type: string, body: Buffer) =>
  Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body])

type Members = { [member: string]: Json }
const membersOf = (value: Json | undefined, names: string): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).join() === names
    ? value
    : undefined

/** @param keyOf - of the key ids that count at this place in the log */
export function openLine(
  line: Uint8Array,
  keyOf: (keyId: string) => SigningKey | undefined,
): Opened | { readonly fault: EnvelopeFault } {
  const whole = readJson(line)
  if (whole === undefined) return { fault: 'entry_not_canonical' }
  const envelope = membersOf(whole, 'payload,payloadType,signatures')
  const body = bytesOf(envelope?.payload)
  const type = envelope?.payloadType
  const signatures = envelope?.signatures
  if (body === undefined || body.length > largest || typeof type !== 'string' || !Array.isArray(signatures))
    return { fault: 'envelope_malformed' }
  const kind = /^application\/vnd\.datalab\.([a-z][a-z0-9-]{0,63})\.v1\+json$/.exec(type)?.[1]
  if (kind === undefined || signatures.length === 0) return { fault: 'envelope_malformed' }

  const signedBy = new Set<string>()
  const message = signedBytes(type, body)
  for (const one of signatures) {
    const signature = membersOf(one, 'keyid,sig')
    const keyId = signature?.keyid
    const bytes = bytesOf(signature?.sig)
    if (typeof keyId !== 'string' || bytes === undefined || signedBy.has(keyId)) return { fault: 'envelope_malformed' }
    const key = keyOf(keyId)
    if (key === undefined) return { fault: 'signer_unknown' }
    if (!signedWith(key, message, bytes)) return { fault: 'signature_invalid' }
    signedBy.add(keyId)
  }

  const payload = readJson(body)
  if (payload === undefined) return { fault: 'envelope_not_canonical' }
  const parsed = anyStatement.safeParse(payload)
  if (!parsed.success) return { fault: 'statement_malformed' }
  const statement = parsed.data
  if (statement.kind !== kind || !signedBy.has(statement.keyId)) return { fault: 'envelope_malformed' }
  return { statement, hash: tagged('statement', body), signedBy }
}
