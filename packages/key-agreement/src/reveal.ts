/**
 * Steps 3 and 4: hand the contribution to every other party, open theirs, hold each against its commit.
 * @module
 */
import { CryptoError, equalBytes, fromHex, toHex } from '@kruispunt/crypto'
import type { ComplaintBody, Received, RevealBody } from './bodies.ts'
import { bytesOf, type Ceremony, isOfCeremony, missingFrom, repeatedIn, shareOf, sortParties } from './ceremony.ts'
import { type CeremonySecrets, commitHash } from './commit.ts'
import { KeyAgreementError } from './errors.ts'
import { type Refusal, refuse } from './refusals.ts'
import { openContribution, sealContribution } from './sealed-reveal.ts'
import type { Transcript } from './transcript.ts'

/** What a party put in: `r` 32 bytes, `shareCommitment` empty in `salted` mode. Erase `r` once keys are derived. */
export type Contribution = { readonly party: string; readonly r: Uint8Array; readonly shareCommitment: Uint8Array }

export type OpenedReveals =
  | { readonly status: 'opened'; readonly contributions: readonly Contribution[] }
  /** One for every party that sent something else than it committed to. Publish them and give the ceremony up. */
  | { readonly status: 'complaint'; readonly complaints: readonly ComplaintBody[] }
  | Refusal

type Opening = { readonly party: string; readonly contribution: Contribution | undefined }

function ownContribution(ceremony: Ceremony, secrets: CeremonySecrets, transcript: Transcript): Contribution {
  const r = bytesOf(secrets.r, 32)
  const own = transcript.commits.find(({ party }) => party === ceremony.party)
  if (r === undefined || own === undefined) throw new KeyAgreementError('own_state_mismatch')
  const shareCommitment = shareOf(ceremony)
  // A restored backup or a mixed-up row would otherwise reveal another ceremony's secret.
  const commit = commitHash({ ...ceremony, r, shareCommitment })
  if (!equalBytes(commit, fromHex(own.commit))) throw new KeyAgreementError('own_state_mismatch')
  return { party: ceremony.party, r, shareCommitment }
}

/**
 * The reveals of this party, one to each other. Each call seals afresh, so send what was made first.
 * @returns the bodies to sign; or a refusal if a commit holds a key that is none
 * @throws {@link KeyAgreementError} `own_state_mismatch`
 */
export function makeReveals(
  ceremony: Ceremony,
  secrets: CeremonySecrets,
  transcript: Transcript,
): { readonly status: 'sealed'; readonly reveals: readonly RevealBody[] } | Refusal {
  const { agreementId: agreement, epoch, party: from } = ceremony
  const { r, shareCommitment } = ownContribution(ceremony, secrets, transcript)
  const reveals: RevealBody[] = []
  for (const { party: to, kemPublicKey } of transcript.commits) {
    if (to === from) continue
    try {
      const sealed = sealContribution(r, kemPublicKey, transcript.hash, { from, to })
      const share = toHex(shareCommitment)
      reveals.push({ agreement, epoch, transcript: transcript.hash, from, to, ...sealed, shareCommitment: share })
    } catch (error) {
      if (error instanceof CryptoError) return refuse('commit_malformed', [to])
      throw error
    }
  }
  return { status: 'sealed', reveals }
}

/** Reveals that cannot be held against their senders: a broker may have mixed them up. */
function findMisfit(ceremony: Ceremony, transcript: Transcript, reveals: readonly Received<RevealBody>[]) {
  const others = ceremony.parties.filter((party) => party !== ceremony.party)
  const partiesOf = (isWrong: (reveal: Received<RevealBody>) => boolean) =>
    sortParties(reveals.filter(isWrong).map(({ party }) => party))

  const misnamed = partiesOf(({ party, body }) => body.from !== party || !others.includes(party))
  if (misnamed.length > 0) return refuse('reveal_wrong_party', misnamed)
  const elsewhere = partiesOf(({ body }) => !isOfCeremony(ceremony, body))
  if (elsewhere.length > 0) return refuse('reveal_other_ceremony', elsewhere)
  // The sender saw other commits than this node did: two views of one ceremony.
  const diverging = partiesOf(({ body }) => body.transcript !== transcript.hash)
  if (diverging.length > 0) return refuse('transcript_mismatch', diverging)
  const misrouted = partiesOf(({ body }) => body.to !== ceremony.party)
  if (misrouted.length > 0) return refuse('reveal_misrouted', misrouted)
  const repeated = repeatedIn(reveals)
  if (repeated.length > 0) return refuse('reveal_repeated', repeated)
  const missing = missingFrom(others, reveals)
  return missing.length > 0 ? refuse('reveals_incomplete', missing) : undefined
}

/**
 * Opens what the other parties revealed and holds it against what they committed to.
 * @param reveals - one of every other party, to this one, in any order; envelopes opened against the pinned roster
 * @throws {@link KeyAgreementError} `own_state_mismatch`
 */
export function openReveals(
  ceremony: Ceremony,
  secrets: CeremonySecrets,
  transcript: Transcript,
  reveals: readonly Received<RevealBody>[],
): OpenedReveals {
  const own = ownContribution(ceremony, secrets, transcript)
  const kemSecretKey = bytesOf(secrets.kemSecretKey, 32)
  if (kemSecretKey === undefined) throw new KeyAgreementError('own_state_mismatch')
  const misfit = findMisfit(ceremony, transcript, reveals)
  if (misfit !== undefined) return misfit

  const openings = reveals.map(({ party, body }): Opening => {
    const opened = openContribution(ceremony, kemSecretKey, transcript, body)
    return { party, contribution: opened && { party, ...opened } }
  })
  const accused = sortParties(openings.filter(({ contribution }) => !contribution).map(({ party }) => party))
  if (accused.length > 0) {
    const { agreementId: agreement, epoch, party } = ceremony
    const complaint = { agreement, epoch, transcript: transcript.hash, party, kemSecretKey: secrets.kemSecretKey }
    return { status: 'complaint', complaints: accused.map((name) => ({ ...complaint, accused: name })) }
  }
  const all = [own, ...openings.flatMap(({ contribution }) => contribution ?? [])]
  const contributions = transcript.commits.flatMap(({ party }) => all.filter((one) => one.party === party))
  return { status: 'opened', contributions }
}
