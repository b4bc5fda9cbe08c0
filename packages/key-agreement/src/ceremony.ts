/**
 * Which ceremony this is, and who takes part: the frame of every step.
 * @module
 */
import { fromHex, utf8 } from '@kruispunt/crypto'
import { KeyAgreementError } from './errors.ts'

export type Ceremony = {
  /** 32 bytes in hex. */
  readonly agreementId: string
  /** From 1. */
  readonly epoch: number
  /** This node's party. */
  readonly party: string
  /** All parties, this one included, in any order. */
  readonly parties: readonly string[]
  /** In `joint-oprf` mode only: then every party commits to a share of its own. */
  readonly joint?: {
    /** This party's `K_i`. */
    readonly shareCommitment: Uint8Array
    /** Whether bytes that came from another party can be its `K_j`. */
    readonly isShareCommitment: (bytes: Uint8Array) => boolean
  }
}

export const shareOf = ({ joint }: Ceremony): Uint8Array => joint?.shareCommitment ?? new Uint8Array(0)

/** What another party showed to commit to its share, if this ceremony can use it: nothing at all in `salted` mode. */
export function shareCommitmentOf({ joint }: Ceremony, hex: string): Uint8Array | undefined {
  const bytes = bytesOf(hex, joint?.shareCommitment.length ?? 0)
  return bytes === undefined || joint?.isShareCommitment(bytes) === false ? undefined : bytes
}

/** Lower-case hex of exactly `length` bytes, or undefined: what others send must not make a node throw. */
export function bytesOf(hex: string, length: number): Uint8Array | undefined {
  return typeof hex === 'string' && hex.length === length * 2 && /^[0-9a-f]*$/.test(hex) ? fromHex(hex) : undefined
}

/** Ids ordered by their UTF-8 bytes; JavaScript's own order is by UTF-16 units. */
export function sortParties(parties: readonly string[]): string[] {
  return [...parties].sort((a, b) => Buffer.compare(utf8(a), utf8(b)))
}

/** @throws {@link KeyAgreementError} `ceremony_malformed` */
export function assertCeremony({ agreementId, epoch, party, parties }: Ceremony): void {
  const fits =
    bytesOf(agreementId, 32) !== undefined &&
    Number.isSafeInteger(epoch) &&
    epoch >= 1 &&
    parties.length >= 2 &&
    new Set(parties).size === parties.length &&
    parties.includes(party) &&
    parties.every((id) => id.length > 0 && id.isWellFormed())
  if (!fits) throw new KeyAgreementError('ceremony_malformed')
}

/** Whether a message says it is of this agreement and epoch. */
export function isOfCeremony(
  { agreementId, epoch }: Ceremony,
  body: { readonly agreement: string; readonly epoch: number },
): boolean {
  return body.agreement === agreementId && body.epoch === epoch
}

/** Parties that are missing from a list, in the order of the transcript. */
export function missingFrom(parties: readonly string[], present: readonly { readonly party: string }[]): string[] {
  const there = new Set(present.map(({ party }) => party))
  return sortParties(parties).filter((party) => !there.has(party))
}

/** Parties that occur more than once. */
export function repeatedIn(received: readonly { readonly party: string }[]): string[] {
  const all = received.map(({ party }) => party)
  return sortParties([...new Set(all.filter((party, index) => all.indexOf(party) !== index))])
}
