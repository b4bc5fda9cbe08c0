/**
 * A party's share of the key that nobody holds: `k = Σ kⱼ`, and what commits to it in the ceremony, `Kⱼ = kⱼ · G`.
 * @module
 */
import { generatorTimes, isElement, randomScalars } from '@kruispunt/crypto/group'

export type OprfShare = {
  /** `kⱼ`, 32 bytes. Erase it after use. */
  readonly share: Uint8Array
  /** `Kⱼ`, 32 bytes. */
  readonly commitment: Uint8Array
}

/** A fresh share. `groupReady()` must be done. */
export function drawShare(): OprfShare {
  const share = randomScalars(1)
  return { share, commitment: generatorTimes(share) }
}

/** Whether these bytes can commit to a share: an element in its one encoding, and not the identity, whose share is zero. */
export const isShareCommitment = isElement
