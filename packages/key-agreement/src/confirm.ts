/**
 * Step 6: nobody uses the keys before everybody has shown to have the same ones.
 * @module
 */
import { equalBytes, fromHex, hmacSha256, toHex, utf8 } from '@kruispunt/crypto'
import type { ConfirmBody, Received } from './bodies.ts'
import { bytesOf, type Ceremony, isOfCeremony, missingFrom, repeatedIn, sortParties } from './ceremony.ts'
import type { CeremonyKeys } from './keys.ts'
import { type Refusal, refuse } from './refusals.ts'
import type { Transcript } from './transcript.ts'

/** `HMAC-SHA256(K_confirm, "datalab/v1/salt/confirm" ‖ 0x00 ‖ T ‖ partyId)`, 32 bytes. */
export function confirmTag(confirmKey: Uint8Array, transcriptHash: string, party: string): Uint8Array {
  return hmacSha256(confirmKey, utf8('datalab/v1/salt/confirm\0'), fromHex(transcriptHash), utf8(party))
}

/** This party's confirm, to sign and to log. */
export function makeConfirm(
  { agreementId, epoch, party }: Ceremony,
  transcript: Transcript,
  keys: Pick<CeremonyKeys, 'confirm'>,
): ConfirmBody {
  const tag = toHex(confirmTag(keys.confirm, transcript.hash, party))
  return { agreement: agreementId, epoch, transcript: transcript.hash, party, tag }
}

/**
 * Whether all parties hold the same keys. Only after `agreed` may a pseudonym be made, and must `r` and the ceremony's
 * KEM key be erased.
 * @param confirms - of all parties, this one included, in any order; envelopes opened against the pinned roster
 */
export function checkConfirms(
  ceremony: Ceremony,
  transcript: Transcript,
  keys: Pick<CeremonyKeys, 'confirm'>,
  confirms: readonly Received<ConfirmBody>[],
): { readonly status: 'agreed' } | Refusal {
  const partiesOf = (isWrong: (confirm: Received<ConfirmBody>) => boolean) =>
    sortParties(confirms.filter(isWrong).map(({ party }) => party))

  const misnamed = partiesOf(({ party, body }) => body.party !== party || !ceremony.parties.includes(party))
  if (misnamed.length > 0) return refuse('confirm_wrong_party', misnamed)
  const elsewhere = partiesOf(({ body }) => !isOfCeremony(ceremony, body))
  if (elsewhere.length > 0) return refuse('confirm_other_ceremony', elsewhere)
  const diverging = partiesOf(({ body }) => body.transcript !== transcript.hash)
  if (diverging.length > 0) return refuse('transcript_mismatch', diverging)
  const repeated = repeatedIn(confirms)
  if (repeated.length > 0) return refuse('confirm_repeated', repeated)
  const different = partiesOf(({ party, body }) => {
    const tag = bytesOf(body.tag, 32)
    return tag === undefined || !equalBytes(tag, confirmTag(keys.confirm, transcript.hash, party))
  })
  if (different.length > 0) return refuse('confirm_mismatch', different)
  const missing = missingFrom(ceremony.parties, confirms)
  return missing.length > 0 ? refuse('confirms_incomplete', missing) : { status: 'agreed' }
}
