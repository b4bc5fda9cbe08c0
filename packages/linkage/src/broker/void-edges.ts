/**
 * Pairs that only void tokens join, for the duplicate method: it looks at candidates before the void rule.
 * @module
 */
import { createEdges, type Edges } from './edges.ts'
import type { Subjects } from './extract-tokens.ts'
import type { TokenGroups } from './token-groups.ts'

/** Tokens that more subjects hold are a heap, of unknown dates or fillers; counting its pairs would take too long. */
const mostHolders = 24

export type VoidEdges = {
  readonly edges: Edges
  /** per subject, 1 = it holds a token of which too many others hold one to count */
  readonly heaped: Uint8Array
  readonly add: (groups: TokenGroups, key: number) => void
}

/** @param isRegister - per extract; only pairs of a register's subject and another party's are kept */
export function createVoidEdges({ count, partyOf }: Subjects, isRegister: readonly boolean[]): VoidEdges {
  const edges = createEdges(count)
  const heaped = new Uint8Array(count)
  return {
    edges,
    heaped,
    add: (groups, key) => {
      if (!isRegister.includes(true)) return
      const holdersOf = new Map<number, number[]>()
      groups.forEachVoidHolder((subject, token) => {
        const holders = holdersOf.get(token)
        if (!holders) holdersOf.set(token, [subject])
        else if (holders.length > mostHolders) heaped[subject] = 1
        else if (!holders.includes(subject)) holders.push(subject)
      })
      for (const holders of holdersOf.values()) {
        if (holders.length > mostHolders) {
          for (const holder of holders) heaped[holder] = 1
          continue
        }
        for (const [at, one] of holders.entries()) {
          for (const other of holders.slice(at + 1)) {
            const [a, b] = [partyOf[one] as number, partyOf[other] as number]
            if (a !== b && (isRegister[a] || isRegister[b])) edges.add(one, other, key)
          }
        }
      }
    },
  }
}
