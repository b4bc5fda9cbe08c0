import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { PartyId } from '@kruispunt/contracts'
import { cryptoReady, randomHex, toHex } from '@kruispunt/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { columnFile } from '../src/blobs/column-store.ts'
import { createApiClient } from '../src/cli/api-client.ts'
import { readConfig } from '../src/config.ts'
import { openStore } from '../src/db/open.ts'
import { createLab, inviteParty } from '../src/enrolment/labs.ts'
import { putRoster } from '../src/enrolment/put-roster.ts'
import { createKeys, readKeys } from '../src/keys/key-store.ts'
import { createLabLogs } from '../src/log/lab-logs.ts'
import { coordinator, lab } from './support/broker.ts'
import { createSigner, enrolmentFor, makeParty, type Party } from './support/party.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let dataDir: string
let child: ChildProcess | undefined

beforeEach(async () => {
  await cryptoReady()
  dataDir = mkdtempSync(join(tmpdir(), 'kruispunt-crash-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

/** The real process; resolves when it says where it listens. */
async function serve(): Promise<string> {
  child = spawn(process.execPath, [main, '--data-dir', dataDir, '--json', 'serve'], {
    env: { ...process.env, KRUISPUNT_PORT: '0', KRUISPUNT_LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    return JSON.parse(line).url
  throw new Error('the broker did not start')
}

async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  const process = child
  if (process === undefined) throw new Error('nothing to end')
  const ended = new Promise<number | null>((resolve) => process.on('close', resolve))
  process.kill(signal)
  return ended
}

async function prepare(names: readonly string[]) {
  const config = readConfig({ KRUISPUNT_DATA_DIR: dataDir })
  await createKeys(dataDir, config.kekFile, 'broker.test', new Date())
  const keys = readKeys(dataDir, config.kekFile)
  const store = openStore(config.databaseFile)
  createLab(store, { id: lab, title: 'Proefregio', coordinatorKeys: [toHex(coordinator.publicKey)] }, Date.now())
  const parties = names.map(makeParty)
  const invitations = parties.map(({ id }) =>
    inviteParty(
      { store, keys, publicUrl: 'https://localhost' },
      { lab, party: id as PartyId, name: id, days: 1 },
      Date.now(),
    ),
  )
  store.close()
  const caCertificate = keys.authority.certificatePem
  const enrol = async (url: string) => {
    const certificates: string[] = []
    for (const [index, party] of parties.entries()) {
      const invitation = invitations[index]
      if (!invitation) throw new Error('no invitation')
      const json = enrolmentFor(party, invitation)
      const answer = await createApiClient({ url, caCertificate }).ask({ method: 'POST', path: '/v1/enrolments', json })
      certificates.push((answer as { certificate: string }).certificate)
    }
    return certificates
  }
  const putRosterNow = () => {
    const open = openStore(config.databaseFile)
    const logs = createLabLogs({
      store: open,
      keys,
      now: Date.now,
      admit: () => undefined,
      onRecorded: () => undefined,
    })
    const hash = putRoster({ store: open, keys }, logs.get(lab), new Date(Date.now() + 86_400_000))
    open.close()
    return hash
  }
  const clientOf = (url: string, party: Party, certificate: string | undefined) =>
    createApiClient({ url, caCertificate, certificate: certificate ?? '', key: party.tlsKeyPem })
  return { config, parties, enrol, putRosterNow, clientOf }
}

describe('kill -9 at any moment leaves nothing half done', () => {
  it('while statements come in: what was acknowledged is on record, once, and the rest may come again', async () => {
    const { parties, enrol, putRosterNow, clientOf } = await prepare(['ggd', 'politie', 'school', 'zorg', 'welzijn'])
    let url = await serve()
    const certificates = await enrol(url)
    // Another process appends while the server runs: it notices.
    const rosterHash = putRosterNow()
    const signer = createSigner(lab, rosterHash)
    const envelopes = parties.map((party) =>
      signer.sign(party.id, [party.officer, party.node, party.witness], { kind: 'roster-acceptance', rosterHash }),
    )
    const path = `/v1/labs/${lab}/statements`
    const acknowledged = new Set<number>()
    const sendAll = (killAfter: number) =>
      parties.map(async (party, index) => {
        const client = clientOf(url, party, certificates[index])
        const answer = await client
          .send({ method: 'POST', path, json: { envelope: envelopes[index] } })
          .catch(() => undefined)
        if (answer?.status === 200) acknowledged.add(index)
        if (acknowledged.size >= killAfter) child?.kill('SIGKILL')
        client.close()
      })
    await Promise.all(sendAll(2))
    await end('SIGKILL')
    expect(acknowledged.size).toBeGreaterThanOrEqual(2)
    const before = new Set(acknowledged)

    url = await serve()
    const first = parties[0]
    if (!first) throw new Error('no party')
    const entries = async () => {
      const answer = await clientOf(url, first, certificates[0]).ask({
        method: 'GET',
        path: `/v1/labs/${lab}/log/entries?from=0`,
      })
      return (answer as { entries: { envelope: { payload: string } }[] }).entries.map(
        ({ envelope }) => envelope.payload,
      )
    }
    const kept = await entries()
    for (const index of before) expect(kept).toContain(envelopes[index]?.payload)
    await Promise.all(sendAll(99))
    const all = await entries()
    expect(all).toHaveLength(1 + parties.length)
    expect(new Set(all).size).toBe(all.length)
    expect(await end('SIGTERM')).toBe(0)
  }, 120_000)

  it('while a column comes in: it is not there at all, and may come again', async () => {
    const { config, parties, enrol, clientOf } = await prepare(['ggd'])
    let url = await serve()
    const certificates = await enrol(url)
    const [party] = parties
    if (!party) throw new Error('no party')
    const extractId = randomHex(16)
    const path = `/v1/labs/${lab}/extracts/${extractId}/columns/wmo`
    const bytes = Buffer.alloc(40_000_000, 5)
    const upload = clientOf(url, party, certificates[0])
      .send({ method: 'PUT', path, bytes })
      .catch(() => undefined)
    const incoming = join(config.blobFolder, 'incoming')
    await expect.poll(() => readdirSync(incoming).length, { interval: 2, timeout: 10_000 }).toBeGreaterThan(0)
    await end('SIGKILL')
    await upload
    expect(existsSync(columnFile(config.blobFolder, extractId, 'wmo'))).toBe(false)

    url = await serve()
    expect(readdirSync(incoming)).toEqual([])
    const again = await clientOf(url, party, certificates[0]).ask({ method: 'PUT', path, bytes })
    expect(again).toMatchObject({ bytes: bytes.length, existing: false })
    await end('SIGKILL')
    url = await serve()
    expect(await clientOf(url, party, certificates[0]).ask({ method: 'PUT', path, bytes })).toMatchObject({
      existing: true,
    })
    expect(readFileSync(columnFile(config.blobFolder, extractId, 'wmo')).equals(bytes)).toBe(true)
    expect(await end('SIGTERM')).toBe(0)
  }, 120_000)

  it('lets one process serve a folder, and the next one once that has gone', async () => {
    await prepare(['ggd'])
    await serve()
    const first = child
    await expect(serve()).rejects.toThrow('did not start')
    child = first
    await end('SIGKILL')
    expect(await serve()).toMatch(/^https:/)
  }, 120_000)
})
