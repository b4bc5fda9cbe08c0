/**
 * What browsers send to a service's front door: addresses and cookies, answers of passkeys, codes, and what an identity provider sends
 * a browser back with.
 * @module
 */
import { passkeyAssertion, passkeyRegistration, passwordSignIn } from '@kruispunt/contracts'
import { checkRegistration, isFromOwnPage } from '../../packages/accounts/src/index.ts'
import { isAnswerOf } from '../../packages/accounts/src/passkeys.ts'
import { createIdentityProviders } from '../../packages/front-door/src/index.ts'
import type { FrontDoor } from '../../packages/front-door/test/front-door.ts'
import { passkeyChallenge, passkeySignature, verifyPasskey } from '../../packages/statements/src/passkey.ts'
import { createAuthenticator } from '../oracles/software-authenticator.ts'
import type { Parser } from './parser.ts'

const page = { origin: 'https://portaal.voorbeeld.nl', rpId: 'portaal.voorbeeld.nl', name: 'Portaal' }
const utf8 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf8'))
const json = (value: unknown) => utf8(JSON.stringify(value))
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
/** What an HTTP server lets through: visible ASCII in an address, which names no other host; Latin-1 in a header. */
const asAddress = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[^\x21-\x7e]/g, '')
    .replace(/^[/\\]+/, '')
const asHeader = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[^\x20-\x7e\x80-\xff]/g, '')
const read = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

function passkeyParsers(): Parser[] {
  const authenticator = createAuthenticator(page)
  const message = utf8('DSSEv1 1 x 1 y')
  const challenge = base64url(passkeyChallenge(message))
  const registered = authenticator.register(challenge)
  const asserted = authenticator.assert(challenge)
  const { response } = asserted
  const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))
  const signature = passkeySignature({
    authenticatorData: bytesOf(response.authenticatorData),
    clientDataJSON: bytesOf(response.clientDataJSON),
    signature: bytesOf(response.signature),
  })
  const passkey = { ...page, publicKey: Uint8Array.from(Buffer.from(authenticator.publicKeyHex, 'hex')) }
  const known = { id: asserted.id, coseKey: '' }
  return [
    {
      name: 'statements.verifyPasskey',
      good: [signature],
      neverThrows: true,
      call: (bytes) => verifyPasskey(passkey, message, bytes),
    },
    {
      name: 'accounts.checkRegistration',
      // The whole answer as it comes, and its attestation alone: CBOR and a key inside.
      good: [json(registered), bytesOf(registered.response.attestationObject)],
      call: async (bytes) => {
        const parsed = passkeyRegistration.safeParse(read(bytes))
        if (parsed.success) await checkRegistration(page, challenge, parsed.data as never)
        const attestationObject = base64url(bytes)
        const inside = { ...registered, response: { ...registered.response, attestationObject } }
        return checkRegistration(page, challenge, inside as never)
      },
    },
    {
      name: 'accounts.isAnswerOf',
      good: [json(asserted), bytesOf(response.authenticatorData), bytesOf(response.clientDataJSON)],
      neverThrows: true,
      call: async (bytes) => {
        const parsed = passkeyAssertion.safeParse(read(bytes))
        const coseKey = base64url(bytes)
        if (parsed.success) await isAnswerOf(page, known, challenge, parsed.data as never)
        for (const part of ['authenticatorData', 'clientDataJSON', 'signature']) {
          const changed = { ...asserted, response: { ...response, [part]: base64url(bytes) } }
          await isAnswerOf(page, { ...known, coseKey }, challenge, changed as never)
        }
        return undefined
      },
    },
  ]
}

export function accountParsers({ ask, accounts }: FrontDoor): Parser[] {
  const providers = createIdentityProviders(
    [
      {
        id: 'p',
        name: 'P',
        issuer: 'https://p.voorbeeld.nl',
        clientId: 'c',
        clientSecret: 's',
        signingAlgorithm: 'RS256',
      },
    ],
    () => `${page.origin}/v1/session/providers/p/callback`,
    Date.now,
  )
  return [
    ...passkeyParsers(),
    {
      name: 'accounts.signInWithLink',
      good: [utf8('0'.repeat(32))],
      call: (bytes) => accounts.signInWithLink(Buffer.from(bytes).toString('utf8')),
    },
    {
      name: 'accounts.personOf',
      good: [utf8('0'.repeat(64))],
      neverThrows: true,
      call: (bytes) => accounts.personOf(Buffer.from(bytes).toString('utf8')),
    },
    {
      name: 'accounts.isFromOwnPage',
      good: [utf8(page.origin), utf8('same-origin')],
      neverThrows: true,
      call: (bytes) => {
        const text = asHeader(bytes)
        const signs = { method: 'POST', origin: text, fetchSite: text, pageHeader: text }
        // Whatever is written there, it is not the own page: the page's header alone cannot be both.
        if (isFromOwnPage(signs, [page.origin])) throw new Error('believed')
      },
    },
    {
      name: 'contracts.passwordSignIn',
      good: [json({ account: 'anna', password: 'lang genoeg', code: '123456' })],
      neverThrows: true,
      call: (bytes) => passwordSignIn.safeParse(read(bytes)),
    },
    {
      name: 'front-door.createIdentityProviders',
      good: [utf8('?code=a&state=b&iss=https%3A%2F%2Fp.voorbeeld.nl')],
      call: (bytes) => providers.finish('p', asHeader(bytes), `?${asAddress(bytes)}`),
    },
    {
      name: 'front-door.servePageFiles',
      good: [
        'assets/a.js',
        '../secret.txt',
        '%2e%2e/secret.txt',
        'assets/..%2f..%2fsecret.js',
        '..\\secret.txt',
        '.env',
      ].map(utf8),
      neverThrows: true,
      call: async (bytes) => {
        await ask(`/${asAddress(bytes)}`)
        await ask(`/assets/${asAddress(bytes)}`)
      },
    },
    {
      name: 'front-door.installBrowserSessions',
      good: [utf8('__Host-kruispunt-proef=ab; other=1'), utf8('__Host-kruispunt-proef="%00%zz"')],
      neverThrows: true,
      call: (bytes) => ask('/v1/who', asHeader(bytes)),
    },
  ]
}
