import { type CountingEngine, createDuckdbEngine, type JobTables } from '@kruispunt/engine'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createJobs } from '../../src/jobs/jobs.ts'
import { makePeople } from './support/people.ts'
import type { AgreementChanges } from './support/small-agreement.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
const start = async (agreement: AgreementChanges = {}) => {
  lab = await createSmallLab({ people: makePeople(400), agreement })
  return lab
}
afterEach(async () => {
  vi.useRealTimers()
  await lab.finish()
})

const question = { table: 'residents', rows: [{ dimension: 'care' }], columns: [], filters: [] }
const closing = (requestHash: string) => lab.requestState(requestHash).closed?.statement.reason

describe('a job ends and forgets', () => {
  it('waits for the partners by name, shows who refuses, and opens when the last key is there', async () => {
    await start()
    const { requestId, requestHash } = lab.request()
    await lab.settled(() => lab.view(requestId).notAfter !== null)
    expect(lab.view(requestId)).toMatchObject({ state: 'waiting', waitingFor: ['town', 'police', 'health'] })
    await expect(lab.ask(requestId, question)).rejects.toMatchObject({ code: 'job_not_open' })
    await lab.release(requestHash, 'residents')
    await lab.release(requestHash, 'reports')
    lab.say('health', [lab.keysOf('health').node], { kind: 'release-refusal', requestHash, code: 'extract_changed' })
    expect(lab.view(requestId)).toMatchObject({
      state: 'waiting',
      waitingFor: ['health'],
      refusals: [{ party: 'health', code: 'extract_changed' }],
    })
    await lab.release(requestHash, 'clients')
    await lab.stateIs(requestId, 'open')
  })

  it('posts no job before the officers of every party that wants to have approved', async () => {
    await start({ approval: 'per-request' })
    const { requestId, requestHash } = lab.request()
    expect(lab.view(requestId)).toMatchObject({ state: 'waiting', waitingFor: ['town'], notAfter: null })
    const approval = { kind: 'request-approval', requestHash, decision: 'approved', reason: null }
    lab.say('town', [lab.keysOf('town').officer], approval)
    await lab.settled(() => lab.requestState(requestHash).job !== undefined)
  })

  it('is closed as refused when an officer rejects it', async () => {
    await start({ approval: 'per-request' })
    const { requestHash } = lab.request()
    const rejection = { kind: 'request-approval', requestHash, decision: 'rejected', reason: 'nee' }
    lab.say('town', [lab.keysOf('town').officer], rejection)
    await lab.settled(() => closing(requestHash) === 'refused')
  })

  it('is closed as refused when a delivery it opened is withdrawn', async () => {
    await start()
    const { requestId, requestHash } = await lab.openJob()
    const { extractId } = lab.current('clients').statement
    lab.say('health', [lab.keysOf('health').officer], {
      kind: 'revocation',
      scope: 'extract',
      id: extractId,
      reason: 'bezwaar',
    })
    await lab.settled(() => closing(requestHash) === 'refused')
    await expect(lab.ask(requestId, question)).rejects.toMatchObject({ code: 'job_not_open' })
  })

  it('erases its tables when closed, answers no more, and may be closed twice', async () => {
    await start()
    const real = createDuckdbEngine({ memoryLimitMiB: 256, threads: 1 })
    const seen: JobTables[] = []
    const engine: CountingEngine = {
      open: (tables) => {
        seen.push(tables)
        return real.open(tables)
      },
    }
    lab.connect(createJobs(lab.deps, engine))
    const { requestId, requestHash } = await lab.openJob()
    expect((await lab.ask(requestId, question)).released).toBeGreaterThan(0)
    const columns = seen.flatMap(({ personColumns, memberships, recordTables }) => [
      ...personColumns.map(({ codes }) => codes),
      ...memberships.map(({ present }) => present),
      ...recordTables.flatMap(({ person, columns: own }) => [person, ...own.map(({ codes }) => codes)]),
    ])
    expect(columns.every((column) => column.some((value) => value > 0))).toBe(true)
    await lab.jobs().close(lab.lab, requestId, 'closed-by-coordinator')
    await lab.jobs().close(lab.lab, requestId, 'closed-by-coordinator')
    expect(columns.every((column) => column.every((value) => value === 0))).toBe(true)
    expect(closing(requestHash)).toBe('closed-by-coordinator')
    expect(lab.logged.filter(({ statement }) => statement.kind === 'job-closed')).toHaveLength(1)
    expect(lab.view(requestId).state).toBe('closed')
    await expect(lab.ask(requestId, question)).rejects.toMatchObject({ code: 'job_not_open' })
    expect(() => lab.jobs().linkQuality(lab.lab, requestId)).toThrow(expect.objectContaining({ code: 'job_not_open' }))
  })

  it('closes by itself when its time is over', async () => {
    await start({ jobMinutes: 5 })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { requestId, requestHash } = lab.request()
    await vi.waitFor(() => expect(lab.view(requestId).notAfter).not.toBeNull())
    lab.pass(5 * 60_000)
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    await vi.waitFor(() => expect(closing(requestHash)).toBe('expired'))
  })

  it('answers nothing past its time, even before it is closed', async () => {
    await start({ jobMinutes: 5 })
    const { requestId } = await lab.openJob()
    lab.pass(5 * 60_000)
    await expect(lab.ask(requestId, question)).rejects.toMatchObject({ code: 'job_not_open' })
  })

  it('has a key of its own, so keys released to one job open no other', async () => {
    await start()
    const first = lab.request()
    const second = lab.request()
    const stolen = await lab.release(first.requestHash, 'residents')
    if (stolen.statement.kind !== 'key-release') throw new Error('not a release')
    await lab.settled(() => lab.requestState(second.requestHash).job !== undefined)
    const { job } = lab.requestState(second.requestHash)
    expect(job?.statement.jobKemPublicKey).not.toBe(lab.requestState(first.requestHash).job?.statement.jobKemPublicKey)
    const { extractId, columns, ct, nonce, box } = stolen.statement
    const replay = {
      kind: 'key-release',
      requestHash: second.requestHash,
      jobHash: job?.hash,
      extractId,
      columns,
      ct,
      nonce,
      box,
    }
    lab.say('town', [lab.keysOf('town').node], replay)
    for (const dataset of ['reports', 'clients']) await lab.release(second.requestHash, dataset)
    await lab.stateIs(second.requestId, 'failed')
    expect(lab.view(second.requestId).failure?.en).toMatch(/keys released by Partner town do not open/)
  })

  it('is closed at the next start after a crash, and requests still without a job get theirs', async () => {
    await start()
    const open = await lab.openJob()
    // A crash: the old service hears nothing any more.
    const restarted = createJobs(lab.deps)
    lab.connect({ ...restarted, onRecorded: () => undefined })
    const late = lab.request()
    lab.connect(restarted)
    await restarted.start()
    expect(closing(open.requestHash)).toBe('broker-stopped')
    expect(lab.view(open.requestId).state).toBe('closed')
    expect(lab.requestState(late.requestHash).job).toBeDefined()
  })

  it('is closed when the broker stops', async () => {
    await start()
    const { requestHash } = await lab.openJob()
    await lab.jobs().stop()
    expect(closing(requestHash)).toBe('broker-stopped')
  })
})
