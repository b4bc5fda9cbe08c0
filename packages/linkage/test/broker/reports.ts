/** Reports written by hand, for tests of how they are shown. @module */
import type { LinkageReport, PairReport } from '../../src/broker.ts'

const unknown = { valid: false, value: null, flaw: 'no_basis' } as const
export const noQuality = { precision: unknown, recall: unknown, range: null }

export const pairReport = (change: Partial<PairReport>): PairReport => ({
  parties: ['a', 'b'],
  linked: 0,
  rates: [0, 0],
  singleKey: 0,
  suspects: 0,
  conflicts: { sameParty: 0, differentIdentity: 0 },
  ties: 0,
  audit: null,
  duplicates: null,
  quality: noQuality,
  ...change,
})

export const labReport = (change: Partial<LinkageReport>): LinkageReport => ({
  persons: 0,
  parties: [],
  pairs: [],
  fewestTogether: null,
  keys: [],
  singleKey: 0,
  suspects: 0,
  conflicts: { sameParty: 0, differentIdentity: 0 },
  ties: 0,
  audit: null,
  quality: noQuality,
  households: null,
  ...change,
})
