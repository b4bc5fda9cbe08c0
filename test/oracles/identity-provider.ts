/**
 * An OpenID Connect provider as organisations have one: the certified `oidc-provider`, on this machine, with one client. Signs in
 * whoever the test says, without asking.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export type TestProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Who is at the keyboard from now on. */
  signsInAs(subject: string): void
  /** Goes where a browser would be sent, and gives the address with which it comes back. */
  follow(url: string): Promise<string>
  stop(): Promise<void>
}

/** A port that is free now: a client's address has to be known to its provider before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export async function startProvider(redirectUris: readonly string[]): Promise<TestProvider> {
  let subject = 'nobody'
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const clientSecret = randomBytes(32).toString('hex')
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/'))
      void provider.interactionFinished(request, response, { login: { accountId: subject } })
    else void provider.callback()(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'kruispunt',
        client_secret: clientSecret,
        redirect_uris: [...redirectUris],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // Consent was given by the organisation.
    async loadExistingGrant(context) {
      const { client, session } = context.oidc
      const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
  return {
    issuer,
    clientId: 'kruispunt',
    clientSecret,
    signsInAs(someone) {
      subject = someone
    },
    async follow(url) {
      const cookies = new Map<string, string>()
      let next = url
      for (let hop = 0; hop < 10; hop += 1) {
        const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
        const answer = await fetch(next, { redirect: 'manual', headers })
        for (const cookie of answer.headers.getSetCookie()) {
          const [pair = ''] = cookie.split(';')
          const at = pair.indexOf('=')
          cookies.set(pair.slice(0, at), pair.slice(at + 1))
        }
        const location = answer.headers.get('location')
        if (location === null) throw new Error(`the provider stopped at ${answer.status}: ${await answer.text()}`)
        next = new URL(location, next).href
        if (!next.startsWith(issuer)) return next
      }
      throw new Error('the provider sends round and round')
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
