/**
 * Reading published vectors in tests.
 * @module
 */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../test/vectors/${name}`, import.meta.url), 'utf8')) as T
}

export const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
export const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')
export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
export const coded = (code: string): unknown => expect.objectContaining({ name: 'TransparencyLogError', code })
