/**
 * Signing in: a coordinator's key signs a fresh challenge. Challenges are kept in memory, once usable and bounded in
 * number; a restart forgets them and loses nothing.
 * @module
 */
import { createPending } from '@kruispunt/accounts'
import type { KeyId, LabId } from '@kruispunt/contracts'
import { fromHex, randomHex, verifySignature } from '@kruispunt/crypto'
import type { Store } from '../db/open.ts'
import { keyFileCoordinator } from '../enrolment/coordinators.ts'
import { refuseUnless } from '../errors.ts'
import { challengeMessage } from './challenge-message.ts'

const lifetimeMs = 120_000

export type Challenges = {
  /** Anybody gets one, also for a key that is not known: the answer tells nothing. */
  issue(lab: LabId, keyId: KeyId): { challenge: string; expires: string }
  /** @throws BrokerError `unauthenticated`, one answer for every reason */
  redeem(answer: { lab: LabId; keyId: KeyId; challenge: string; signature: string }): void
}

export function createChallenges(store: Store, now: () => number): Challenges {
  const waiting = createPending<{ readonly lab: LabId; readonly keyId: KeyId }>(now, lifetimeMs)
  return {
    issue(lab, keyId) {
      const challenge = randomHex(32)
      waiting.put(challenge, { lab, keyId })
      return { challenge, expires: new Date(now() + lifetimeMs).toISOString() }
    },
    redeem({ lab, keyId, challenge, signature }) {
      const issued = waiting.take(challenge)
      refuseUnless(issued?.lab === lab && issued.keyId === keyId, 'unauthenticated')
      const publicKey = keyFileCoordinator(store, lab, keyId)
      refuseUnless(publicKey !== undefined, 'unauthenticated')
      const message = challengeMessage(lab, keyId, challenge)
      refuseUnless(verifySignature(fromHex(publicKey), message, fromHex(signature)), 'unauthenticated')
    },
  }
}
