/**
 * Who broke the ceremony: every node opens the disputed reveal itself, with the key the complainer published.
 * @module
 */
import type { ComplaintBody, Received, RevealBody } from './bodies.ts'
import { bytesOf, type Ceremony, isOfCeremony } from './ceremony.ts'
import { type Refusal, refuse } from './refusals.ts'
import { isKeyPair, openContribution } from './sealed-reveal.ts'
import type { Transcript } from './transcript.ts'

export type Judgement =
  /**
   * - `bad_reveal`: what the accused sent does not open to what it committed to.
   * - `false_complaint`: it does, so the complainer accuses without ground.
   * - `other_key`: the complainer published another key than the one it committed to.
   */
  | {
      readonly status: 'blamed'
      readonly party: string
      readonly reason: 'bad_reveal' | 'false_complaint' | 'other_key'
    }
  | Refusal

/**
 * Judges a complaint. Whatever the outcome, also if it is refused, the ceremony is over: the complainer's key is public now.
 * @param reveal - the signed reveal from the accused to the complainer, as it stands in dispute
 */
export function judgeComplaint(
  ceremony: Ceremony,
  transcript: Transcript,
  complaint: Received<ComplaintBody>,
  reveal: Received<RevealBody>,
): Judgement {
  const { party, body } = complaint
  const complainer = transcript.commits.find((commit) => commit.party === party)
  const isAccusedKnown = transcript.commits.some((commit) => commit.party === body.accused)
  if (body.party !== party || body.accused === party || complainer === undefined || !isAccusedKnown) {
    return refuse('complaint_wrong_party', [party])
  }
  if (!isOfCeremony(ceremony, body) || body.transcript !== transcript.hash) {
    return refuse('complaint_other_ceremony', [party])
  }
  // The signature makes it the accused's word; another's, or one to another party or of another ceremony, proves nothing.
  if (reveal.party !== body.accused || reveal.body.from !== body.accused) {
    return refuse('reveal_wrong_party', [reveal.party])
  }
  if (!isOfCeremony(ceremony, reveal.body)) return refuse('reveal_other_ceremony', [reveal.party])
  if (reveal.body.transcript !== transcript.hash) return refuse('transcript_mismatch', [reveal.party])
  if (reveal.body.to !== party) return refuse('reveal_misrouted', [reveal.party])

  const kemSecretKey = bytesOf(body.kemSecretKey, 32)
  if (kemSecretKey === undefined || !isKeyPair(complainer.kemPublicKey, kemSecretKey)) {
    return { status: 'blamed', party, reason: 'other_key' }
  }
  const opened = openContribution(ceremony, kemSecretKey, transcript, reveal.body)
  return opened === undefined
    ? { status: 'blamed', party: body.accused, reason: 'bad_reveal' }
    : { status: 'blamed', party, reason: 'false_complaint' }
}
