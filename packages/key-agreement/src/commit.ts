/**
 * Step 1: every party fixes its contribution before it has seen any other.
 * @module
 */
import { domainHash, erase, fromHex, generateKemKeyPair, randomBytes, toHex, u64be, utf8 } from '@kruispunt/crypto'
import { type CommitBody, suite } from './bodies.ts'
import { assertCeremony, type Ceremony, shareOf } from './ceremony.ts'

/**
 * What a node must keep, wrapped, until the ceremony has ended, so that a crash in between costs nothing. Hex.
 * Erase it after the last confirm, or when the ceremony is given up.
 */
export type CeremonySecrets = {
  /** This party's contribution to the salt, 32 bytes. */
  readonly r: string
  /** 32 bytes. */
  readonly kemSecretKey: string
}

export type StartedCeremony = { readonly secrets: CeremonySecrets; readonly commitBody: CommitBody }

/** `com_i = H("salt/commit", agreementId, u64be(epoch), partyId, r_i, K_i)`, 32 bytes. */
export function commitHash(contribution: {
  readonly agreementId: string
  readonly epoch: number
  readonly party: string
  readonly r: Uint8Array
  readonly shareCommitment: Uint8Array
}): Uint8Array {
  const { agreementId, epoch, party, r, shareCommitment } = contribution
  return domainHash('salt/commit', fromHex(agreementId), u64be(epoch), utf8(party), r, shareCommitment)
}

/**
 * Draws a contribution and a key pair for this ceremony only, and commits to them.
 * Store `secrets` and `commitBody` before sending the commit: a second commit for the same epoch would be a fork.
 * @throws {@link KeyAgreementError} `ceremony_malformed`
 */
export function startCeremony(ceremony: Ceremony): StartedCeremony {
  assertCeremony(ceremony)
  const { agreementId, epoch, party } = ceremony
  const r = randomBytes(32)
  const { publicKey, secretKey } = generateKemKeyPair()
  const commit = commitHash({ agreementId, epoch, party, r, shareCommitment: shareOf(ceremony) })
  const secrets = { r: toHex(r), kemSecretKey: toHex(secretKey) }
  erase(r, secretKey)
  return {
    secrets,
    commitBody: { agreement: agreementId, epoch, party, suite, kemPublicKey: toHex(publicKey), commit: toHex(commit) },
  }
}
