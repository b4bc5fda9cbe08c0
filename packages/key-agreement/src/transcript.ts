/**
 * Step 2: wait for all commits, check that they form one ceremony, and name it by the hash of them all.
 * @module
 */
import { domainHash, sha256, toHex } from '@kruispunt/crypto'
import { type CommitBody, type Received, suite } from './bodies.ts'
import {
  assertCeremony,
  bytesOf,
  type Ceremony,
  isOfCeremony,
  missingFrom,
  repeatedIn,
  sortParties,
} from './ceremony.ts'
import { type Refusal, refuse } from './refusals.ts'

/** `payloadBytes` are the commit statement's bytes as they were signed, header included. */
export type ReceivedCommit = Received<CommitBody> & { readonly payloadBytes: Uint8Array }

/** What all later messages are bound to. Plain data: it may be stored as JSON. */
export type Transcript = {
  /** `T`, 32 bytes in hex. */
  readonly hash: string
  /** One a party, ordered by the UTF-8 bytes of its id. */
  readonly commits: readonly { readonly party: string; readonly commit: string; readonly kemPublicKey: string }[]
}

const kemPublicKeyLength = 1216

/** `T = H("salt/transcript", SHA-256(payload_1), …, SHA-256(payload_N))`, parties ordered by the UTF-8 bytes of their ids. */
export function transcriptHash(
  commits: readonly { readonly party: string; readonly payloadBytes: Uint8Array }[],
): string {
  const byParty = new Map(commits.map(({ party, payloadBytes }) => [party, payloadBytes]))
  const hashes = sortParties([...byParty.keys()]).map((party) => sha256(byParty.get(party) ?? new Uint8Array(0)))
  return toHex(domainHash('salt/transcript', ...hashes))
}

function isSameCommit(a: CommitBody, b: CommitBody): boolean {
  return (
    a.agreement === b.agreement &&
    a.epoch === b.epoch &&
    a.party === b.party &&
    a.suite === b.suite &&
    a.kemPublicKey === b.kemPublicKey &&
    a.commit === b.commit
  )
}

/** Parties that share a commit or a key with another: one of them copied, and nobody can say which. */
function copiesAmong(commits: readonly ReceivedCommit[]): string[] {
  const copied = commits.filter(({ body }, index) =>
    commits.some(
      (other, at) =>
        at !== index && (other.body.commit === body.commit || other.body.kemPublicKey === body.kemPublicKey),
    ),
  )
  return sortParties(copied.map(({ party }) => party))
}

/**
 * Checks the commits as a whole (protocol §3.3, step 2). Reveal nothing without the transcript this returns.
 * @param ownCommit - as stored when the ceremony began, not as the broker shows it
 * @param commits - of all parties, this one included, in any order; envelopes opened against the pinned roster
 * @throws {@link KeyAgreementError} `ceremony_malformed`
 */
export function transcriptOf(
  ceremony: Ceremony,
  ownCommit: CommitBody,
  commits: readonly ReceivedCommit[],
): { readonly status: 'complete'; readonly transcript: Transcript } | Refusal {
  assertCeremony(ceremony)
  const partiesOf = (isWrong: (commit: ReceivedCommit) => boolean) =>
    sortParties(commits.filter(isWrong).map(({ party }) => party))

  const strangers = partiesOf(({ party }) => !ceremony.parties.includes(party))
  if (strangers.length > 0) return refuse('commit_stranger', strangers)
  const misnamed = partiesOf(({ party, body }) => body.party !== party)
  if (misnamed.length > 0) return refuse('commit_wrong_party', misnamed)
  const repeated = repeatedIn(commits)
  if (repeated.length > 0) return refuse('commit_repeated', repeated)
  const elsewhere = partiesOf(({ body }) => !isOfCeremony(ceremony, body) || body.suite !== suite)
  if (elsewhere.length > 0) return refuse('commit_other_ceremony', elsewhere)
  const malformed = partiesOf(
    ({ body }) =>
      bytesOf(body.kemPublicKey, kemPublicKeyLength) === undefined || bytesOf(body.commit, 32) === undefined,
  )
  if (malformed.length > 0) return refuse('commit_malformed', malformed)
  const own = commits.find(({ party }) => party === ceremony.party)
  if (own !== undefined && !isSameCommit(own.body, ownCommit)) return refuse('own_commit_changed', [ceremony.party])
  const copies = copiesAmong(commits)
  if (copies.length > 0) return refuse('commit_copied', copies)
  // Last: whoever copies or misfits is named while others are still awaited.
  const missing = missingFrom(ceremony.parties, commits)
  if (missing.length > 0) return refuse('commits_incomplete', missing)

  const sorted = sortParties(ceremony.parties).flatMap((party) => commits.filter((commit) => commit.party === party))
  const members = sorted.map(({ party, body }) => ({ party, commit: body.commit, kemPublicKey: body.kemPublicKey }))
  return { status: 'complete', transcript: { hash: transcriptHash(commits), commits: members } }
}
