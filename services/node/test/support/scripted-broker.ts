/**
 * A broker in the test's own process: real HTTPS, real verification through the lab's record, and handles to make it
 * withhold, forge, roll back and stop. It keeps its log over a restart.
 */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import {
  type EnrolmentRequest,
  type Invitation,
  invitation as invitationSchema,
  type KeyId,
  type LabId,
  type PartyId,
  type ProblemCode,
  problemFor,
  type RosterDocument,
  type StatementBody,
  type StatementEnvelope,
} from '@kruispunt/contracts'
import { generateSigningSeed, randomHex, type SigningKey, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import { createLabRecord, LabRecordError, logIdentityOf, quorumRuleOf } from '@kruispunt/lab-record'
import { documentHash, nextHeader, signStatement } from '@kruispunt/statements'
import {
  formatCheckpoint,
  mergeCosignatures,
  quorumOf,
  signCheckpoint,
  verifyQuorum,
} from '@kruispunt/transparency-log'
import { testAuthority } from './certificates.ts'

export const newKey = (): SigningKey => signingKeyFromSeed(generateSigningSeed())
const publicPart = (key: SigningKey) => ({ keyId: key.keyId as KeyId, publicKey: toHex(key.publicKey) })
const brokerName = 'schakelpunt.test'
const lab = 'zorg-en-overlast' as LabId

type Answer = { status: number; body: unknown; bytes?: Buffer }
const ok = (body: unknown): Answer => ({ status: 200, body })
const refuse = (code: ProblemCode): Answer => ({ status: problemFor(code).status, body: problemFor(code) })

export type ScriptedBroker = Awaited<ReturnType<typeof startScriptedBroker>>

export async function startScriptedBroker() {
  const authority = testAuthority('Kruispunt CA test')
  const server = authority.server()
  const [brokerKey, logKey, coordinator] = [newKey(), newKey(), newKey()]
  const invitations = new Map<string, Invitation>()
  const enrolments = new Map<string, { request: EnrolmentRequest; certificate: string }>()
  const columns = new Map<string, { bytes: number; sha256: string }>()
  const elements = new Map<string, Buffer>()
  const entries: StatementEnvelope[] = []
  const notes = new Map<number, string>()
  let record = createLabRecord({ lab, brokerPublicKey: toHex(brokerKey.publicKey) })
  let waiting: (() => void)[] = []
  let https: Server | undefined
  let port = 0
  const sockets = new Set<Socket>()

  /** What the test can make the broker do. */
  const script = {
    /** Refuses a statement before it is looked at; undefined: judge it. */
    refuse: undefined as ((envelope: StatementEnvelope) => ProblemCode | undefined) | undefined,
    /** Changes an answer on its way out. */
    tamper: undefined as ((path: string, answer: Answer) => Answer) | undefined,
    /** Called after a statement is on record and before it is answered. */
    afterRecord: undefined as ((envelope: StatementEnvelope) => void) | undefined,
    requests: [] as string[],
    cosignatures: 0,
  }

  function append(envelope: StatementEnvelope, at = Date.now()): number {
    const { recorded, commit } = record.check(envelope, at)
    entries.push(envelope)
    commit()
    for (const wake of waiting) wake()
    waiting = []
    return recorded.index
  }

  const roster = () => record.state.roster
  /** Signs for the broker or the coordinator. */
  function sign(
    from: 'broker' | 'coordinator',
    body: StatementBody,
    options: { notAfter?: string | null; key?: SigningKey; roster?: string; issuedAt?: string } = {},
  ): StatementEnvelope {
    const key = options.key ?? (from === 'broker' ? brokerKey : coordinator)
    const header = {
      v: 1,
      lab,
      from,
      keyId: key.keyId,
      ...nextHeader(record.state.heads.get(key.keyId as KeyId)),
      issuedAt: options.issuedAt ?? new Date().toISOString(),
      notAfter: options.notAfter ?? null,
      roster: options.roster ?? roster()?.hash,
      seen: null,
    }
    return signStatement({ ...header, ...body }, key) as StatementEnvelope
  }

  function currentNote(): string {
    const { size } = record.tree
    const { origin, logKeyName } = logIdentityOf(brokerName, lab, toHex(logKey.publicKey))
    const note =
      notes.get(size) ??
      signCheckpoint(formatCheckpoint({ origin, size, root: record.tree.root() }), logKeyName, logKey)
    notes.set(size, note)
    return note
  }

  function quorumNote(): string | null {
    const document = roster()?.document
    if (document === undefined) return null
    for (const [, note] of [...notes].sort(([a], [b]) => b - a)) {
      try {
        verifyQuorum(note, quorumRuleOf(document))
        return note
      } catch {}
    }
    return null
  }

  function submit(envelope: StatementEnvelope): Answer {
    const scripted = script.refuse?.(envelope)
    if (scripted !== undefined) return refuse(scripted)
    const at = entries.findIndex((known) => JSON.stringify(known) === JSON.stringify(envelope))
    if (at !== -1) return ok({ index: at, size: entries.length, existing: true })
    try {
      const index = append(envelope)
      script.afterRecord?.(envelope)
      return ok({ index, size: entries.length, existing: false })
    } catch (error) {
      if (!(error instanceof LabRecordError)) throw error
      return refuse(
        error.code in { seen_conflict: 1, roster_invalid: 1, agreement_exists: 1 }
          ? 'conflict'
          : (error.code as ProblemCode),
      )
    }
  }

  function enrol(request: EnrolmentRequest): Answer {
    const invited = invitations.get(request.token)
    if (invited?.party !== request.party) return refuse('invitation_invalid')
    const known = enrolments.get(request.party)
    if (known !== undefined)
      return known.request.nodeKey.keyId === request.nodeKey.keyId
        ? ok({ certificate: known.certificate })
        : refuse('invitation_invalid')
    const certificate = authority.client(request.certificateRequest)
    enrolments.set(request.party, { request, certificate })
    return ok({ certificate })
  }

  async function answer(method: string, url: URL, party: string | undefined, body: Buffer): Promise<Answer> {
    const json = () => JSON.parse(body.toString('utf8')) as Record<string, unknown>
    if (url.pathname === '/v1/enrolments') return enrol(json() as unknown as EnrolmentRequest)
    if (party === undefined) return refuse('unauthenticated')
    const rest = url.pathname.slice(`/v1/labs/${lab}/`.length)
    if (rest === 'statements') return submit(json().envelope as StatementEnvelope)
    if (rest === 'log/checkpoints') return ok({ latest: currentNote(), quorum: quorumNote() })
    if (rest === 'log/cosignatures') {
      const note = String(json().note)
      const line = note.split('\n').find((one) => one.startsWith(`\u2014 ${brokerName}/${lab}/${party} `))
      const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
      const size = Number(text.split('\n')[1])
      const stored = notes.get(size)
      if (line === undefined || stored === undefined || !stored.startsWith(text)) return refuse('checkpoint_conflict')
      notes.set(size, mergeCosignatures(stored, [`${line}\n`]))
      script.cosignatures += 1
      return ok({})
    }
    if (rest === 'log/entries') {
      const from = Number(url.searchParams.get('from'))
      const waitMs = Number(url.searchParams.get('waitMs'))
      if (from >= entries.length && waitMs > 0)
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
          setTimeout(resolve, waitMs)
        })
      const found = entries.slice(from).map((envelope, at) => ({ index: from + at, envelope }))
      return ok({ entries: found, size: entries.length })
    }
    const own = /^elements\/([0-9a-f]{64})$/.exec(rest)
    if (own !== null && method === 'PUT') {
      elements.set(`${party}/${own[1]}`, body)
      return ok({ bytes: body.length, sha256: own[1], existing: false })
    }
    const sent = /^elements\/(.+\/[0-9a-f]{64})$/.exec(rest)?.[1]
    if (sent !== undefined) {
      const found = elements.get(sent)
      if (found === undefined) return refuse('not_found')
      if (method === 'DELETE') elements.delete(sent)
      return method === 'DELETE' ? ok({ dropped: true }) : { status: 200, body: null, bytes: found }
    }
    const column = /^extracts\/([0-9a-f]{32})\/columns\/([^/]+)$/.exec(rest)
    if (column !== null && method === 'PUT') {
      const name = `${column[1]}/${decodeURIComponent(column[2] ?? '')}`
      const receipt = { bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') }
      const existing = columns.has(name)
      columns.set(name, receipt)
      return ok({ ...receipt, existing })
    }
    return refuse('not_found')
  }

  async function listen(): Promise<void> {
    https = createServer(
      { ...server, ca: authority.certificate, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', async () => {
          const url = new URL(request.url ?? '/', 'https://localhost')
          script.requests.push(`${request.method} ${url.pathname}`)
          const socket = request.socket as TLSSocket
          const subject = socket.authorized ? socket.getPeerCertificate().subject : undefined
          const party = subject?.CN === undefined ? undefined : String(subject.CN)
          const plain = await answer(request.method ?? '', url, party, Buffer.concat(chunks))
          const { status, body, bytes } = script.tamper?.(url.pathname, plain) ?? plain
          const type = bytes === undefined ? 'application/json' : 'application/octet-stream'
          response.writeHead(status, { 'content-type': type }).end(bytes ?? JSON.stringify(body))
        })
      },
    )
    https.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => https?.listen(port, '127.0.0.1', resolve))
    port = (https.address() as AddressInfo).port
  }

  async function stop(): Promise<void> {
    for (const wake of waiting) wake()
    waiting = []
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => https?.close(() => resolve()))
  }

  await listen()
  return {
    lab,
    script,
    entries,
    brokerKey,
    logKey,
    coordinator,
    authority,
    columns,
    elements,
    state: () => record.state,
    append,
    sign,
    quorumNote,
    notes,
    stop,
    start: listen,
    /** Puts another log in place of this one: the first `keep` entries, then whatever the test appends. */
    rewind(keep: number): void {
      const kept = entries.splice(0).slice(0, keep)
      notes.clear()
      record = createLabRecord({ lab, brokerPublicKey: toHex(brokerKey.publicKey) })
      for (const envelope of kept) {
        record.check(envelope).commit()
        entries.push(envelope)
      }
    },
    invite(party: string, changes: Partial<Invitation> = {}): Invitation {
      const made = invitationSchema.parse({
        v: 1,
        kind: 'kruispunt-invitation',
        brokerUrl: `https://127.0.0.1:${port}`,
        brokerName,
        caCertificate: authority.certificate,
        lab,
        labTitle: 'Zorg en overlast',
        party: party as PartyId,
        partyName: party,
        token: randomHex(32),
        brokerKey: publicPart(brokerKey),
        logKey: publicPart(logKey),
        expires: new Date(Date.now() + 86_400_000).toISOString(),
        ...changes,
      })
      invitations.set(made.token, made)
      return made
    },
    /** Puts the roster of everybody enrolled in the log. */
    putRoster(change: (document: RosterDocument) => RosterDocument = (document) => document): void {
      const parties = [...enrolments].map(([id, { request }]) => ({
        id: id as PartyId,
        name: id,
        nodeKey: request.nodeKey,
        witnessKey: request.witnessKey,
        officers: request.officers,
      }))
      const document = change({
        v: 1,
        kind: 'roster-document',
        lab,
        version: 1,
        prev: null,
        parties,
        coordinators: [{ ...publicPart(coordinator), kind: 'ed25519' }],
        broker: { name: brokerName, brokerKey: publicPart(brokerKey), logKey: publicPart(logKey) },
        quorum: quorumOf(parties.length),
        threshold: Math.floor(parties.length / 2) + 1,
        expires: new Date(Date.now() + 365 * 86_400_000).toISOString(),
      })
      append(sign('broker', { kind: 'roster', document }, { roster: documentHash('roster', document) }))
    },
  }
}
