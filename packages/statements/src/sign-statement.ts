/**
 * Signing a statement.
 * @module
 */
import { type SigningKey, toBase64 } from '@kruispunt/crypto'
import { canonicalBytes } from './canonical.ts'
import type { Envelope } from './envelope.ts'
import { StatementError } from './errors.ts'
import type { JsonValue } from './json-value.ts'
import { payloadTypeOf, preAuthEncoding } from './pre-auth-encoding.ts'

/**
 * @param payload - a whole statement: header and members; `keyId` names the key whose chain it belongs to
 * @param keys - one or more, that of `payload.keyId` among them; each signs the same bytes
 * @throws {@link StatementError} `kind_malformed`, `signer_missing`, `signer_duplicate`, `signer_mismatch`, or a code of `canonicalBytes`
 */
export function signStatement(payload: object, ...keys: readonly SigningKey[]): Envelope {
  const members = payload as { readonly [member: string]: JsonValue }
  if (typeof members.kind !== 'string') throw new StatementError('kind_malformed')
  if (keys.length === 0) throw new StatementError('signer_missing')
  const keyIds = new Set(keys.map(({ keyId }) => keyId))
  if (keyIds.size !== keys.length) throw new StatementError('signer_duplicate')
  if (typeof members.keyId !== 'string' || !keyIds.has(members.keyId)) throw new StatementError('signer_mismatch')

  const payloadType = payloadTypeOf(members.kind)
  const body = canonicalBytes(members)
  const message = preAuthEncoding(payloadType, body)
  const signatures = keys.map((key) => ({ keyid: key.keyId, sig: toBase64(key.sign(message)) }))
  return { payload: toBase64(body), payloadType, signatures }
}
