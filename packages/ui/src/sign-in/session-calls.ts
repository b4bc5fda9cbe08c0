/**
 * The session of whoever is at this browser, asked of the service that served the page.
 * @module
 */
import { linkSignIn, pageSession } from '@kruispunt/contracts'
import type { z } from 'zod'
import { askService } from '../api/ask-service.ts'

/** Somebody, with what they may do here. */
export type SignedIn<Grant> = {
  readonly state: 'signed-in'
  readonly account: string
  readonly name: string
  readonly grants: readonly Grant[]
}
export type Session<Grant> = SignedIn<Grant> | { readonly state: 'signed-out' }

export type SessionCalls<Grant> = {
  readonly read: (signal: AbortSignal) => Promise<Session<Grant>>
  readonly signIn: (code: string) => Promise<Session<Grant>>
  readonly signOut: () => Promise<Session<Grant>>
}

/** @param grant - what somebody may do at this service */
export function sessionCalls<Grant>(grant: z.ZodType<Grant>): SessionCalls<Grant> {
  const answer = pageSession(grant)
  return {
    read: (signal) => askService('/session', { answer, signal }),
    signIn: (code) => askService('/session/links', { method: 'POST', body: linkSignIn.parse({ code }), answer }),
    signOut: () => askService('/session', { method: 'DELETE', answer }),
  }
}
