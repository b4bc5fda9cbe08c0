import type { StatementOf } from '@kruispunt/contracts'
import { fromHex, generateKemKeyPair, randomHex, toHex } from '@kruispunt/crypto'
import { columnKey, keyCommitment, openKeyRelease } from '@kruispunt/extracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checks, jobKeyHash, objectionTo } from '../src/agent/release/checks.ts'
import type { ReleaseCase } from '../src/agent/release/release-case.ts'
import { openNode } from '../src/node.ts'
import { testAgreement } from './support/agreement.ts'
import { askRequest, openJob } from './support/ask-job.ts'
import { deliver } from './support/deliver.ts'
import { officer, optionsFor, partners, passphraseOf, startKeyedLab } from './support/three-partners.ts'

type KeyedLab = Awaited<ReturnType<typeof startKeyedLab>>
const hour = 3_600_000
let lab: KeyedLab
let extractId: string
let root: Uint8Array
/** What gemeente saw when it released, taken from the node itself. */
let sound: ReleaseCase
let released: StatementOf<'key-release'>
let kemSecretKey: Uint8Array

const releasesIn = (of: KeyedLab, requestHash: string, party: string) =>
  [...(of.broker.state().requests.get(requestHash)?.releases.values() ?? [])].filter(
    ({ statement }) => statement.from === party,
  )
const refusalIn = (of: KeyedLab, requestHash: string, party: string) =>
  [...(of.broker.state().requests.get(requestHash)?.refusals ?? [])].find(([from]) => from === party)?.[1].statement
    .code

beforeAll(async () => {
  const base = await startKeyedLab(partners, {})
  lab = base
  for (const { node, party } of lab.all) {
    const sent = await deliver(node, lab.agreement)
    if (party === 'gemeente') ({ extractId, root } = sent)
  }
  await lab.tickAll()
  const requestHash = askRequest(lab.broker, lab.agreement)
  const { kem } = openJob(lab.broker, requestHash)
  kemSecretKey = kem.secretKey
  const gemeente = lab.partner('gemeente')
  await lab.until(() => releasesIn(lab, requestHash, 'gemeente').length === 1)
  const [first] = releasesIn(lab, requestHash, 'gemeente')
  if (first === undefined) throw new Error('nothing was released')
  released = first.statement
  await lab.tickAll()
  const found = gemeente.node.releaseCase(requestHash, released.extractId)
  if (found === undefined) throw new Error('no case')
  // As it was a moment before the release.
  sound = { ...found, releasedRequests: new Set(), releasedJobKeys: new Set() }
})
afterAll(() => lab.end())

describe('a key leaves only after ten checks', () => {
  it('seals to the job exactly the keys of the columns asked for, and they fit their commitments', () => {
    const opened = openKeyRelease({
      requestHash: released.requestHash,
      jobHash: released.jobHash,
      ciphertext: fromHex(released.ct),
      nonce: fromHex(released.nonce),
      box: fromHex(released.box),
      jobKemSecretKey: kemSecretKey,
    })
    expect(opened.map(({ column }) => column)).toStrictEqual(sound.asked.columns)
    const commitments = new Map(sound.own?.body?.columns.map((column) => [column.name, column.keyCommitment]))
    for (const { column, key } of opened) {
      expect(key).toStrictEqual(columnKey(root, extractId, column))
      expect(toHex(keyCommitment(extractId, column, key))).toBe(commitments.get(column))
    }
    expect(released.notAfter).toBe(sound.job.statement.notAfter)
  })

  it('finds nothing against a sound case', () => {
    expect(objectionTo(sound)).toBeUndefined()
  })

  type Change = (release: ReleaseCase) => Partial<ReleaseCase>
  const job = (release: ReleaseCase, change: Partial<StatementOf<'job'>>) => ({
    job: { ...release.job, statement: { ...release.job.statement, ...change } },
  })
  const request = (release: ReleaseCase, change: Partial<StatementOf<'request'>>): Partial<ReleaseCase> => {
    const { recorded } = release.request
    return {
      request: { ...release.request, recorded: { ...recorded, statement: { ...recorded.statement, ...change } } },
    }
  }
  const document = (
    release: ReleaseCase,
    change: Partial<ReleaseCase['agreement']['document']>,
  ): Partial<ReleaseCase> => ({
    agreement: { ...release.agreement, document: { ...release.agreement.document, ...change } },
  })
  const perRequest = (release: ReleaseCase) =>
    document(release, {
      parties: release.agreement.document.parties.map((party) => ({ ...party, approval: 'per-request' as const })),
    })
  const added = (release: ReleaseCase, statement: object): Partial<ReleaseCase> => {
    const [last] = release.history.slice(-1)
    if (last === undefined) throw new Error('the log is empty')
    const extra = {
      ...last,
      index: last.index + 1,
      hash: '0'.repeat(64),
      statement: { ...last.statement, ...statement },
    }
    return { history: [...release.history, extra as typeof last] }
  }
  const trusted = (release: ReleaseCase, change: Partial<NonNullable<ReleaseCase['trusted']>>): Partial<ReleaseCase> =>
    release.trusted === undefined ? {} : { trusted: { ...release.trusted, ...change } }
  const roster = (release: ReleaseCase, change: object): Partial<ReleaseCase> => {
    const known = release.state.roster
    if (known === undefined) throw new Error('no roster')
    return { state: { ...release.state, roster: { ...known, document: { ...known.document, ...change } } } }
  }

  const later = (release: ReleaseCase, hours: number) => new Date(release.now + hours * hour).toISOString()
  const cases: [number, string, boolean, Change][] = [
    [1, 'roster_expired', false, (r) => roster(r, { expires: new Date(r.now - 1).toISOString() })],
    [1, 'roster_not_accepted', false, (r) => ({ state: { ...r.state, rosterAcceptedBy: new Map() } })],
    [1, 'clock_differs', true, (r) => ({ now: r.now + 6 * 60_000 })],
    [1, 'clock_differs', true, (r) => ({ now: r.now - 6 * 60_000 })],
    [2, 'agreement_expired', false, (r) => document(r, { validUntil: new Date(r.now - 1).toISOString() })],
    [2, 'agreement_not_active', false, (r) => ({ agreement: { ...r.agreement, approvals: new Map() } })],
    [2, 'agreement_not_active', false, (r) => ({ agreement: { ...r.agreement, supersededBy: r.agreement.id } })],
    [3, 'request_not_in_role', false, (r) => request(r, { keyId: r.job.statement.keyId })],
    [3, 'request_expired', false, (r) => request(r, { notAfter: new Date(r.now - 1).toISOString() })],
    [
      3,
      'request_expired',
      false,
      (r) => request(r, { notAfter: null, issuedAt: new Date(r.now - 25 * hour).toISOString() }),
    ],
    [3, 'clock_differs', false, (r) => request(r, { issuedAt: later(r, 48), notAfter: later(r, 50) })],
    [3, 'request_other_epoch', false, (r) => request(r, { epoch: 2 })],
    [
      3,
      'request_column_not_agreed',
      false,
      (r) => ({ asked: { ...r.asked, columns: [...r.asked.columns, 'inkomen' as never] } }),
    ],
    [4, 'approvals_missing', false, perRequest],
    [5, 'request_used', false, (r) => ({ releasedRequests: new Set([r.request.recorded.statement.requestId]) })],
    [5, 'job_key_used', false, (r) => ({ releasedJobKeys: new Set([jobKeyHash(r.job.statement.jobKemPublicKey)]) })],
    [5, 'job_key_used', false, (r) => added(r, { kind: 'job', jobKemPublicKey: r.job.statement.jobKemPublicKey })],
    [5, 'request_budget_spent', false, (r) => document(r, { requestBudget: 0 })],
    [6, 'job_not_by_broker', false, () => ({ brokerKeyId: randomHex(16) })],
    [6, 'job_not_by_broker', false, (r) => job(r, { keyId: r.request.recorded.statement.keyId })],
    [6, 'job_other_request', false, (r) => job(r, { requestHash: randomHex(32) })],
    [6, 'job_expired', false, (r) => job(r, { notAfter: new Date(r.now).toISOString() })],
    [6, 'job_expired', false, (r) => job(r, { notAfter: null })],
    [6, 'job_too_long', false, (r) => job(r, { notAfter: new Date(r.now + 2 * hour).toISOString() })],
    [6, 'job_too_long', false, (r) => job(r, { issuedAt: later(r, 20), notAfter: later(r, 20.5) })],
    [7, 'not_in_checkpoint', true, (r) => trusted(r, { size: r.job.index, root: toHex(r.tree.root(r.job.index)) })],
    [7, 'checkpoint_conflict', false, (r) => ({ envelopeAt: () => r.envelopeAt(0) })],
    [7, 'log_incomplete', false, () => ({ envelopeAt: () => undefined })],
    [8, 'checkpoint_missing', true, () => ({ cosigned: undefined })],
    [8, 'checkpoint_conflict', false, (r) => ({ cosigned: { size: r.cosigned?.size ?? 0, root: randomHex(32) } })],
    [8, 'log_incomplete', false, (r) => ({ cosigned: { size: r.tree.size + 1, root: randomHex(32) } })],
    [9, 'revoked', false, (r) => added(r, { kind: 'revocation', scope: 'agreement', id: r.agreement.id })],
    [9, 'revoked', false, (r) => added(r, { kind: 'revocation', scope: 'extract', id: r.asked.extractId })],
    [9, 'revoked', false, (r) => added(r, { kind: 'key-destroyed', extractIds: [r.asked.extractId] })],
    [
      9,
      'conflicting_statement',
      false,
      (r) => added(r, { kind: 'request', requestId: r.request.recorded.statement.requestId }),
    ],
    [
      9,
      'conflicting_statement',
      false,
      (r) => added(r, { kind: 'job', jobKemPublicKey: '00', requestHash: r.request.recorded.hash }),
    ],
    [9, 'log_incomplete', false, (r) => ({ history: r.history.slice(1) })],
    [10, 'extract_not_ours', false, () => ({ own: undefined })],
    [10, 'extract_key_gone', false, (r) => (r.own ? { own: { ...r.own, keyPresent: false } } : {})],
    [10, 'extract_key_gone', false, (r) => (r.own ? { own: { ...r.own, state: 'withdrawn' } } : {})],
    [
      10,
      'extract_changed',
      false,
      (r) => {
        if (!r.own?.body) return {}
        const columns = r.own.body.columns.map((column) => ({ ...column, ciphertextSha256: '1'.repeat(64) }))
        return { own: { ...r.own, body: { ...r.own.body, columns } } }
      },
    ],
  ]
  it('has ten, and none objects to a sound case', () => {
    expect(checks.map((check) => check(sound))).toStrictEqual(Array(10).fill(undefined))
  })
  it.each(cases)('check %i refuses with %s (may pass: %s)', (check, code, passes, change) => {
    expect(checks[check - 1]?.({ ...sound, ...change(sound) })).toStrictEqual({ code, passes })
  })

  it('refuses a checkpoint older than a day, whatever else is right', () => {
    const old = sound.trusted?.cosigners.map((one) => ({ ...one, timestampSeconds: one.timestampSeconds - 25 * 3600 }))
    // The own clock is a day behind as well, so only the age of the cosignatures by this clock counts.
    const stale = { ...sound, ...trusted(sound, { cosigners: old ?? [] }) }
    expect(objectionTo(stale)?.code).toBe('clock_differs')
    const [own] = (old ?? []).filter(({ party }) => party === sound.party)
    const others = (sound.trusted?.cosigners ?? []).filter(({ party }) => party !== sound.party)
    const one = { ...sound, ...trusted(sound, { cosigners: own ? [own, ...others] : others }) }
    expect(objectionTo(one)).toStrictEqual({ code: 'checkpoint_stale', passes: true })
  })

  it('wants an own officer among those who approved, each counted once', () => {
    const change = perRequest(sound)
    const approvals = new Map(
      (sound.state.roster?.document.parties ?? []).map((party) => {
        const keyId = party.officers[0]?.keyId ?? randomHex(16)
        const { recorded } = sound.request
        const statement = {
          ...recorded.statement,
          kind: 'request-approval',
          keyId,
          decision: 'approved',
          requestHash: recorded.hash,
        }
        return [keyId, { party: party.id, recorded: { ...recorded, statement } }]
      }),
    ) as unknown as ReleaseCase['request']['approvals']
    const approved = { ...sound, ...change, request: { ...sound.request, approvals } }
    expect(objectionTo(approved)).toBeUndefined()
    expect(objectionTo({ ...approved, ownOfficers: new Set() })?.code).toBe('own_approval_missing')
    const twice = perRequest(sound)
    const parties = twice.agreement?.document.parties.map((party) => ({ ...party, approvers: 2 })) ?? []
    expect(objectionTo({ ...approved, ...document(sound, { parties }) })?.code).toBe('approvals_missing')
    const other = new Map(
      [...approvals].map(([keyId, given]) => [
        keyId,
        {
          ...given,
          recorded: { ...given.recorded, statement: { ...given.recorded.statement, requestHash: '0'.repeat(64) } },
        },
      ]),
    )
    expect(objectionTo({ ...approved, request: { ...approved.request, approvals: other } })?.code).toBe(
      'approvals_missing',
    )
  })

  it('releases once when two processes of one node race for the same job', async () => {
    const requestHash = askRequest(lab.broker, lab.agreement)
    openJob(lab.broker, requestHash)
    const gemeente = lab.partner('gemeente')
    const beside = await openNode(optionsFor(gemeente.folder))
    try {
      const others = lab.all.filter(({ party }) => party !== 'gemeente')
      for (let round = 0; round < 6; round += 1) {
        await Promise.all([gemeente.node.agent.tick(), beside.agent.tick()])
        await lab.tickAll(others)
      }
      const mine = lab.broker.entries
        .map(
          ({ payload }) =>
            JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as {
              kind: string
              from: string
              requestHash: string
            },
        )
        .filter(
          ({ kind, from, requestHash: hash }) => kind === 'key-release' && from === 'gemeente' && hash === requestHash,
        )
      expect(mine).toHaveLength(1)
    } finally {
      await beside.close()
    }
  })

  it('does not serve a second job with the key of an earlier one, and says why in the log', async () => {
    const requestHash = askRequest(lab.broker, lab.agreement)
    const used = sound.job.statement.jobKemPublicKey
    openJob(lab.broker, requestHash, { ...generateKemKeyPair(), publicKey: fromHex(used) })
    await lab.until(() => refusalIn(lab, requestHash, 'gemeente') !== undefined)
    await lab.tickAll()
    expect(refusalIn(lab, requestHash, 'gemeente')).toBe('job_key_used')
    expect(releasesIn(lab, requestHash, 'gemeente')).toHaveLength(0)
    expect(lab.partner('politie').node.views.requests().at(-1)?.refusals).toContainEqual({
      party: 'gemeente',
      code: 'job_key_used',
    })
  })
})

describe('withdrawing stops releases at once', () => {
  it('has no key left when a job comes after a withdrawal, and the log names the destruction', async () => {
    const keyed = await startKeyedLab(['gemeente', 'politie'])
    try {
      for (const { node } of keyed.all) await deliver(node, keyed.agreement)
      await keyed.tickAll()
      const requestHash = askRequest(keyed.broker, keyed.agreement)
      const { node } = keyed.partner('gemeente')
      await node.agent.refresh()
      const [extract] = node.deliveries.extracts()
      if (extract === undefined) throw new Error('no extract')
      await keyed.broker.stop()
      const receipt = await node.deliveries.withdraw({
        extractId: extract.extractId,
        officer,
        passphrase: passphraseOf('gemeente'),
        reason: 'Een inwoner maakt bezwaar.',
      })
      // The broker is down: the key is gone all the same.
      expect(receipt.index).toBeNull()
      expect(node.deliveries.extract(extract.extractId)).toMatchObject({ keyPresent: false, state: 'withdrawn' })
      await keyed.broker.start()
      openJob(keyed.broker, requestHash)
      await keyed.until(() => refusalIn(keyed, requestHash, 'gemeente') !== undefined)
      await keyed.tickAll()
      expect(refusalIn(keyed, requestHash, 'gemeente')).toMatch(/^(revoked|extract_key_gone)$/)
      expect(keyed.broker.state().extracts.get(extract.extractId)?.keyDestroyed).toBeTypeOf('number')
    } finally {
      await keyed.end()
    }
  })
})

describe('a party that approves each request', () => {
  it('is asked, releases only after its own officer approved, and never for a request it rejected', async () => {
    const parties = testAgreement('zorg-en-overlast', ['gemeente', 'politie']).parties
    const strict = parties.map((party) =>
      party.id === 'politie' ? { ...party, approval: 'per-request' as const } : party,
    )
    const asking = await startKeyedLab(['gemeente', 'politie'], { parties: strict })
    try {
      for (const { node } of asking.all) await deliver(node, asking.agreement)
      await asking.tickAll()
      const politie = asking.partner('politie')
      const signature = { officer, passphrase: passphraseOf('politie'), reason: null }
      const requestHash = askRequest(asking.broker, asking.agreement)
      await asking.tickAll()
      expect(politie.node.views.requests()).toMatchObject([{ state: 'asked', waitingForApprovalOf: ['politie'] }])
      // The record itself refuses a job that comes before the approval.
      expect(() => openJob(asking.broker, requestHash)).toThrow(expect.objectContaining({ code: 'job_out_of_order' }))
      const { index } = await politie.node.sendDecision(
        politie.node.acts.decideRequest({ ...signature, requestHash, decision: 'approved' }),
      )
      expect(index).toBeTypeOf('number')
      openJob(asking.broker, requestHash)
      await asking.until(() => releasesIn(asking, requestHash, 'politie').length === 1)
      expect(politie.node.views.requests()[0]?.released).toBe(true)

      const rejected = askRequest(asking.broker, asking.agreement)
      await asking.tickAll()
      await politie.node.sendDecision(
        politie.node.acts.decideRequest({ ...signature, requestHash: rejected, decision: 'rejected' }),
      )
      expect(politie.node.views.requests()[1]?.state).toBe('rejected')
      expect(() => openJob(asking.broker, rejected)).toThrow(expect.objectContaining({ code: 'job_out_of_order' }))
    } finally {
      await asking.end()
    }
  })
})
