/** A browser at the portal, as the page uses it. */
import { join } from 'node:path'
import { type PortalGrant, pageHeader } from '@kruispunt/contracts'
import { expect } from 'vitest'
import { openStore } from '../../src/db/open.ts'
import { portalAccounts } from '../../src/portal-accounts.ts'
import { lab, type TestBroker } from './broker.ts'

export function onAccounts<T>(
  broker: TestBroker,
  work: (accounts: ReturnType<typeof portalAccounts>) => T,
  now: () => number = Date.now,
): T {
  const store = openStore(join(broker.dataDir, 'broker.db'))
  try {
    return work(portalAccounts({ store, keys: broker.keys, now }))
  } finally {
    store.close()
  }
}

export const grantOf = (role: PortalGrant['role'], of: string = lab) =>
  ({ lab: of, role, party: role === 'partner-reader' ? 'ggd' : null }) as PortalGrant

export type Asked = { method?: string; cookie?: string; headers?: Record<string, string>; json?: unknown }

/** As the page asks, unless said otherwise. */
export const browserAt =
  (url: string) =>
  (path: string, { method, cookie, headers = {}, json }: Asked = {}): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: method ?? (json === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        origin: url,
        [pageHeader]: '1',
        ...(cookie === undefined ? {} : { cookie }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })

export const refusalIn = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]

export const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] as string

/** Somebody new with these grants, signed in by a link. @returns the cookie */
export async function signInNew(broker: TestBroker, name: string, grants: PortalGrant[], now?: () => number) {
  const { code } = onAccounts(
    broker,
    (accounts) => {
      accounts.add({ name, displayName: `Persoon ${name}`, grants })
      return accounts.makeLink(name, 15)
    },
    now,
  )
  const answer = await browserAt(broker.portalUrl as string)('/v1/session/links', { json: { code } })
  expect(answer.status).toBe(200)
  return cookieOf(answer)
}
