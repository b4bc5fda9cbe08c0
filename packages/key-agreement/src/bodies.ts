/**
 * The messages of the ceremony, without the header that every statement carries. All bytes in lower-case hex.
 * @module
 */

/** The one suite there is: X-Wing to reach a party, XChaCha20-Poly1305 for what is said. */
export const suite = 'xwing-xchacha20poly1305'

export type CommitBody = {
  readonly agreement: string
  readonly epoch: number
  readonly party: string
  readonly suite: typeof suite
  /** 1216 bytes, of a key pair made for this ceremony. */
  readonly kemPublicKey: string
  readonly commit: string
}

export type RevealBody = {
  readonly agreement: string
  readonly epoch: number
  readonly transcript: string
  readonly from: string
  readonly to: string
  readonly ct: string
  readonly nonce: string
  readonly box: string
  /** The sender's `K_i`; empty in `salted` mode. */
  readonly shareCommitment: string
}

export type ComplaintBody = {
  readonly agreement: string
  readonly epoch: number
  readonly transcript: string
  readonly party: string
  readonly accused: string
  /** The complainer's own ceremony key: with it all can open what it was sent. The ceremony is dead, so nothing is lost. */
  readonly kemSecretKey: string
}

export type ConfirmBody = {
  readonly agreement: string
  readonly epoch: number
  readonly transcript: string
  readonly party: string
  readonly tag: string
}

/** A message whose envelope was opened. `party` is whom the pinned roster names as owner of the signing key. */
export type Received<Body> = { readonly party: string; readonly body: Body }
