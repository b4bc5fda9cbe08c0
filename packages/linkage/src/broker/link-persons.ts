/**
 * From the tokens of all parties to persons: who of one extract is who in another.
 *
 * Broker side, at the start of a job, in memory. Runs before the engine counts. See linkage.md §4 for the rules,
 * protocol.md §3.4 for what happens to the tokens.
 * @module
 */
import { createEdges } from './edges.ts'
import { BrokerLinkageError } from './errors.ts'
import { checkExtracts, type ExtractTokens, identityKeyId } from './extract-tokens.ts'
import { joinByWeight } from './join-by-weight.ts'
import { buildReport, type LinkageReport } from './report.ts'
import { findSharedTokens } from './shared-tokens.ts'

export type LinkOptions = {
  /** 32 random bytes made for this job; wiped */
  readonly jobKey: Uint8Array
}

export type LinkedPersons = {
  /** number of persons; a subject that linked to nobody is a person of its own */
  readonly persons: number
  /** per extract as given, per subject: its person, 0 to persons − 1, numbered in the order they first appear */
  readonly personOf: readonly Uint32Array[]
  readonly report: LinkageReport
}

const holdsShared = 1
const holdsVoid = 2

/**
 * Links the subjects of different parties that share tokens.
 *
 * Which subjects are one person depends on the tokens only, not on the order of parties, subjects, keys or slots; the
 * numbers of the persons follow the order given. No person holds two subjects of one party, nor two different tokens of
 * `B1` that are known to be real: a token that one subject alone holds may be the node's filling and vetoes nothing.
 * @param extracts - one per party, 32 at most; **their token columns are wiped**, also when linking fails half-way
 * @throws {@link BrokerLinkageError} when an extract or the key is malformed; nothing is wiped then
 */
export function linkPersons(extracts: readonly ExtractTokens[], { jobKey }: LinkOptions): LinkedPersons {
  if (jobKey.length !== 32) throw new BrokerLinkageError('job_key_length')
  checkExtracts(extracts)
  try {
    return link(extracts, jobKey)
  } finally {
    jobKey.fill(0)
    for (const { tokenColumns } of extracts) for (const { tokens } of tokenColumns) tokens.fill(0)
  }
}

function link(extracts: readonly ExtractTokens[], jobKey: Uint8Array): LinkedPersons {
  const offsets: number[] = []
  let subjects = 0
  for (const extract of extracts) {
    offsets.push(subjects)
    subjects += extract.subjects
  }
  const partyOf = new Uint8Array(subjects)
  for (const [party, extract] of extracts.entries()) {
    const first = offsets[party] as number
    partyOf.fill(party, first, first + extract.subjects)
  }
  const identityOf = new Uint32Array(subjects)
  const held = new Uint8Array(subjects)
  const edges = createEdges(subjects)
  const keyIds = [...new Set(extracts.flatMap(({ tokenColumns }) => tokenColumns.map(({ keyId }) => keyId)))]
  const keys = keyIds.map((keyId, key) => {
    const isIdentity = keyId === identityKeyId
    const shared = findSharedTokens(extracts, offsets, keyId, jobKey)
    shared.forEachVoidHolder((subject, token) => {
      held[subject] = (held[subject] as number) | holdsVoid
      if (isIdentity) identityOf[subject] = token + 1
    })
    shared.forEachShared((holders, token) => {
      for (const [at, one] of holders.entries()) {
        held[one] = (held[one] as number) | holdsShared
        if (isIdentity) identityOf[one] = token + 1
        for (let other = at + 1; other < holders.length; other++) {
          edges.add(one, holders[other] as number, key, isIdentity)
        }
      }
    })
    return { keyId, voidTokens: shared.voidTokens }
  })
  const { clusters, refusals } = joinByWeight(edges, partyOf, identityOf)

  const numberOf = new Int32Array(subjects).fill(-1)
  const partiesOf: number[] = []
  const personOf = extracts.map((extract, party) => {
    const first = offsets[party] as number
    const numbers = new Uint32Array(extract.subjects)
    for (let subject = 0; subject < extract.subjects; subject++) {
      const root = clusters.find(first + subject)
      if (numberOf[root] === -1) numberOf[root] = partiesOf.push(clusters.parties(root)) - 1
      numbers[subject] = numberOf[root] as number
    }
    return numbers
  })
  const ambiguous = extracts.map((extract, party) => {
    const first = offsets[party] as number
    return held.subarray(first, first + extract.subjects).filter((flags) => flags === holdsVoid).length
  })
  const report = buildReport({ extracts, partiesOf, ambiguous, keys, refusals })
  return { persons: partiesOf.length, personOf, report }
}
