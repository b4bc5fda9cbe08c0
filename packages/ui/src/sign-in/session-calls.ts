/**
 * The session of whoever is at this browser, asked of the service that served the page.
 * @module
 */
import {
  identityProviders,
  linkSignIn,
  pageSession,
  passkeyQuestion,
  passwordSignIn,
  providerRedirect,
} from '@kruispunt/contracts'
import type { z } from 'zod'
import { askService } from '../api/ask-service.ts'
import { answerWithPasskey } from './passkey.ts'

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
  /** With whatever passkey this browser has for this page. @throws NotDone */
  readonly signInWithPasskey: () => Promise<Session<Grant>>
  readonly signInWithPassword: (told: z.infer<typeof passwordSignIn>) => Promise<Session<Grant>>
  /** Sign-in services of organisations. */
  readonly providers: (signal: AbortSignal) => Promise<z.infer<typeof identityProviders>>
  /** @returns where the browser is to go */
  readonly startAtProvider: (id: string) => Promise<string>
  readonly signOut: () => Promise<Session<Grant>>
}

/** @param grant - what somebody may do at this service */
export function sessionCalls<Grant>(grant: z.ZodType<Grant>): SessionCalls<Grant> {
  const answer = pageSession(grant)
  return {
    read: (signal) => askService('/session', { answer, signal }),
    signIn: (code) => askService('/session/links', { method: 'POST', body: linkSignIn.parse({ code }), answer }),
    async signInWithPasskey() {
      const { options } = await askService('/session/passkeys/options', {
        method: 'POST',
        body: {},
        answer: passkeyQuestion,
      })
      const response = await answerWithPasskey(options)
      return askService('/session/passkeys', { method: 'POST', body: { response }, answer })
    },
    signInWithPassword: (told) =>
      askService('/session/passwords', { method: 'POST', body: passwordSignIn.parse(told), answer }),
    providers: (signal) => askService('/session/providers', { answer: identityProviders, signal }),
    startAtProvider: async (id) => {
      const path = `/session/providers/${encodeURIComponent(id)}/starts`
      return (await askService(path, { method: 'POST', body: {}, answer: providerRedirect })).url
    },
    signOut: () => askService('/session', { method: 'DELETE', answer }),
  }
}
