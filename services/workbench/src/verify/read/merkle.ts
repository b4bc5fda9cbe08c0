/**
 * Roots of a growing list of leaves (RFC 9162 §2.1.1), as a row of peaks: the full subtrees that the binary digits of the size name.
 * Every root so far is kept, since statements refer to any of them.
 * @module
 */
import { sha256 } from './hashes.ts'

type Peak = { readonly leaves: number; readonly hash: Buffer }

export type Roots = {
  readonly size: number
  /** @param leaf - the bytes of the leaf, not its hash */
  append(leaf: Uint8Array): void
  /** In hex, over the first `size` leaves; undefined for a size that was not reached. */
  at(size: number): string | undefined
}

const node = (left: Buffer, right: Buffer) => sha256(Uint8Array.of(1), left, right)

export function createRoots(): Roots {
  const peaks: Peak[] = []
  const roots: string[] = [sha256().toString('hex')]
  return {
    get size() {
      return roots.length - 1
    },
    append(leaf) {
      let peak: Peak = { leaves: 1, hash: sha256(Uint8Array.of(0), leaf) }
      for (let last = peaks.at(-1); last?.leaves === peak.leaves; last = peaks.at(-1)) {
        peaks.pop()
        peak = { leaves: peak.leaves * 2, hash: node(last.hash, peak.hash) }
      }
      peaks.push(peak)
      // The smallest subtrees join first, from the right.
      const root = peaks.map(({ hash }) => hash).reduceRight((right, left) => node(left, right))
      roots.push(root.toString('hex'))
    },
    at: (size) => roots[size],
  }
}
