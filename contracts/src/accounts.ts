/**
 * People at a browser: their roles at the broker's portal and at a node's console, and the session between page and
 * service. A session reads and passes on; it never stands for a signature.
 * @module
 */
import { z } from 'zod'
import { instant, labId, partyId } from './ids.ts'

/** `partner-reader` reads for one partner; `party` says which, and is null for the other roles. */
export const portalRole = z.enum(['coordinator', 'auditor', 'partner-reader'])
export const portalGrant = z
  .strictObject({ lab: labId, role: portalRole, party: partyId.nullable() })
  .refine(({ role, party }) => (role === 'partner-reader') === (party !== null), 'a partner reader has a partner')
export type PortalGrant = z.infer<typeof portalGrant>

export const consoleRole = z.enum(['steward', 'privacy-officer', 'signatory', 'operator', 'auditor'])
export const consoleGrant = z.strictObject({ role: consoleRole })
export type ConsoleRole = z.infer<typeof consoleRole>
export type ConsoleGrant = z.infer<typeof consoleGrant>

export const accountName = z.string().regex(/^[a-z0-9][a-z0-9._@-]{0,79}$/)
export const displayName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^\p{C}]+$/u)

/** 128 random bits, from the fragment of a link: a fragment reaches no server and no server's log. */
export const signInCode = z.string().regex(/^[0-9a-f]{32}$/)
export const linkSignIn = z.strictObject({ code: signInCode })

export const signInMethod = z.enum(['link'])
export type SignInMethod = z.infer<typeof signInMethod>

/** What a page is told of its own session. */
export const pageSession = <G extends z.ZodType>(grant: G) =>
  z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('signed-out') }),
    z.strictObject({
      state: z.literal('signed-in'),
      account: accountName,
      name: displayName,
      grants: z.array(grant),
      method: signInMethod,
      signedInAt: instant,
      idleUntil: instant.describe('ends then, unless something is asked before'),
      endsAt: instant.describe('ends then, whatever is asked'),
    }),
  ])

/** Every request of a page that changes something carries this header, which no other site can send. */
export const pageHeader = 'x-kruispunt-page'
