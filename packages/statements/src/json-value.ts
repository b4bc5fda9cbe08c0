/**
 * What a statement may be made of, and the check that it is made of nothing else.
 *
 * JSON as RFC 8785 sees it also has fractions and very large numbers. A statement has neither: two programs could print
 * them differently, and officers sign what was printed.
 * @module
 */
import { StatementError } from './errors.ts'

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue }

/** Names by which a parsed object could reach the prototype of whatever it is copied into. */
const reservedNames = new Set(['__proto__', 'constructor', 'prototype'])

function assertText(text: string): void {
  if (!text.isWellFormed()) throw new StatementError('text_not_well_formed')
}

function assertNumber(value: number): void {
  if (!Number.isInteger(value)) throw new StatementError('number_not_whole')
  if (!Number.isSafeInteger(value)) throw new StatementError('number_too_large')
}

function assertMembers(value: object, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(value)
  // A Date, a Map or a class instance would be written down as something else than it is.
  if (prototype !== Object.prototype && prototype !== null) throw new StatementError('value_not_json')
  if (Object.getOwnPropertySymbols(value).length > 0) throw new StatementError('value_not_json')
  for (const [name, member] of Object.entries(value)) {
    if (reservedNames.has(name)) throw new StatementError('member_name_reserved')
    assertText(name)
    assertJsonValue(member, depth - 1)
  }
}

/**
 * @param value - anything at all
 * @param depth - how many lists and objects may lie inside one another; also what ends a cycle
 * @throws {@link StatementError} a code per reason; a member that is `undefined` is refused, not dropped
 */
export function assertJsonValue(value: unknown, depth: number): asserts value is JsonValue {
  if (value === null || typeof value === 'boolean') return
  if (value === undefined) throw new StatementError('value_missing')
  if (typeof value === 'string') return assertText(value)
  if (typeof value === 'number') return assertNumber(value)
  if (typeof value !== 'object') throw new StatementError('value_not_json')
  if (depth <= 0) throw new StatementError('too_deep')
  if (!Array.isArray(value)) return assertMembers(value, depth)
  // By index: `forEach` would step over the holes of a sparse array.
  for (let index = 0; index < value.length; index += 1) assertJsonValue(value[index], depth - 1)
}
