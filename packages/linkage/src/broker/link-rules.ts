/**
 * The dials of an agreement that decide which agreements make a link, and which weigh more (linkage.md §4.3).
 * @module
 */
import type { Edges } from './edges.ts'
import { BrokerLinkageError } from './errors.ts'
import type { Evidence } from './evidence.ts'

export type LinkRules = {
  /** `key`: equal citizen numbers link. `veto`: they do not; different ones still keep people apart. */
  readonly citizenNumber: 'key' | 'veto'
  /** whether two subjects with one citizen number and no other key in common are linked */
  readonly suspects: 'keep' | 'drop'
  /** keys other than the citizen number that two subjects need to share, unless their numbers link them; 1 to 10 */
  readonly fewestKeys: number
}

export const usualRules: LinkRules = { citizenNumber: 'key', suspects: 'keep', fewestKeys: 1 }

/** @throws {@link BrokerLinkageError} `fewest_keys_malformed` */
export function checkRules({ fewestKeys }: LinkRules): void {
  if (!Number.isInteger(fewestKeys) || fewestKeys < 1 || fewestKeys > 10) {
    throw new BrokerLinkageError('fewest_keys_malformed')
  }
}

/** More than any number of keys. */
const numberAgrees = 128

/** @returns per edge, its weight: equal citizen numbers before all else, then the number of keys; 0 makes no link */
export function weighLinks(
  { edges, identityKey, suspects }: Pick<Evidence, 'edges' | 'identityKey' | 'suspects'>,
  rules: LinkRules,
): (edge: number) => number {
  const byName = weighNames(edges, identityKey, rules)
  if (identityKey < 0 || rules.citizenNumber === 'veto') return byName
  return (edge) => {
    if (!edges.shares(edge, identityKey)) return byName(edge)
    if (rules.suspects === 'drop' && suspects.has(edge)) return 0
    return numberAgrees + edges.keysShared(edge, identityKey)
  }
}

/** @returns per edge, the number of keys it shares besides the citizen number; 0 makes no link */
export function weighNames(edges: Edges, identityKey: number, { fewestKeys }: LinkRules): (edge: number) => number {
  return (edge) => {
    const keys = edges.keysShared(edge, identityKey)
    return keys < fewestKeys ? 0 : keys
  }
}
