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

export const signInMethod = z.enum(['link', 'password', 'passkey', 'oidc'])
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

const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/)

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}),
} as const

/** What `navigator.credentials.create()` gives, as JSON (WebAuthn §5.1); members to come are let through and not used. */
export const passkeyRegistration = z.looseObject({
  ...credential,
  response: z.looseObject({ clientDataJSON: base64url(4000), attestationObject: base64url(16_000) }),
})
/** What `navigator.credentials.get()` gives, as JSON. */
export const passkeyAssertion = z.looseObject({
  ...credential,
  response: z.looseObject({
    clientDataJSON: base64url(2000),
    authenticatorData: base64url(1000),
    signature: base64url(400),
    userHandle: base64url(200).nullish(),
  }),
})
export type PasskeyAssertion = z.infer<typeof passkeyAssertion>

/** Options for the browser's own call, as WebAuthn has them; handed to it as they come. */
export const passkeyOptions = z.looseObject({ challenge: base64url(200) })

const totpCode = z.string().regex(/^[0-9]{6}$/)
const password = z.string().min(1).max(200)

/** A password never comes without the code of an authenticator app. */
export const passwordSignIn = z.strictObject({ account: accountName, password, code: totpCode })
export const passkeySignIn = z.strictObject({ response: passkeyAssertion })
export const passkeyQuestion = z.strictObject({ options: passkeyOptions })

/** A secret for an authenticator app, to be confirmed with its first code. */
export const totpOffer = z.strictObject({
  secret: z.string().describe('base32, for typing over'),
  uri: z.string().describe('otpauth:// for a QR code'),
})
export const passwordChange = z.strictObject({ password, code: totpCode })
export const passkeyAddition = z.strictObject({ label: displayName, response: passkeyRegistration })
export const passkeyId = z.strictObject({ id: base64url(1400) })
export const sessionId = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/) })

/** What somebody sees of the own account. */
export const ownAccount = z.strictObject({
  account: accountName,
  name: displayName,
  hasPassword: z.boolean(),
  passkeys: z.array(z.strictObject({ id: z.string(), label: displayName, addedAt: instant })),
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      method: signInMethod,
      signedInAt: instant,
      lastSeen: instant,
      isThis: z.boolean(),
    }),
  ),
})

/** The sign-in service of one organisation (OpenID Connect), as the operator set it up. */
const providerId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
export const identityProviders = z.strictObject({
  providers: z.array(z.strictObject({ id: providerId, name: displayName })),
})
export const providerParams = z.strictObject({ id: providerId })
/** Where the page is to send the browser. */
export const providerRedirect = z.strictObject({ url: z.url() })
export const identityProvider = z.strictObject({
  id: providerId,
  name: displayName,
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1).max(200),
  clientSecretFile: z.string().min(1).describe('first line: the secret that the service gave this client'),
  signingAlgorithm: z.enum(['RS256', 'PS256', 'ES256', 'EdDSA']).default('RS256'),
})
export type IdentityProvider = z.infer<typeof identityProvider>
