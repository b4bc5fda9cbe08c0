/**
 * Signing in: a coordinator's key signs a fresh challenge. Challenges are kept in memory, once usable and bounded in
 * number; a restart forgets them and loses nothing.
 * @module
 */
import type { KeyId, LabId } from '@kruispunt/contracts'
import { fromHex, randomHex, verifySignature } from '@kruispunt/crypto'
import { and, eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { labCoordinators } from '../db/schema.ts'
import { refuseUnless } from '../errors.ts'
import { challengeMessage } from './challenge-message.ts'

const lifetimeMs = 120_000
const mostWaiting = 10_000

export type Challenges = {
  /** Anybody gets one, also for a key that is not known: the answer tells nothing. */
  issue(lab: LabId, keyId: KeyId): { challenge: string; expires: string }
  /** @throws BrokerError `unauthenticated`, one answer for every reason */
  redeem(answer: { lab: LabId; keyId: KeyId; challenge: string; signature: string }): void
}

export function createChallenges({ db }: Store, now: () => number): Challenges {
  const waiting = new Map<string, { readonly lab: LabId; readonly keyId: KeyId; readonly expires: number }>()

  function forgetOld(): void {
    for (const [challenge, { expires }] of waiting) {
      // Oldest first, as they were put in.
      if (expires > now() && waiting.size < mostWaiting) return
      waiting.delete(challenge)
    }
  }
  return {
    issue(lab, keyId) {
      forgetOld()
      const challenge = randomHex(32)
      const expires = now() + lifetimeMs
      waiting.set(challenge, { lab, keyId, expires })
      return { challenge, expires: new Date(expires).toISOString() }
    },
    redeem({ lab, keyId, challenge, signature }) {
      const issued = waiting.get(challenge)
      waiting.delete(challenge)
      refuseUnless(
        issued !== undefined && issued.lab === lab && issued.keyId === keyId && issued.expires > now(),
        'unauthenticated',
      )
      const coordinator = db
        .select()
        .from(labCoordinators)
        .where(and(eq(labCoordinators.lab, lab), eq(labCoordinators.keyId, keyId)))
        .get()
      refuseUnless(coordinator !== undefined, 'unauthenticated')
      const message = challengeMessage(lab, keyId, challenge)
      refuseUnless(verifySignature(fromHex(coordinator.publicKey), message, fromHex(signature)), 'unauthenticated')
    },
  }
}
