import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import type { ExtractId } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnFile } from '../src/blobs/column-store.ts'
import { readCode } from './support/answers.ts'
import { lab } from './support/broker.ts'
import { type Member, startTestLab } from './support/lab.ts'

let stage: Awaited<ReturnType<typeof startTestLab>>
const maxBytes = 200_000
beforeAll(async () => {
  stage = await startTestLab(['ggd', 'politie'], {
    environment: {
      KRUISPUNT_LIMITS_COLUMN_BYTES: String(maxBytes),
      KRUISPUNT_LIMITS_PENDING_BYTES: '450000',
      KRUISPUNT_LIMITS_IDLE_SECONDS: '5',
    },
  })
})
afterAll(() => stage.broker.destroy())

const member = (index: number): Member => {
  const found = stage.members[index]
  if (!found) throw new Error('no such member')
  return found
}
const pathOf = (extractId: string, column: string) => `/v1/labs/${lab}/extracts/${extractId}/columns/${column}`
const put = (who: Member, extractId: string, column: string, bytes: Uint8Array) =>
  who.client(stage.broker).send({ method: 'PUT', path: pathOf(extractId, column), bytes })
const folder = () => join(stage.broker.dataDir, 'columns')
const incoming = () => readdirSync(join(folder(), 'incoming'))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('a column arrives whole, once, and only from its owner', () => {
  const extractId = randomHex(16)
  const bytes = Buffer.alloc(150_000, 7)

  it('is on the disk with its digest when the answer comes', async () => {
    const answer = await put(member(0), extractId, 'token:B1', bytes)
    expect(JSON.parse(answer.text)).toEqual({ bytes: bytes.length, sha256: sha256(bytes), existing: false })
    const path = columnFile(folder(), extractId, 'token:B1')
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(statSync(path).mode & 0o077).toBe(0)
    expect(incoming()).toEqual([])
  })

  it('may come again, and may not be changed', async () => {
    expect(JSON.parse((await put(member(0), extractId, 'token:B1', bytes)).text).existing).toBe(true)
    expect(readCode(await put(member(0), extractId, 'token:B1', Buffer.alloc(150_000, 8)))).toBe('conflict')
    expect(readCode(await put(member(0), extractId, 'token:B1', Buffer.alloc(10, 7)))).toBe('conflict')
    expect(readFileSync(columnFile(folder(), extractId, 'token:B1')).equals(bytes)).toBe(true)
  })

  it('belongs to who came first: another party sees what it would see of nothing (attack 41)', async () => {
    const foreign = await put(member(1), extractId, 'token:B1', bytes)
    expect(readCode(foreign)).toBe('not_found')
    expect((await put(member(1), extractId, 'wmo', Buffer.alloc(5))).text).toBe(foreign.text)
    const elsewhere = await member(1)
      .client(stage.broker)
      .send({ method: 'PUT', path: pathOf(extractId, 'x').replace(lab, 'elders'), bytes: Buffer.alloc(5) })
    expect(elsewhere.text).toBe(foreign.text)
    expect(existsSync(columnFile(folder(), extractId, 'wmo'))).toBe(false)
  })

  it('cannot be read over HTTP by anybody, its owner included', async () => {
    for (const who of stage.members)
      expect(
        readCode(await who.client(stage.broker).send({ method: 'GET', path: pathOf(extractId, 'token:B1') })),
      ).toBe('not_found')
  })

  it('is the same for two that race: one file, one winner', async () => {
    const id = randomHex(16)
    const contents = [1, 2, 3].map((fill) => Buffer.alloc(40_000, fill))
    const answers = await Promise.all(contents.map((content) => put(member(1), id, 'wmo', content)))
    const won = answers.filter((answer) => answer.status === 200)
    expect(won).toHaveLength(1)
    const { sha256: digest } = JSON.parse(won[0]?.text ?? '')
    expect(sha256(readFileSync(columnFile(folder(), id, 'wmo')))).toBe(digest)
  })

  it('survives a restart, and what never got a row does not', async () => {
    stage = { ...stage, broker: await stage.broker.restart() }
    expect(JSON.parse((await put(member(0), extractId, 'token:B1', bytes)).text).existing).toBe(true)
  })
})

describe('uploads are bounded (attack 42)', () => {
  it('refuses more than a column may be, by what is announced', async () => {
    expect(readCode(await put(member(0), randomHex(16), 'wmo', Buffer.alloc(maxBytes + 1)))).toBe('payload_too_large')
    expect((await put(member(1), randomHex(16), 'wmo', Buffer.alloc(maxBytes))).status).toBe(200)
  })

  it('refuses a party that fills the disk without ever delivering, and no other', async () => {
    const flood = randomHex(16)
    expect((await put(member(0), flood, 'a1', Buffer.alloc(maxBytes))).status).toBe(200)
    expect(readCode(await put(member(0), flood, 'a2', Buffer.alloc(maxBytes)))).toBe('payload_too_large')
    expect(readCode(await put(member(0), randomHex(16), 'a3', Buffer.alloc(maxBytes)))).toBe('payload_too_large')
    expect((await put(member(1), randomHex(16), 'wmo', Buffer.alloc(1000))).status).toBe(200)
  })

  it.each(['..', '%2e%2e%2fkeys.json', 'A1', '.hidden', 'a'.repeat(81), 'a/b', 'a%00'])(
    'refuses the name %j',
    async (name) => {
      const answer = await put(member(1), randomHex(16), name, Buffer.alloc(1))
      expect(['invalid_request', 'not_found']).toContain(readCode(answer))
    },
  )

  it('refuses a length it was not told, and another media type', async () => {
    const client = member(1).client(stage.broker)
    const path = pathOf(randomHex(16), 'wmo')
    const chunked = await client.send({ method: 'PUT', path, headers: { 'transfer-encoding': 'chunked' } })
    expect(readCode(chunked)).toBe('invalid_request')
    const json = await client.send({ method: 'PUT', path, json: { a: 1 } })
    expect(readCode(json)).toBe('invalid_request')
  })

  it('keeps nothing of an upload that breaks off or falls asleep, and serves others meanwhile', async () => {
    const id = randomHex(16)
    const half = () => {
      const { certificate, tlsKeyPem } = member(1)
      const port = Number(new URL(stage.broker.url).port)
      const ca = stage.broker.keys.authority.certificatePem
      const socket = connect({
        port,
        host: '127.0.0.1',
        servername: 'localhost',
        ca,
        cert: certificate,
        key: tlsKeyPem,
      })
      socket.write(
        `PUT ${pathOf(id, 'wmo')} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/octet-stream\r\ncontent-length: 1000\r\n\r\n`,
      )
      socket.write(Buffer.alloc(400, 1))
      const closed = new Promise<void>((resolve) => {
        socket.on('error', () => undefined)
        socket.on('close', () => resolve())
        socket.resume()
      })
      return { socket, closed }
    }
    const broken = half()
    const asleep = half()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(incoming().length).toBe(2)
    broken.socket.destroy()
    expect((await put(member(1), randomHex(16), 'wmo', Buffer.alloc(1000))).status).toBe(200)
    // Five seconds of silence is as long as it waits.
    await asleep.closed
    await expect.poll(() => incoming().length, { timeout: 5000 }).toBe(0)
    expect(existsSync(columnFile(folder(), id, 'wmo'))).toBe(false)
    expect((await put(member(1), id, 'wmo', Buffer.alloc(1000, 1))).status).toBe(200)
  })
})

it('puts no file name of a sender into a path', () => {
  const path = columnFile('/columns', 'ab'.repeat(16) as ExtractId, '../../x')
  expect(path).toMatch(/^\/columns\/ab\/(ab){16}\/[0-9a-f]{32}$/)
})
