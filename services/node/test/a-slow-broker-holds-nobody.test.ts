import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabId } from '@kruispunt/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { createBrokerClient } from '../src/broker-client/broker-client.ts'
import { testAuthority } from './support/certificates.ts'

let end: (() => void) | undefined
afterEach(() => end?.())

describe('a broker that answers a byte at a time', () => {
  it('does not hold the node longer than one answer may take', async () => {
    const authority = testAuthority('Kruispunt CA test')
    const server = createServer(authority.server(), (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const drip = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(drip))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const client = createBrokerClient({
      url: `https://127.0.0.1:${port}`,
      caCertificate: authority.certificate,
      lab: 'zorg' as LabId,
      answerMs: 400,
    })
    end = () => {
      server.closeAllConnections()
      server.close()
    }
    const started = Date.now()
    await expect(client.checkpoints()).rejects.toMatchObject({ code: 'broker_unreachable' })
    expect(Date.now() - started).toBeLessThan(3000)
    await client.close()
  }, 6000)
})

describe('a broker that closes a connection while a column is on it', () => {
  const upload = async (drops: number) => {
    const authority = testAuthority('Kruispunt CA test')
    let calls = 0
    const server = createServer(authority.server(), (request, response) => {
      calls += 1
      if (calls <= drops) {
        request.socket.destroy()
        return
      }
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks)
        const receipt = { bytes: body.length, sha256: createHash('sha256').update(body).digest('hex'), existing: false }
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(receipt))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const folder = mkdtempSync(join(tmpdir(), 'kruispunt-column-'))
    const path = join(folder, 'column')
    writeFileSync(path, 'versleuteld')
    const url = `https://127.0.0.1:${port}`
    const client = createBrokerClient({ url, caCertificate: authority.certificate, lab: 'zorg' as LabId })
    end = () => {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true })
    }
    const outcome = await client.sendColumn('ab'.repeat(16), 'x', { path, bytes: 11 }).catch((error: unknown) => error)
    await client.close()
    return { outcome, calls }
  }

  it('gets it once more, whole', async () => {
    expect(await upload(1)).toMatchObject({ outcome: { bytes: 11 }, calls: 2 })
  })
  it('is not asked for ever', async () => {
    expect(await upload(9)).toMatchObject({ outcome: { code: 'broker_unreachable' }, calls: 2 })
  })
})
