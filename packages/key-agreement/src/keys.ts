/**
 * Step 5: the keys that all contributions make together, bound to these commits, this agreement and this epoch.
 * @module
 */
import { concatBytes, erase, fromHex, hkdfSha256, u64be, utf8 } from '@kruispunt/crypto'
import type { Ceremony } from './ceremony.ts'
import { KeyAgreementError } from './errors.ts'
import type { Contribution } from './reveal.ts'
import type { Transcript } from './transcript.ts'

/** 32 bytes each. Of no use to anyone until all confirms are in: see `checkConfirms`. */
export type CeremonyKeys = {
  readonly pseudonym: Uint8Array
  readonly oprfInput: Uint8Array
  readonly confirm: Uint8Array
}

/**
 * `HKDF-SHA256(ikm = r_1 ‖ … ‖ r_N, salt = T, info = "datalab/v1/" ‖ label ‖ 0x00 ‖ agreementId ‖ u64be(epoch), 32)`
 * @param contributions - of every party once, in any order; the caller erases them afterwards
 * @throws {@link KeyAgreementError} `contribution_missing`
 */
export function deriveKeys(
  { agreementId, epoch }: Pick<Ceremony, 'agreementId' | 'epoch'>,
  transcript: Pick<Transcript, 'hash'> & { readonly commits: readonly { readonly party: string }[] },
  contributions: readonly Pick<Contribution, 'party' | 'r'>[],
): CeremonyKeys {
  const ordered = transcript.commits.flatMap(({ party }) => contributions.filter((one) => one.party === party))
  const parties = new Set(ordered.map(({ party }) => party))
  const isWhole = parties.size === transcript.commits.length && ordered.length === contributions.length
  if (!isWhole || ordered.length !== parties.size) throw new KeyAgreementError('contribution_missing')

  const ikm = concatBytes(...ordered.map(({ r }) => r))
  const salt = fromHex(transcript.hash)
  const bound = concatBytes(fromHex(agreementId), u64be(epoch))
  const derive = (label: string) =>
    hkdfSha256({ ikm, salt, info: concatBytes(utf8(`datalab/v1/${label}\0`), bound), length: 32 })
  const keys = {
    pseudonym: derive('key/pseudonym'),
    oprfInput: derive('key/oprf-input'),
    confirm: derive('key/confirm'),
  }
  erase(ikm)
  return keys
}
