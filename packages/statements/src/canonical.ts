/**
 * The one byte form of a statement: RFC 8785, restricted to what statements may hold.
 * @module
 */
import { equalBytes, utf8 } from '@kruispunt/crypto'
import canonicalize from 'canonicalize'
import { StatementError } from './errors.ts'
import { assertJsonValue, type JsonValue } from './json-value.ts'

export type ParseLimits = { readonly maxBytes: number; readonly maxDepth: number }

const writingDepth = 64

/**
 * @param value - text, whole numbers below 2^53, truth values, null, lists and plain objects
 * @returns UTF-8 bytes, members ordered by UTF-16 code units, no blanks
 * @throws {@link StatementError} see `assertJsonValue`; nothing is dropped or rounded
 * @see RFC 8785
 */
export function canonicalBytes(value: JsonValue): Uint8Array {
  assertJsonValue(value, writingDepth)
  const text = canonicalize(value)
  if (text === undefined) throw new Error('a checked value has no canonical form')
  return utf8(text)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // A byte order mark is kept, so that JSON.parse refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new StatementError('not_utf8')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not kept as a cause: the parser quotes the text.
    throw new StatementError('not_json')
  }
}

/**
 * Reads bytes that must already be in canonical form. Comparing with the form written anew is also what catches
 * duplicate members, which `JSON.parse` accepts in silence.
 * @throws {@link StatementError} `too_large`, `not_utf8`, `not_json`, `not_canonical`, or a code of `assertJsonValue`
 */
export function parseCanonical(bytes: Uint8Array, { maxBytes, maxDepth }: ParseLimits): JsonValue {
  if (bytes.length > maxBytes) throw new StatementError('too_large')
  const value = parseJson(decodeUtf8(bytes))
  assertJsonValue(value, Math.min(maxDepth, writingDepth))
  if (!equalBytes(canonicalBytes(value), bytes)) throw new StatementError('not_canonical')
  return value
}
