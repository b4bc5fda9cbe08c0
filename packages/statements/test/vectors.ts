/**
 * Reading published vectors and bytes in tests.
 * @module
 */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../test/vectors/${name}`, import.meta.url), 'utf8')) as T
}

export const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))
export const hexBytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
export const coded = (code: string): unknown => expect.objectContaining({ name: 'StatementError', code })
