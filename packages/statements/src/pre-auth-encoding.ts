/**
 * What exactly is signed: type and body, each with its length, so that neither can pass for a piece of the other.
 * @module
 */
import { concatBytes, utf8 } from '@kruispunt/crypto'
import { StatementError } from './errors.ts'

const kindPattern = /^[a-z][a-z0-9-]{0,63}$/

/**
 * @param kind - such as `salt-commit`
 * @throws {@link StatementError} `kind_malformed`
 */
export function payloadTypeOf(kind: string): string {
  if (!kindPattern.test(kind)) throw new StatementError('kind_malformed')
  return `application/vnd.datalab.${kind}.v1+json`
}

/** Whether this could be the type of a statement at all; what it says must still be compared with the statement's kind. */
export function isPayloadType(type: string): boolean {
  return /^application\/vnd\.datalab\.[a-z][a-z0-9-]{0,63}\.v1\+json$/.test(type)
}

/**
 * `"DSSEv1" SP len(type) SP type SP len(body) SP body`, lengths in bytes, decimal.
 * @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
export function preAuthEncoding(type: string, body: Uint8Array): Uint8Array {
  const typeBytes = utf8(type)
  return concatBytes(utf8(`DSSEv1 ${typeBytes.length} `), typeBytes, utf8(` ${body.length} `), body)
}
