/**
 * Signing in at the own organisation's service: OpenID Connect, authorization code with PKCE, state and nonce. The service says
 * who somebody is; what that person may do here stands in the account that the operator linked.
 * @module
 */
import { AccountError, createPending, type Identity } from '@kruispunt/accounts'
import type { IdentityProvider } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import * as client from 'openid-client'

const answerMs = 600_000
const timeoutSeconds = 10

export type ConfiguredProvider = Omit<IdentityProvider, 'clientSecretFile'> & { readonly clientSecret: string }
export type IdentityProviders = ReturnType<typeof createIdentityProviders>

type Started = {
  readonly id: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

const isOnThisMachine = (issuer: string) => ['localhost', '127.0.0.1'].includes(new URL(issuer).hostname)

/** @param redirectUri - of a provider by its id; known once the service listens */
export function createIdentityProviders(
  providers: readonly ConfiguredProvider[],
  redirectUri: (id: string) => string,
  now: () => number,
) {
  const started = createPending<Started>(now, answerMs)
  const discovered = new Map<string, Promise<client.Configuration>>()

  function providerOf(id: string): ConfiguredProvider {
    const provider = providers.find((one) => one.id === id)
    if (provider === undefined) throw new AccountError('provider_unavailable')
    return provider
  }

  /** Asked once; asked again after it failed. */
  function configurationOf(id: string): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret, signingAlgorithm } = providerOf(id)
    const known = discovered.get(id)
    if (known !== undefined) return known
    const metadata = { client_secret: clientSecret, id_token_signed_response_alg: signingAlgorithm }
    const found = client.discovery(new URL(issuer), clientId, metadata, client.ClientSecretBasic(clientSecret), {
      timeout: timeoutSeconds,
      // Plain HTTP is for a provider on this very machine.
      execute: isOnThisMachine(issuer) ? [client.allowInsecureRequests] : [],
    })
    discovered.set(id, found)
    found.catch(() => discovered.delete(id))
    return found
  }

  return {
    list: () => providers.map(({ id, name }) => ({ id, name })),
    /**
     * @returns where the browser is to go, and a secret for a cookie of that browser: nobody else may finish
     * @throws AccountError `provider_unavailable`
     */
    async start(id: string): Promise<{ readonly url: string; readonly secret: string }> {
      try {
        const configuration = await configurationOf(id)
        const verifier = client.randomPKCECodeVerifier()
        const [state, nonce, secret] = [client.randomState(), client.randomNonce(), randomHex(32)]
        const url = client.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri(id),
          scope: 'openid',
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
        })
        started.put(secret, { id, state, nonce, verifier })
        return { url: url.href, secret }
      } catch (error) {
        throw new AccountError('provider_unavailable', { cause: error })
      }
    },
    /**
     * @param secret - from the cookie
     * @param query - with which the browser came back
     * @throws AccountError `sign_in_failed`, whatever was wrong
     */
    async finish(id: string, secret: string | undefined, query: string): Promise<Identity> {
      try {
        const begun = secret === undefined ? undefined : started.take(secret)
        if (begun?.id !== id) throw new Error('nobody began this here')
        const url = new URL(redirectUri(id))
        url.search = query
        const tokens = await client.authorizationCodeGrant(await configurationOf(id), url, {
          pkceCodeVerifier: begun.verifier,
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) throw new Error('no identity')
        return { issuer: claims.iss, subject: claims.sub }
      } catch (error) {
        throw new AccountError('sign_in_failed', { cause: error })
      }
    },
  }
}
