/** Token columns written as words, for tests: `-` stands for the random filling of an unused slot. @module */
import { createHash, randomBytes } from 'node:crypto'
import type { ExtractTokens } from '../../src/broker.ts'

/** Per key, per subject, the words of its slots. */
export type WordExtract = { party: string; keys: Record<string, string[][]> }

export function toTokens({ party, keys }: WordExtract): ExtractTokens {
  const subjects = Object.values(keys)[0]?.length ?? 0
  const tokenColumns = Object.entries(keys).map(([keyId, rows]) => {
    const slots = rows[0]?.length ?? 1
    const tokens = rows.flat().map((word) => (word === '-' ? randomBytes(16) : tokenOf(keyId, word)))
    return { keyId, slots, tokens: new Uint8Array(Buffer.concat(tokens)) }
  })
  return { party, subjects, tokenColumns }
}

function tokenOf(keyId: string, word: string): Buffer {
  return createHash('sha256').update(`${keyId}\u001f${word}`).digest().subarray(0, 16)
}

/** One row per subject under key B1. */
export const b1 = (party: string, ...words: string[]): WordExtract => ({ party, keys: { B1: words.map((w) => [w]) } })
