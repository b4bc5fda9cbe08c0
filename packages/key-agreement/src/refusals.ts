/**
 * Why a node does not go on with what it was shown.
 *
 * A refusal blames nobody by itself: a broker can withhold, repeat and misroute what others signed in good faith.
 * @module
 */
export type RefusalCode =
  | 'commits_incomplete'
  | 'commit_stranger'
  | 'commit_wrong_party'
  | 'commit_repeated'
  | 'commit_other_ceremony'
  | 'commit_malformed'
  | 'commit_copied'
  | 'own_commit_changed'
  | 'reveals_incomplete'
  | 'reveal_wrong_party'
  | 'reveal_repeated'
  | 'reveal_other_ceremony'
  | 'reveal_misrouted'
  | 'transcript_mismatch'
  | 'confirms_incomplete'
  | 'confirm_wrong_party'
  | 'confirm_repeated'
  | 'confirm_other_ceremony'
  | 'confirm_mismatch'
  | 'complaint_wrong_party'
  | 'complaint_other_ceremony'

export type Refusal = {
  readonly status: 'refused'
  readonly code: RefusalCode
  /** Whose messages are missing or do not fit, in the order of the transcript. */
  readonly parties: readonly string[]
}

export function refuse(code: RefusalCode, parties: readonly string[]): Refusal {
  return { status: 'refused', code, parties }
}
