/** Token columns written as words, for tests: `-` stands for the random filling of an unused slot. @module */
import { createHash, randomBytes } from 'node:crypto'
import type { ExtractTokens } from '../../src/broker.ts'

/** Per key, per subject, the words of its slots. `says`: the party says who has a citizen number and who an address. */
export type WordExtract = { party: string; keys: Record<string, string[][]>; says?: boolean; register?: boolean }

export function toTokens({ party, keys, says, register }: WordExtract): ExtractTokens {
  const subjects = Object.values(keys)[0]?.length ?? 0
  const tokenColumns = Object.entries(keys).map(([keyId, rows]) => {
    const slots = rows[0]?.length ?? 1
    const tokens = rows.flat().map((word) => (word === '-' ? randomBytes(16) : tokenOf(keyId, word)))
    const column = { keyId, slots, tokens: new Uint8Array(Buffer.concat(tokens)) }
    const present = Uint8Array.from(rows, ([word]) => (word === '-' ? 0 : 1))
    return says === true && (keyId === 'B1' || keyId === 'H1') ? { ...column, present } : column
  })
  return { party, subjects, tokenColumns, ...(register === true ? { register } : {}) }
}

function tokenOf(keyId: string, word: string): Buffer {
  return createHash('md5').update(`${keyId}\u001f${word}`).digest()
}

/** One row per subject under key B1. */
export const b1 = (party: string, ...words: string[]): WordExtract => ({ party, keys: { B1: words.map((w) => [w]) } })
