/**
 * One contribution on its way from one party to another: sealing it, and opening it again.
 *
 * The signature is outside and both names are inside, so that nobody can put his own signature under another's box or
 * pass a box on as if it were meant for a third (protocol §3.3, step 3).
 * @module
 */
import {
  aeadOpen,
  aeadSeal,
  CryptoError,
  concatBytes,
  equalBytes,
  erase,
  fromHex,
  hkdfSha256,
  kemDecapsulate,
  kemEncapsulate,
  lengthPrefixed,
  toHex,
  utf8,
} from '@kruispunt/crypto'
import type { RevealBody } from './bodies.ts'
import { bytesOf, type Ceremony, shareCommitmentOf } from './ceremony.ts'
import { commitHash } from './commit.ts'
import type { Transcript } from './transcript.ts'

type Route = { readonly from: string; readonly to: string }
type Sealed = Pick<RevealBody, 'ct' | 'nonce' | 'box'>

const lengths = { ct: 1120, nonce: 24, box: 32 + 16 } as const

const namesOf = ({ from, to }: Route) => lengthPrefixed(utf8(from), utf8(to))

function revealKey(sharedSecret: Uint8Array, transcript: Uint8Array, route: Route): Uint8Array {
  const info = concatBytes(utf8('datalab/v1/salt/reveal\0'), namesOf(route))
  return hkdfSha256({ ikm: sharedSecret, salt: transcript, info, length: 32 })
}

/** @throws CryptoError if the KEM refuses the key: right length, and yet no key */
export function sealContribution(r: Uint8Array, kemPublicKey: string, transcript: string, route: Route): Sealed {
  const salt = fromHex(transcript)
  const { ciphertext, sharedSecret } = kemEncapsulate(fromHex(kemPublicKey))
  const key = revealKey(sharedSecret, salt, route)
  const { nonce, box } = aeadSeal(key, concatBytes(salt, namesOf(route)), r)
  erase(sharedSecret, key)
  return { ct: toHex(ciphertext), nonce: toHex(nonce), box: toHex(box) }
}

function openBox(kemSecretKey: Uint8Array, reveal: RevealBody): Uint8Array | undefined {
  const [ct, nonce] = [bytesOf(reveal.ct, lengths.ct), bytesOf(reveal.nonce, lengths.nonce)]
  const [box, salt] = [bytesOf(reveal.box, lengths.box), bytesOf(reveal.transcript, 32)]
  if (!ct || !nonce || !box || !salt) return undefined
  try {
    const sharedSecret = kemDecapsulate(ct, kemSecretKey)
    const key = revealKey(sharedSecret, salt, reveal)
    erase(sharedSecret)
    const r = aeadOpen(key, nonce, concatBytes(salt, namesOf(reveal)), box)
    erase(key)
    return r
  } catch (error) {
    if (error instanceof CryptoError && error.code === 'open_failed') return undefined
    throw error
  }
}

/**
 * The contribution in a reveal, if it opens and is the one its sender committed to. The same bytes give every node the
 * same answer: that is what makes a complaint decidable.
 */
export function openContribution(
  ceremony: Ceremony,
  kemSecretKey: Uint8Array,
  transcript: Transcript,
  reveal: RevealBody,
): { readonly r: Uint8Array; readonly shareCommitment: Uint8Array } | undefined {
  const shareCommitment = shareCommitmentOf(ceremony, reveal.shareCommitment)
  const commit = transcript.commits.find(({ party }) => party === reveal.from)?.commit
  if (shareCommitment === undefined || commit === undefined) return undefined
  const r = openBox(kemSecretKey, reveal)
  if (r === undefined) return undefined
  const { agreement: agreementId, epoch, from: party } = reveal
  const opened = commitHash({ agreementId, epoch, party, r, shareCommitment })
  return equalBytes(opened, fromHex(commit)) ? { r, shareCommitment } : undefined
}

/** Whether a secret key belongs to a public one: a secret sent to the one arrives with the other. */
export function isKeyPair(kemPublicKey: string, kemSecretKey: Uint8Array): boolean {
  try {
    const { ciphertext, sharedSecret } = kemEncapsulate(fromHex(kemPublicKey))
    return equalBytes(sharedSecret, kemDecapsulate(ciphertext, kemSecretKey))
  } catch (error) {
    if (error instanceof CryptoError) return false
    throw error
  }
}
