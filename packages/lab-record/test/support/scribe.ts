/** Writes a lab's story into a record: signs with the right chain, checks, commits, and remembers every envelope. */
import type {
  AgreementDocument,
  AgreementId,
  ExtractId,
  RequestId,
  RosterDocument,
  StatementBody,
  StatementEnvelope,
} from '@kruispunt/contracts'
import { type SigningKey, toHex } from '@kruispunt/crypto'
import { documentHash, nextHeader, signStatement } from '@kruispunt/statements'
import { quorumOf } from '@kruispunt/transparency-log'
import { expect } from 'vitest'
import { createLabRecord, type LabRecord, LabRecordError } from '../../src/index.ts'
import { agreementDocument } from './agreement.ts'
import {
  broker,
  coordinator,
  lab,
  minute,
  type Party,
  parties,
  publicOf,
  rosterDocument,
  rosterParty,
  start,
  zorg,
} from './cast.ts'

export const hex = (bytes: number, fill: string) => fill.repeat(bytes * 2).slice(0, bytes * 2)
export const extractIdOf = (party: Party, version = 1) =>
  hex(16, `${parties.indexOf(party) + 1}${version}`) as ExtractId
export const requestIdOf = (number: number) => hex(16, `a${number}`) as RequestId

export type Header = Record<string, unknown>

export function createScribe() {
  const record: LabRecord = createLabRecord({ lab, brokerPublicKey: publicOf(broker).publicKey })
  const envelopes: StatementEnvelope[] = []
  let at = start
  const document = rosterDocument()
  const rosterHash = documentHash('roster', document)

  function sign(
    from: string,
    keys: readonly SigningKey[],
    body: StatementBody,
    header: Header = {},
  ): StatementEnvelope {
    const [own] = keys
    if (own === undefined) throw new Error('no key')
    const { size } = record.tree
    const payload = {
      v: 1,
      lab,
      from,
      keyId: own.keyId,
      ...nextHeader(record.state.heads.get(own.keyId as never)),
      issuedAt: new Date(at).toISOString(),
      notAfter: null,
      roster: record.state.roster?.hash ?? rosterHash,
      seen: size === 0 ? null : { size, root: toHex(record.tree.root()) },
      ...body,
      ...header,
    }
    return signStatement(payload, ...keys) as StatementEnvelope
  }
  function write(from: string, keys: readonly SigningKey[], body: StatementBody, header: Header = {}) {
    const envelope = sign(from, keys, body, header)
    const { recorded, commit } = record.check(envelope, at)
    commit()
    envelopes.push(envelope)
    at += 1000
    return recorded
  }
  /** Expects a refusal with this code, and that nothing changed. */
  function refuses(code: string, envelope: StatementEnvelope, judgedAt = at): void {
    const { size } = record.tree
    const root = toHex(record.tree.root())
    let thrown: unknown
    try {
      record.check(envelope, judgedAt)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(LabRecordError)
    expect((thrown as LabRecordError).code).toBe(code)
    expect({ size: record.tree.size, root: toHex(record.tree.root()) }).toEqual({ size, root })
  }

  const byNode = (party: Party, body: StatementBody, header?: Header) => write(party.id, [party.node], body, header)
  const byOfficer = (party: Party, body: StatementBody, which: 0 | 1 = 0) =>
    write(party.id, [party.officers[which]], body)
  const byBroker = (body: StatementBody, header?: Header) => write('broker', [broker], body, header)
  const byCoordinator = (body: StatementBody, header?: Header) => write('coordinator', [coordinator], body, header)

  const roster = () => byBroker({ kind: 'roster', document })
  const acceptance = { kind: 'roster-acceptance', rosterHash } as const
  const accept = (party: Party) => write(party.id, [party.officers[0], party.node, party.witness], acceptance)

  /** A roster that follows the one in force, with these parties. */
  function successor(members: readonly Party[], change: Partial<RosterDocument> = {}): RosterDocument {
    const current = record.state.roster
    if (current === undefined) throw new Error('no roster')
    return {
      ...current.document,
      version: current.document.version + 1,
      prev: current.hash,
      parties: members.map(rosterParty),
      quorum: quorumOf(members.length),
      threshold: Math.floor(members.length / 2) + 1,
      ...change,
    }
  }
  const putForward = (next: RosterDocument) => byBroker({ kind: 'roster', document: next })
  const acceptanceOf = (next: RosterDocument) =>
    ({ kind: 'roster-acceptance', rosterHash: documentHash('roster', next) }) as const
  /** With its first officer, its node, its witness, and whatever keys more. */
  const acceptNext = (next: RosterDocument, party: Party, ...more: SigningKey[]) =>
    write(party.id, [party.officers[0], party.node, party.witness, ...more], acceptanceOf(next))

  function propose(change: Partial<AgreementDocument> = {}): AgreementId {
    const proposed = agreementDocument(change)
    byCoordinator({ kind: 'agreement', document: proposed })
    return documentHash('agreement', proposed) as AgreementId
  }
  const approve = (agreement: AgreementId, party: Party, which: 0 | 1 = 0) =>
    byOfficer(party, { kind: 'agreement-approval', agreement, decision: 'approved', reason: null }, which)

  const isJoint = (agreement: AgreementId) =>
    record.state.agreements.get(agreement)?.document.pseudonymMode === 'joint-oprf'

  const saltBodies = {
    commit: (agreement: AgreementId, party: Party, epoch = 1) =>
      ({
        kind: 'salt-commit',
        agreement,
        epoch,
        party: party.id,
        suite: 'xwing-xchacha20poly1305',
        kemPublicKey: 'ab',
        commit: hex(32, 'c'),
      }) as const,
    reveal: (agreement: AgreementId, to: Party, epoch = 1) =>
      ({
        kind: 'salt-reveal',
        agreement,
        epoch,
        transcript: hex(32, 'd'),
        to: to.id,
        ct: 'ab',
        nonce: 'ab',
        box: 'ab',
        shareCommitment: isJoint(agreement) ? hex(32, '9') : '',
      }) as const,
    confirm: (agreement: AgreementId, party: Party, epoch = 1) =>
      ({
        kind: 'salt-confirm',
        agreement,
        epoch,
        transcript: hex(32, 'd'),
        party: party.id,
        tag: hex(32, 'e'),
      }) as const,
    abort: (agreement: AgreementId, party: Party, epoch = 1): StatementBody<'salt-abort'> => ({
      kind: 'salt-abort',
      agreement,
      epoch,
      party: party.id,
      reason: 'waited-too-long',
      waitingFor: [],
    }),
    complaint: (agreement: AgreementId, party: Party, accused: Party, epoch = 1) =>
      ({
        kind: 'salt-complaint',
        agreement,
        epoch,
        transcript: hex(32, 'd'),
        party: party.id,
        accused: accused.id,
        kemSecretKey: 'ab',
      }) as const,
  }
  const oprfBodies = {
    batch: (agreement: AgreementId, to: Party, change: Record<string, unknown> = {}) =>
      ({
        kind: 'oprf-batch',
        agreement,
        epoch: 1,
        to: to.id,
        count: 100,
        sha256: hex(32, '5'),
        ...change,
      }) as StatementBody<'oprf-batch'>,
    evaluation: (agreement: AgreementId, to: Party, batch: string, change: Record<string, unknown> = {}) =>
      ({
        kind: 'oprf-evaluation',
        agreement,
        epoch: 1,
        to: to.id,
        batch,
        count: 100,
        sha256: hex(32, '6'),
        ...change,
      }) as StatementBody<'oprf-evaluation'>,
    refusal: (agreement: AgreementId, to: Party, batch: string) =>
      ({
        kind: 'oprf-refusal',
        agreement,
        epoch: 1,
        to: to.id,
        batch,
        code: 'budget_spent',
      }) as StatementBody<'oprf-refusal'>,
    alarm: (agreement: AgreementId, accused: Party, batch: string) =>
      ({
        kind: 'oprf-alarm',
        agreement,
        epoch: 1,
        batch,
        accused: accused.id,
        code: 'canary_differs',
      }) as StatementBody<'oprf-alarm'>,
  }
  function ceremony(agreement: AgreementId, epoch = 1): void {
    for (const party of parties) byNode(party, saltBodies.commit(agreement, party, epoch))
    for (const from of parties)
      for (const to of parties) if (from !== to) byNode(from, saltBodies.reveal(agreement, to, epoch))
    for (const party of parties) byNode(party, saltBodies.confirm(agreement, party, epoch))
  }

  function extractBody(agreement: AgreementId, party: Party, change: Record<string, unknown> = {}) {
    const isRecords = party.id === 'politie'
    const column = (name: string, table: string, type: string) => ({
      name,
      table,
      type,
      slots: 1,
      bytes: 10,
      ciphertextSha256: hex(32, '1'),
      keyCommitment: hex(32, '2'),
    })
    const table = isRecords ? 'records' : 'subjects'
    return {
      kind: 'extract',
      extractId: extractIdOf(party),
      agreement,
      epoch: 1,
      party: party.id,
      dataset: `${party.id}.data`,
      period: '2026-01/2026-12',
      version: 1,
      replaces: null,
      subjects: 100,
      records: isRecords ? 300 : 0,
      rowsLeftOut: 0,
      columns: [
        column('token:B1', 'subjects', 'tokens'),
        column('present:B1', 'subjects', 'codes-8'),
        ...(isRecords ? [column('subject', 'records', 'subject-index')] : []),
        column(`${party.id}.kenmerk`, table, 'codes-8'),
      ],
      ...change,
    } as StatementBody<'extract'>
  }
  function requestBody(agreement: AgreementId, change: Record<string, unknown> = {}) {
    return {
      kind: 'request',
      requestId: requestIdOf(1),
      agreement,
      epoch: 1,
      question: 'q',
      extracts: parties.map((party) => ({
        extractId: extractIdOf(party),
        party: party.id,
        dataset: `${party.id}.data`,
        version: 1,
        columns: ['token:B1', 'present:B1', ...(party.id === 'politie' ? ['subject'] : []), `${party.id}.kenmerk`],
      })),
      ...change,
    } as StatementBody<'request'>
  }
  const approveRequest = (requestHash: string, which: 0 | 1) =>
    byOfficer(zorg, { kind: 'request-approval', requestHash, decision: 'approved', reason: null }, which)
  const inMinutes = (minutes: number) => ({ notAfter: new Date(at + minutes * minute).toISOString() })
  const jobBody = (requestHash: string) => ({ kind: 'job', requestHash, jobKemPublicKey: 'ab' }) as const
  const releaseBody = (requestHash: string, jobHash: string, party: Party, change: Record<string, unknown> = {}) =>
    ({
      kind: 'key-release',
      requestHash,
      jobHash,
      extractId: extractIdOf(party),
      columns: ['token:B1', 'present:B1', ...(party.id === 'politie' ? ['subject'] : []), `${party.id}.kenmerk`],
      ct: 'ab',
      nonce: 'ab',
      box: 'ab',
      ...change,
    }) as StatementBody<'key-release'>

  /** The story up to a point; each step contains the ones before it. */
  const until = {
    roster,
    accepted() {
      roster()
      for (const party of parties) accept(party)
    },
    active(change: Partial<AgreementDocument> = {}): AgreementId {
      until.accepted()
      const agreement = propose(change)
      for (const party of parties) approve(agreement, party)
      return agreement
    },
    keyed(change: Partial<AgreementDocument> = {}): AgreementId {
      const agreement = until.active(change)
      ceremony(agreement)
      return agreement
    },
    delivered(): AgreementId {
      const agreement = until.keyed()
      for (const party of parties) byNode(party, extractBody(agreement, party))
      return agreement
    },
    requested() {
      const agreement = until.delivered()
      return { agreement, requestHash: byCoordinator(requestBody(agreement), inMinutes(600)).hash }
    },
    jobbed() {
      const requested = until.requested()
      approveRequest(requested.requestHash, 0)
      approveRequest(requested.requestHash, 1)
      return { ...requested, jobHash: byBroker(jobBody(requested.requestHash), inMinutes(30)).hash }
    },
    released() {
      const jobbed = until.jobbed()
      for (const party of parties) byNode(party, releaseBody(jobbed.requestHash, jobbed.jobHash, party))
      return jobbed
    },
  }
  return {
    record,
    envelopes,
    rosterHash,
    acceptance,
    until,
    sign,
    write,
    refuses,
    byNode,
    byOfficer,
    byBroker,
    byCoordinator,
    accept,
    successor,
    putForward,
    acceptanceOf,
    acceptNext,
    propose,
    approve,
    ceremony,
    saltBodies,
    oprfBodies,
    extractBody,
    requestBody,
    approveRequest,
    jobBody,
    releaseBody,
    inMinutes,
    now: () => at,
    wait(ms: number) {
      at += ms
    },
  }
}
