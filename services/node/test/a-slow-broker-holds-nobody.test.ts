import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
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
