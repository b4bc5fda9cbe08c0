/**
 * RFC 8785 read and written by hand. The reader takes nothing but the canonical form itself, so a blank, a member twice or another
 * order is a fault at a known place, and not something that has to be compared afterwards.
 * @module
 */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json }

/** Where reading stopped, in characters from the start of the text. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical'
  readonly at: number
  constructor(at: number) {
    super(`not canonical at character ${at}`)
    this.at = at
  }
}

const deepest = 40
const reserved = new Set(['__proto__', 'constructor', 'prototype'])
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const escapeOf = new Map(Object.entries(shortEscapes).map(([letter, character]) => [character, `\\${letter}`]))

function writeText(text: string): string {
  let out = '"'
  for (const character of text) {
    const short = escapeOf.get(character)
    if (short !== undefined) out += short
    else if (character < ' ') out += `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    else out += character
  }
  return `${out}"`
}

/** @returns the one text that stands for this value; throws on numbers that are not whole and on what JSON does not have */
export function writeCanonical(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error('a number that is not whole has no canonical form here')
    return Object.is(value, -0) ? '0' : String(value)
  }
  if (typeof value === 'string') return writeText(value)
  if (Array.isArray(value)) return `[${value.map(writeCanonical).join(',')}]`
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${writeText(name)}:${writeCanonical(value[name] as Json)}`).join(',')}}`
}

/** @throws {@link NotCanonical} at the first character that cannot be right */
export function readCanonical(text: string): Json {
  let at = 0
  const fail = (): never => {
    throw new NotCanonical(at)
  }
  const take = (literal: string) => {
    if (!text.startsWith(literal, at)) fail()
    at += literal.length
  }

  function readText(): string {
    take('"')
    let out = ''
    for (;;) {
      const character = text[at]
      if (character === undefined || character < ' ') return fail()
      if (character === '"') {
        at += 1
        return out.isWellFormed() ? out : fail()
      }
      if (character !== '\\') {
        out += character
        at += 1
        continue
      }
      out += readEscape()
    }
  }

  function readEscape(): string {
    const letter = text[at + 1] ?? ''
    const short = shortEscapes[letter]
    if (short !== undefined) {
      at += 2
      return short
    }
    const code = /^\\u00([01][0-9a-f])/.exec(text.slice(at, at + 6))?.[1]
    if (code === undefined) return fail()
    const character = String.fromCharCode(Number.parseInt(code, 16))
    // One that has a short form is written in it.
    if (escapeOf.has(character)) return fail()
    at += 6
    return character
  }

  function readNumber(): number {
    const digits = /^(?:0|-?[1-9][0-9]{0,15})(?![0-9.eE])/.exec(text.slice(at, at + 20))?.[0]
    if (digits === undefined || !Number.isSafeInteger(Number(digits))) return fail()
    at += digits.length
    return Number(digits)
  }

  function readList(depth: number): Json[] {
    take('[')
    const list: Json[] = []
    if (text[at] === ']') at += 1
    else
      for (;;) {
        list.push(readValue(depth))
        if (text[at] === ']') {
          at += 1
          break
        }
        take(',')
      }
    return list
  }

  function readObject(depth: number): { [member: string]: Json } {
    take('{')
    const object: { [member: string]: Json } = {}
    let last: string | undefined
    if (text[at] === '}') at += 1
    else
      for (;;) {
        const start = at
        const name = readText()
        // Strictly rising: neither another order nor the same member twice.
        if (reserved.has(name) || (last !== undefined && name <= last)) {
          at = start
          fail()
        }
        last = name
        take(':')
        object[name] = readValue(depth)
        if (text[at] === '}') {
          at += 1
          break
        }
        take(',')
      }
    return object
  }

  function readValue(depth: number): Json {
    if (depth <= 0) return fail()
    const first = text[at]
    if (first === '{') return readObject(depth - 1)
    if (first === '[') return readList(depth - 1)
    if (first === '"') return readText()
    for (const [literal, value] of [['null', null] as const, ['true', true] as const, ['false', false] as const])
      if (text.startsWith(literal, at)) {
        at += literal.length
        return value
      }
    return readNumber()
  }

  const value = readValue(deepest)
  if (at !== text.length) fail()
  return value
}
