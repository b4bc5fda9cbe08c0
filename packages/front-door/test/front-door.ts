/** The fixed part of a service's front door with accounts in memory, listening to nobody: for tests of what browsers send. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccounts } from '@kruispunt/accounts'
import { consoleGrant } from '@kruispunt/contracts'
import fastify from 'fastify'
import { memoryStorage } from '../../accounts/test/memory-storage.ts'
import { installBrowserSessions, installPageHeaders, servePageFiles } from '../src/index.ts'

/** In a file beside the page's own folder. */
const notOurs = 'staat buiten de map van de pagina'

const newAccounts = () =>
  createAccounts({
    storage: memoryStorage(),
    grant: consoleGrant,
    now: Date.now,
    sealKey: () => new Uint8Array(32).fill(7),
    service: 'Proef',
  })

/** The fixed part of a service's front door, listening to nobody; `end` removes its files. */
export async function openFrontDoor() {
  const root = mkdtempSync(join(tmpdir(), 'kruispunt-door-'))
  const folder = join(root, 'dist')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'a.js'), '0')
  for (const name of ['secret.txt', 'secret.js', '.env']) writeFileSync(join(root, name), notOurs)
  const app = fastify({ exposeHeadRoutes: false })
  await installPageHeaders(app as never, { isSecure: true })
  const accounts = newAccounts()
  const browser = await installBrowserSessions(app as never, {
    accounts,
    origins: () => ['https://portaal.voorbeeld.nl'],
    isSecure: true,
    cookieName: 'kruispunt-proef',
  })
  app.get('/v1/who', async (request) => ({ person: browser.personOf(request as never)?.account.name ?? null }))
  await servePageFiles(app as never, { folder, config: {} })
  await app.ready()
  return {
    accounts,
    /** @throws Error for an answer that no address and no cookie may bring about */
    async ask(path: string, cookie = ''): Promise<string> {
      const answer = await app.inject({ method: 'GET', url: path, headers: { cookie } })
      if (answer.statusCode >= 500) throw new Error(`answered ${answer.statusCode}`)
      if (answer.body.includes(notOurs)) throw new Error('a file from elsewhere')
      return answer.body
    },
    async end(): Promise<void> {
      await app.close()
      rmSync(root, { recursive: true })
    },
  }
}
export type FrontDoor = Awaited<ReturnType<typeof openFrontDoor>>
