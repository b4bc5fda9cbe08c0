import type { AddressInfo } from 'node:net'
import { connect } from 'node:tls'
import { generateSigningSeed, signingKeyFromSeed } from '@kruispunt/crypto'
import { expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createAuthority, issueServerCertificate } from '../src/certificates/authority.ts'
import { readConfig } from '../src/config.ts'
import { openStore } from '../src/db/open.ts'
import { createLabLogs } from '../src/log/lab-logs.ts'
import { createLongPolls } from '../src/log/long-polls.ts'
import { capturedLogger, idleJobs } from './support/broker.ts'

it('answers until it is asked to stop, and then says to come again', async () => {
  const authority = await createAuthority('broker.test', new Date())
  const [brokerKey, logKey] = [signingKeyFromSeed(generateSigningSeed()), signingKeyFromSeed(generateSigningSeed())]
  const keys = {
    brokerName: 'broker.test',
    authority,
    brokerKey,
    logKey,
    earlier: [],
    ledgerSecret: new Uint8Array(32),
  }
  const store = openStore(':memory:')
  const app = await buildApp({
    version: 'x',
    store,
    keys,
    tls: await issueServerCertificate(authority, [], new Date()),
    logs: createLabLogs({ store, keys, now: Date.now, admit: () => undefined, onRecorded: () => undefined }),
    longPolls: createLongPolls(1),
    columns: undefined as never,
    elements: undefined as never,
    jobs: idleJobs,
    limits: readConfig({}).limits,
    logger: capturedLogger().logger,
    now: Date.now,
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: authority.certificatePem })
  let answer = ''
  socket.on('data', (chunk) => {
    answer += String(chunk)
  })
  socket.write('GET /v1/health HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await expect.poll(() => answer).toContain('HTTP/1.1 200')
  // Half a request is under way when the signal comes.
  socket.write('GET /v1/health HTTP/1.1\r\nhost: localhost\r\n')
  await new Promise((resolve) => setTimeout(resolve, 100))
  const closed = app.close()
  await new Promise((resolve) => setTimeout(resolve, 100))
  socket.write('\r\n')
  await expect.poll(() => answer).toContain('HTTP/1.1 503')
  await expect.poll(() => answer).toContain('"code":"unavailable"')
  socket.destroy()
  await closed
  store.close()
})

it('keeps no more waiting readers than it may, and answers the others at once', async () => {
  const polls = createLongPolls(1)
  const { signal } = new AbortController()
  const gone = new AbortController()
  const first = polls.wait('a', 60_000, gone.signal)
  await polls.wait('a', 60_000, signal)
  expect(polls.labs()).toEqual(['a'])
  gone.abort()
  await first
  expect(polls.labs()).toEqual([])
  const next = polls.wait('a', 60_000, signal)
  polls.wake('b')
  expect(polls.labs()).toEqual(['a'])
  polls.stop()
  await next
  await polls.wait('a', 60_000, signal)
})
