/** A whole lab in memory: real keys, real statements, a real record, real ciphertext; only the network is left out. */
import {
  type CrossTabAnswer,
  type CrossTabRequest,
  crossTabAnswer,
  type ExtractId,
  jobView,
  type LabId,
  type PartyId,
  type RequestId,
  type StatementBody,
  type StatementEnvelope,
} from '@kruispunt/contracts'
import { cryptoReady, fromHex, randomHex, type SigningKey, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import { sealKeyRelease } from '@kruispunt/extracts'
import { agreedColumns, createLabRecord, type Recorded } from '@kruispunt/lab-record'
import { documentHash, nextHeader, signStatement } from '@kruispunt/statements'
import { openStore, type Store } from '../../../src/db/open.ts'
import { createJobs } from '../../../src/jobs/jobs.ts'
import { createSqliteLedger } from '../../../src/jobs/sqlite-ledger.ts'
import type { JobService, JobsDeps } from '../../../src/jobs/types.ts'
import { type ChangeColumn, type Sealed, sealDelivery } from './deliveries.ts'
import { makePeople, type Person } from './people.ts'
import { type AgreementChanges, type PartyName, parties, smallAgreement } from './small-agreement.ts'

const key = (fill: number): SigningKey => signingKeyFromSeed(new Uint8Array(32).fill(fill))
const lab = 'proef' as LabId

export type SmallLab = Awaited<ReturnType<typeof createSmallLab>>
type Columns = Partial<Record<string, readonly string[]>>

/** @param options.store - migrated and closed by this lab; in memory if absent */
export async function createSmallLab(
  options: { people?: readonly Person[]; agreement?: AgreementChanges; store?: Store } = {},
) {
  await cryptoReady()
  const people = options.people ?? makePeople(1500)
  let clock = Date.parse('2026-01-05T10:00:00.000Z')
  const brokerKey = key(1)
  const coordinator = key(3)
  const keysOf = (party: PartyName) => {
    const base = 10 * (parties.indexOf(party) + 1)
    return { node: key(base), witness: key(base + 1), officer: key(base + 2) }
  }
  const record = createLabRecord({ lab, brokerPublicKey: toHex(brokerKey.publicKey) })
  const logged: Recorded[] = []
  const listeners = new Set<(recorded: Recorded) => void>()
  let roster = ''

  const say = (from: string, keys: readonly SigningKey[], body: object, notAfter: string | null = null): Recorded => {
    const [signer] = keys as [SigningKey]
    const header = {
      v: 1,
      lab,
      from,
      keyId: signer.keyId,
      ...nextHeader(record.state.heads.get(signer.keyId as never)),
      issuedAt: new Date(clock).toISOString(),
      notAfter,
      roster,
      seen: null,
    }
    const { recorded, commit } = record.check(
      signStatement({ ...header, ...body }, ...keys) as StatementEnvelope,
      clock,
    )
    commit()
    logged.push(recorded)
    for (const listener of listeners) listener(recorded)
    return recorded
  }

  const shown = (signing: SigningKey) => ({ keyId: signing.keyId, publicKey: toHex(signing.publicKey) })
  const logKey = key(2)
  const document = {
    v: 1,
    kind: 'roster-document',
    lab,
    version: 1,
    prev: null,
    parties: parties.map((id) => ({
      id,
      name: `Partner ${id}`,
      nodeKey: shown(keysOf(id).node),
      witnessKey: shown(keysOf(id).witness),
      officers: [{ ...shown(keysOf(id).officer), role: 'privacy-officer' }],
    })),
    coordinators: [{ ...shown(coordinator), kind: 'ed25519' }],
    broker: { name: 'broker.test', brokerKey: shown(brokerKey), logKey: shown(logKey) },
    quorum: 3,
    threshold: 2,
    expires: '2030-01-01T00:00:00.000Z',
  }
  roster = documentHash('roster', document)
  say('broker', [brokerKey], { kind: 'roster', document })
  for (const party of parties) {
    const { officer, node, witness } = keysOf(party)
    say(party, [officer, node, witness], { kind: 'roster-acceptance', rosterHash: roster })
  }
  const agreement = smallAgreement(lab, new Date(clock), options.agreement)
  say('coordinator', [coordinator], { kind: 'agreement', document: agreement })
  const agreementId = documentHash('agreement', agreement) as StatementBody<'extract'>['agreement']
  for (const party of parties)
    say(party, [keysOf(party).officer], {
      kind: 'agreement-approval',
      agreement: agreementId,
      decision: 'approved',
      reason: null,
    })
  // The log cannot see into a ceremony, only that its messages came in order.
  const digest = '0'.repeat(64)
  const inCeremony = { agreement: agreementId, epoch: 1 }
  for (const party of parties)
    say(party, [keysOf(party).node], {
      kind: 'salt-commit',
      ...inCeremony,
      party,
      suite: 'xwing-xchacha20poly1305',
      kemPublicKey: '00',
      commit: digest,
    })
  for (const party of parties)
    for (const to of parties.filter((other) => other !== party))
      say(party, [keysOf(party).node], {
        kind: 'salt-reveal',
        ...inCeremony,
        transcript: digest,
        to,
        ct: '00',
        nonce: '00',
        box: '00',
        shareCommitment: '',
      })
  for (const party of parties)
    say(party, [keysOf(party).node], { kind: 'salt-confirm', ...inCeremony, transcript: digest, party, tag: digest })

  const sealed = new Map<ExtractId, Sealed>()
  const deliver = (
    datasetId: string,
    of: readonly Person[] = people,
    change?: ChangeColumn,
    declares?: readonly string[],
  ): Sealed => {
    const dataset = agreement.datasets.find(({ id }) => id === datasetId)
    if (!dataset) throw new Error('no such dataset')
    const earlier = [...sealed.values()].filter(
      ({ statement }) => statement.dataset === datasetId && statement.forRequest === undefined,
    )
    const replaces = earlier.at(-1)?.statement.extractId ?? null
    const version = { version: earlier.length + 1, replaces }
    const extractId = randomHex(16) as ExtractId
    const made = sealDelivery({ agreement, agreementId, dataset, people: of, extractId, version, change, declares })
    sealed.set(made.statement.extractId, made)
    say(dataset.party, [keysOf(dataset.party as PartyName | PartyId as PartyName).node], made.statement)
    return made
  }
  /** Of a dataset that stays at its node: the delivery there, which a statement only names. */
  const kept = new Map(agreement.datasets.map(({ id }) => [id as string, randomHex(16) as ExtractId]))
  const isSingle = (id: string) => agreement.datasets.find((one) => one.id === id)?.extractMode === 'per-request'
  for (const { id } of agreement.datasets) if (!isSingle(id)) deliver(id)
  const current = (dataset: string): Sealed => {
    const found = [...sealed.values()].findLast(
      ({ statement }) => statement.dataset === dataset && statement.forRequest === undefined,
    )
    if (!found) throw new Error('not delivered')
    return found
  }

  const store = options.store ?? openStore(':memory:')
  const deps: JobsDeps = {
    now: () => clock,
    labs: {
      list: () => [lab],
      record: () => record,
      appendBroker: async (_, body, more) => say('broker', [brokerKey], body, more?.notAfter ?? null),
    },
    columns: {
      async *read(extractId, column) {
        const bytes = sealed.get(extractId)?.ciphertexts.get(column)
        if (!bytes) throw new Error('no such column')
        for (let at = 0; at < bytes.length; at += 5000) yield bytes.slice(at, at + 5000)
      },
    },
    ledger: createSqliteLedger(store.sqlite),
    log: { info: () => undefined, error: () => undefined },
    ledgerSecret: new Uint8Array(32).fill(9),
  }
  let jobs: JobService = createJobs(deps)
  const connect = (service: JobService) => {
    jobs = service
    listeners.clear()
    listeners.add((recorded) => service.onRecorded(lab, recorded))
  }
  connect(jobs)

  const toBeMade = (id: string, columns: Columns | undefined) => {
    const dataset = agreement.datasets.find((one) => one.id === id)
    if (!dataset) throw new Error('no such dataset')
    const all = agreedColumns(dataset, agreement.linkage).map(({ name }) => name)
    const extractId = randomHex(16) as ExtractId
    return { extractId, party: dataset.party, dataset: id, version: 1, columns: columns?.[id] ?? all }
  }
  /** What the nodes make for a request, each of what it keeps or has delivered. */
  const makeFor = (requestHash: string, of: readonly Person[] = people) => {
    for (const asked of requestState(requestHash).recorded.statement.extracts) {
      const dataset = agreement.datasets.find(({ id }) => id === asked.dataset)
      if (!dataset) throw new Error('no such dataset')
      const version = { version: 1, replaces: null }
      const made = sealDelivery({ agreement, agreementId, dataset, people: of, extractId: asked.extractId, version })
      const source = isSingle(dataset.id) ? kept.get(dataset.id) : current(dataset.id).statement.extractId
      const columns = made.statement.columns.filter(({ name }) => asked.columns.includes(name))
      const { decoys: _none, ...rest } = made.statement
      const node = keysOf(dataset.party as PartyName | PartyId as PartyName).node
      if (!source) throw new Error('no source')
      const statement = { ...rest, columns, forRequest: { requestHash, source } }
      sealed.set(asked.extractId, { ...made, statement })
      say(dataset.party, [node], statement)
    }
  }

  /** @param columns - per dataset; all of it when left out; a dataset that is not named is not asked for */
  const request = (columns?: Columns): { requestId: RequestId; requestHash: string } => {
    const requestId = randomHex(16) as RequestId
    const named = columns ? Object.keys(columns) : agreement.datasets.map(({ id }) => id)
    const extracts = named.map((dataset) => {
      if (named.some(isSingle)) return toBeMade(dataset, columns)
      const { extractId, party, version, columns: all } = current(dataset).statement
      return { extractId, party, dataset, version, columns: columns?.[dataset] ?? all.map(({ name }) => name) }
    })
    const body = { kind: 'request', requestId, agreement: agreementId, epoch: 1, question: 'proef', extracts }
    return { requestId, requestHash: say('coordinator', [coordinator], body).hash }
  }
  const settled = async (check: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 500 && !check(); turn++) await new Promise((done) => setTimeout(done, 10))
    if (!check()) throw new Error('nothing happened')
  }
  const requestState = (requestHash: string) => {
    const found = record.state.requests.get(requestHash)
    if (!found) throw new Error('no such request')
    return found
  }
  /** A node's release; `change` lets a test play a party that sends something else. */
  const release = async (
    requestHash: string,
    dataset: string,
    change: (keys: Map<string, Uint8Array>) => void = () => undefined,
  ) => {
    await settled(() => requestState(requestHash).job !== undefined)
    const { job, recorded } = requestState(requestHash)
    const asked = recorded.statement.extracts.find((extract) => extract.dataset === dataset)
    const made = asked && sealed.get(asked.extractId)
    if (!job || !asked || !made) throw new Error('nothing to release')
    const keys = new Map(
      asked.columns.map((column) => [column as string, (made.keys.get(column) as Uint8Array).slice()]),
    )
    change(keys)
    const box = sealKeyRelease({
      requestHash,
      jobHash: job.hash,
      jobKemPublicKey: fromHex(job.statement.jobKemPublicKey),
      columnKeys: [...keys].map(([column, bytes]) => ({ column, key: bytes })),
    })
    const body = {
      kind: 'key-release',
      requestHash,
      jobHash: job.hash,
      extractId: asked.extractId,
      columns: asked.columns,
      ct: toHex(box.ciphertext),
      nonce: toHex(box.nonce),
      box: toHex(box.box),
    }
    return say(asked.party, [keysOf(asked.party as string as PartyName).node], body)
  }
  const stateIs = (requestId: RequestId, ...states: string[]) =>
    settled(() => states.includes(jobView.parse(jobs.view(lab, requestId)).state))
  const openJob = async (columns?: Columns) => {
    const made = request(columns)
    const { extracts } = requestState(made.requestHash).recorded.statement
    if (extracts.some(({ dataset }) => isSingle(dataset))) makeFor(made.requestHash)
    for (const { dataset } of requestState(made.requestHash).recorded.statement.extracts)
      await release(made.requestHash, dataset)
    await stateIs(made.requestId, 'open', 'failed', 'closed')
    return made
  }

  return {
    lab,
    people,
    agreement,
    deps,
    record,
    logged,
    sealed,
    say,
    keysOf,
    deliver,
    current,
    request,
    requestState,
    release,
    makeFor,
    kept,
    openJob,
    stateIs,
    settled,
    connect,
    jobs: () => jobs,
    view: (requestId: RequestId) => jobView.parse(jobs.view(lab, requestId)),
    ask: async (requestId: RequestId, question: CrossTabRequest): Promise<CrossTabAnswer> =>
      crossTabAnswer.parse(await jobs.ask(lab, requestId, question)),
    pass: (ms: number) => {
      clock += ms
    },
    finish: async () => {
      await jobs.stop()
      store.close()
    },
  }
}
