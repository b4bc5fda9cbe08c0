/**
 * A small lab under attack: partners' nodes and the broker as processes of their own, a relay between them that does what a
 * hostile broker could, and every key of the broker and of the partners in the hands of the test.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import {
  type AgreementDocument,
  type AgreementId,
  crossTabAnswer,
  type Invitation,
  type JobView,
  jobView,
  type LabId,
  logEntries,
  type PartyId,
  type StatementEnvelope,
} from '@kruispunt/contracts'
import { cryptoReady, generateSigningSeed, randomHex, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import { createLabRecord, currentExtracts, type LabRecord, usableCeremony } from '@kruispunt/lab-record'
import { documentHash } from '@kruispunt/statements'
import { request } from 'undici'
import { issueServerCertificate } from '../../../../services/broker/src/certificates/authority.ts'
import { type CoordinatorClient, signIn } from '../../../../services/broker/src/cli/coordinator-client.ts'
import { readConfig } from '../../../../services/broker/src/config.ts'
import { openStore } from '../../../../services/broker/src/db/open.ts'
import { createLab, inviteParty } from '../../../../services/broker/src/enrolment/labs.ts'
import { putRoster } from '../../../../services/broker/src/enrolment/put-roster.ts'
import { type BrokerKeys, createKeys, publicPart, readKeys } from '../../../../services/broker/src/keys/key-store.ts'
import { createLabLogs } from '../../../../services/broker/src/log/lab-logs.ts'
import { enrol } from '../../../../services/node/src/enrolment.ts'
import { initialise, openFolder } from '../../../../services/node/src/open-folder.ts'
import { testAgreement } from '../../../../services/node/test/support/agreement.ts'
import { environment, programs, until } from '../processes.ts'
import { createForgedLog } from './forged-log.ts'
import { createForger, keysIn, type PartyKeys } from './hostile-party.ts'
import { citizenNumbers, fileOf } from './people.ts'
import { type Relay, startRelay } from './relay.ts'

const lab = 'aanval' as LabId
const officer = 'privacy'
const brokerName = 'schakelpunt.aanval'
const passphraseOf = (party: string) => `wachtwoord van ${party}`
const clock = fileURLToPath(new URL('./shifted-clock.mjs', import.meta.url))

/** How far a lab is brought before the attack; each includes the ones before it. */
const stages = ['enrolled', 'roster', 'accepted', 'proposed', 'signed', 'keyed', 'delivered'] as const
type Stage = (typeof stages)[number]

export type LabOptions = {
  readonly upTo: Stage
  readonly parties?: readonly string[]
  /** What the agreement says otherwise than the one of the node's own tests. */
  readonly agreement?: (document: AgreementDocument) => Partial<AgreementDocument>
  /** The citizen numbers in a party's file. */
  readonly numbersOf?: (party: string, at: number) => readonly string[]
}

/** What a node's local interface answered. */
type LocalReply<T> = { readonly status: number; readonly body: T & { readonly code?: string } }
type Service = { readonly url: string; readonly child: ChildProcess; readonly output: () => string }

/** Starts a program that says in its first line of JSON where it listens. */
async function startService(
  program: keyof typeof programs,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Service> {
  const child = spawn(process.execPath, [...args, programs[program], '--json', 'serve'], {
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stderr?.on('data', (bytes: Buffer) => {
    output += bytes.toString()
  })
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    output += `${line}\n`
    const said = JSON.parse(line) as { url?: string; listening?: string }
    child.stdout?.resume()
    return { url: said.url ?? said.listening ?? '', child, output: () => output }
  }
  throw new Error(`${program} did not start: ${output}`)
}

async function end(service: Service | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (service === undefined || service.child.exitCode !== null || service.child.signalCode !== null) return
  const closed = new Promise((resolve) => service.child.once('close', resolve))
  service.child.kill(signal)
  // A process that was stopped does not hear anything but this.
  service.child.kill('SIGCONT')
  await closed
}

type Status = {
  readonly log: { readonly size: number; readonly quorumSize: number }
  readonly frozen: readonly { readonly reason: string }[]
  readonly outbox: readonly { readonly kind: string }[]
  readonly broker: { readonly state: string; readonly code: string | null; readonly brokerCode: string | null }
  readonly rosterShortCode: string | null
  readonly rosterAccepted: boolean
  readonly rosterVersion: number | null
  readonly takesPart: boolean
  readonly nextRosterShortCode: string | null
}
type Ceremony = {
  readonly agreement: string
  readonly epoch: number | null
  readonly status: string
  readonly keyUsable: boolean
  readonly trouble: string | null
  readonly abandonedBy: string | null
  readonly reason: string | null
}
type Delivery = { readonly extractId: string; readonly state: string; readonly keyPresent: boolean }

function nodeProcess(folder: string, party: string) {
  let service: Service | undefined
  const passphrase = passphraseOf(party)

  async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<LocalReply<T>> {
    const isFile = typeof body === 'string'
    const reply = await request(`${service?.url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${readFileSync(join(folder, 'api-token'), 'utf8').trim()}`,
        ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
      },
      body: body === undefined ? null : isFile ? body : JSON.stringify(body),
    })
    const text = await reply.body.text()
    return { status: reply.statusCode, body: text === '' ? {} : JSON.parse(text) }
  }
  const decide = <T>(path: string, body: object) => ask<T>('POST', path, { officer, passphrase, ...body })
  const good = async <T>(reply: Promise<LocalReply<T>>): Promise<T> => {
    const { status, body } = await reply
    if (status >= 300) throw new Error(`${party}: ${status} ${body.code}`)
    return body
  }

  return {
    party,
    folder,
    ask,
    /** With the officer's passphrase. */
    decide,
    /** @param env - `KRUISPUNT_TEST_CLOCK_SHIFT_MS` puts its clock wrong */
    async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
      const settings = {
        KRUISPUNT_NODE_FOLDER: folder,
        KRUISPUNT_NODE_PORT: '0',
        // Short, so that a node soon asks again after the test changed what it is told.
        KRUISPUNT_NODE_LONG_POLL_MS: '400',
        KRUISPUNT_NODE_LOG_LEVEL: 'info',
      }
      const args = env.KRUISPUNT_TEST_CLOCK_SHIFT_MS === undefined ? [] : ['--import', clock]
      service = await startService('node', { ...settings, ...env }, args)
    },
    stop: (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') => end(service, signal),
    isRunning: () => service !== undefined && service.child.exitCode === null && service.child.signalCode === null,
    process: () => service?.child,
    url: () => service?.url ?? '',
    /** What the process printed: its log. */
    output: () => service?.output() ?? '',
    status: () => good(ask<Status>('GET', '/status')),
    ceremonies: () => good(ask<Ceremony[]>('GET', '/ceremonies')),
    deliveries: async () => (await good(ask<{ deliveries: Delivery[] }>('GET', '/deliveries'))).deliveries,
    requests: () =>
      good(ask<{ hash: string; requestId: string; released: boolean; inTheWay: string | null }[]>('GET', '/requests')),
    /** The roster that was put forward: its code, as heard from the others, typed here. */
    acceptNext: async (as: { officer?: string; passphrase?: string } = {}) => {
      const shortCode = await until(`${party} sees the next roster`, async () => {
        const { body } = await ask<Status>('GET', '/status')
        return body.nextRosterShortCode ?? undefined
      })
      return good(decide<{ index: number | null }>('/roster/acceptances', { shortCode, ...as }))
    },
    acceptRoster: async () => {
      const shortCode = await until(`${party} sees the roster`, async () => {
        const { body } = await ask<Status>('GET', '/status')
        return body.rosterShortCode ?? undefined
      })
      await good(decide('/roster/acceptances', { shortCode }))
    },
    sign: async (agreement: string) => {
      const found = await until(`${party} sees the agreement`, async () => {
        const { body } = await ask<{ id: string; shortCode: string }[]>('GET', '/agreements')
        return body.find(({ id }) => id === agreement)
      })
      await good(decide(`/agreements/${agreement}/decisions`, { shortCode: found.shortCode, decision: 'approved' }))
    },
    /** Hands a file over, prepares it and, unless told otherwise, sends it. @returns the extract's id */
    deliver: async (csv: string, options: { agreement?: string; send?: boolean } = {}): Promise<string> => {
      const of = options.agreement === undefined ? '' : `?agreement=${options.agreement}`
      const { file, mapping } = await good(
        ask<{ file: string; mapping: { field: string; column: number | null }[] }>(
          'POST',
          `/deliveries/inspections${of}`,
          csv,
        ),
      )
      const { extractId } = await good(
        ask<Delivery>('POST', '/deliveries/preparations', {
          file,
          mapping: Object.fromEntries(mapping.map(({ field, column }) => [field, column])),
          ...(options.agreement === undefined ? {} : { agreement: options.agreement }),
        }),
      )
      if (options.send !== false) await good(ask('POST', `/deliveries/${extractId}/sendings`, {}))
      return extractId
    },
  }
}
export type LabNode = ReturnType<typeof nodeProcess>
export type AttackLab = Awaited<ReturnType<typeof startAttackLab>>

const usualParties = ['gemeente', 'politie', 'ggd'] as const

export async function startAttackLab(options: LabOptions) {
  await cryptoReady()
  const parties = options.parties ?? usualParties
  const root = mkdtempSync(join(tmpdir(), 'kruispunt-attack-'))
  const dataDir = join(root, 'broker')
  const config = readConfig({ KRUISPUNT_DATA_DIR: dataDir })
  const coordinatorKey = signingKeyFromSeed(generateSigningSeed())
  let broker: Service | undefined
  let relay: Relay | undefined
  let coordinating: Promise<CoordinatorClient> | undefined
  const nodes = new Map(parties.map((party) => [party, nodeProcess(join(root, party), party)]))
  const node = (party: string): LabNode => {
    const found = nodes.get(party)
    if (found === undefined) throw new Error(`no such partner: ${party}`)
    return found
  }

  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  await createKeys(dataDir, config.kekFile, brokerName, new Date())
  const keys: BrokerKeys = readKeys(dataDir, config.kekFile)
  const partyKeys = new Map<string, Promise<PartyKeys>>()
  /** Everything a partner has; a node that runs does not mind. */
  const keysOf = (party: string): Promise<PartyKeys> => {
    const known = partyKeys.get(party) ?? keysIn(node(party).folder, officer, passphraseOf(party))
    partyKeys.set(party, known)
    return known
  }

  const brokerEnv = { KRUISPUNT_DATA_DIR: dataDir, KRUISPUNT_PORT: '0', KRUISPUNT_LOG_LEVEL: 'info' }
  const startBroker = async (env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) => {
    broker = await startService('broker', { ...brokerEnv, ...env }, args)
    coordinating = undefined
  }
  const access = () => ({
    v: 1 as const,
    kind: 'kruispunt-lab-access' as const,
    brokerUrl: broker?.url ?? '',
    brokerName,
    caCertificate: keys.authority.certificatePem,
    lab,
    brokerKey: publicPart(keys.brokerKey),
    logKey: publicPart(keys.logKey),
  })
  const coordinator = (): Promise<CoordinatorClient> => {
    coordinating ??= signIn(access(), coordinatorKey, Date.now)
    return coordinating
  }
  const relayed = (): Relay => {
    if (relay === undefined) throw new Error('the relay does not run')
    return relay
  }

  /** The real broker's log, as its first party reads it. */
  async function entries(): Promise<StatementEnvelope[]> {
    const found: StatementEnvelope[] = []
    for (;;) {
      const { body, status } = await relayed().call(parties[0], 'GET', `log/entries?from=${found.length}`)
      if (status !== 200) throw new Error(`the log answers ${status}`)
      const page = logEntries.parse(JSON.parse(body.toString('utf8')))
      found.push(...page.entries.map(({ envelope }) => envelope))
      if (page.entries.length === 0 || found.length >= page.size) return found
    }
  }
  async function record(): Promise<LabRecord> {
    const made = createLabRecord({ lab, brokerPublicKey: toHex(keys.brokerKey.publicKey) })
    for (const envelope of await entries()) made.check(envelope).commit()
    return made
  }

  async function enrolAt(folder: string, party: string, invitation: Invitation): Promise<void> {
    const folderOptions = { folder, clock: Date.now, random: () => 0 }
    initialise(folderOptions)
    const opened = await openFolder(folderOptions)
    const who = [{ name: officer, role: 'privacy-officer' as const, passphrase: passphraseOf(party) }]
    try {
      await enrol({ ...opened, clock: Date.now, onDurableStep: () => undefined }, invitation, who)
    } finally {
      opened.store.close()
    }
  }

  /** Invites a partner into the lab that runs, enrols its node and starts it; the next roster is another matter. */
  async function joinLab(party: string): Promise<LabNode> {
    const store = openStore(config.databaseFile)
    const invited = { lab, party: party as PartyId, name: party, days: 1 }
    const invitation = inviteParty({ store, keys, publicUrl: relayed().url }, invited, Date.now())
    store.close()
    const joined = nodeProcess(join(root, party), party)
    nodes.set(party, joined)
    await enrolAt(joined.folder, party, invitation)
    await joined.start()
    return joined
  }

  async function invite(): Promise<void> {
    const store = openStore(config.databaseFile)
    createLab(store, { id: lab, title: 'Aanval', coordinatorKeys: [toHex(coordinatorKey.publicKey)] }, Date.now())
    const invitations = parties.map((party) =>
      inviteParty(
        { store, keys, publicUrl: relayed().url },
        { lab, party: party as PartyId, name: party, days: 1 },
        Date.now(),
      ),
    )
    store.close()
    await startBroker()
    for (const [at, party] of parties.entries()) {
      const { folder } = node(party)
      const invitation = invitations[at]
      if (invitation === undefined) throw new Error('no invitation')
      await enrolAt(folder, party, invitation)
    }
  }

  function fixRoster(change: Parameters<typeof putRoster>[3] = {}): string {
    const store = openStore(config.databaseFile)
    const nothing = () => undefined
    const logs = createLabLogs({ store, keys, now: Date.now, admit: nothing, onRecorded: nothing })
    try {
      return putRoster({ store, keys }, logs.get(lab), new Date(Date.now() + 365 * 86_400_000), change)
    } finally {
      store.close()
    }
  }

  const numbers = citizenNumbers(90)
  const numbersOf = options.numbersOf ?? ((_party, at) => numbers.slice(at * 10, at * 10 + 60))
  const documentWith = (changes: Partial<AgreementDocument> = {}): AgreementDocument => {
    const plain = testAgreement(lab, parties, { requestBudget: 100 })
    const own = { ...plain, ...options.agreement?.(plain) }
    return testAgreement(lab, parties, { ...own, ...changes })
  }
  const document = documentWith()
  const agreement = documentHash('agreement', document) as AgreementId

  const steps: Record<Stage, () => Promise<unknown>> = {
    enrolled: invite,
    roster: async () => {
      fixRoster()
      await Promise.all([...nodes.values()].map((each) => each.start()))
    },
    accepted: () => Promise.all([...nodes.values()].map((each) => each.acceptRoster())),
    proposed: async () => (await coordinator()).submit({ kind: 'agreement', document }),
    signed: () => Promise.all([...nodes.values()].map((each) => each.sign(agreement))),
    keyed: () => untilKeyed(agreement),
    delivered: () =>
      Promise.all(
        [...nodes.values()].map((each, at) => each.deliver(fileOf(numbersOf(each.party, at)), { agreement })),
      ),
  }

  const untilKeyed = (of: string) =>
    Promise.all(
      [...nodes.values()].map((each) =>
        until(`${each.party} has the joint key`, async () =>
          (await each.ceremonies()).find((found) => found.agreement === of && found.keyUsable),
        ),
      ),
    )

  async function stop(): Promise<void> {
    await Promise.all([...nodes.values()].map((each) => each.stop()))
    await end(broker, 'SIGKILL')
    await relay?.stop()
    rmSync(root, { recursive: true, force: true })
  }

  const folders = ['broker', ...parties]
  const saved = (name: string) => join(root, 'saved', name)
  const halt = async () => {
    await Promise.all([...nodes.values()].map((each) => each.stop()))
    await end(broker, 'SIGKILL')
  }
  const resume = async () => {
    await startBroker()
    await Promise.all([...nodes.values()].map((each) => each.start()))
  }

  const readJob = async (requestId: string): Promise<JobView> => {
    const { api, base } = await coordinator()
    return jobView.parse(await api.ask({ method: 'GET', path: `${base}/jobs/${requestId}` }))
  }

  const own = {
    lab,
    officer,
    passphraseOf,
    root,
    parties,
    document,
    agreement,
    documentWith,
    numbersOf,
    node,
    get nodes(): readonly LabNode[] {
      return [...nodes.values()]
    },
    /** A partner that comes in while the lab runs. */
    join: joinLab,
    /** The relay: rules, traffic, calls of one's own. */
    get relay(): Relay {
      return relayed()
    },
    /** All of the broker's keys: those of the authority, of its statements and of its checkpoints. */
    keys,
    coordinatorKey,
    coordinator,
    /** Puts another agreement forward. @returns its id */
    propose: async (changes: Partial<AgreementDocument>): Promise<AgreementId> => {
      const other = documentWith(changes)
      await (await coordinator()).submit({ kind: 'agreement', document: other })
      return documentHash('agreement', other) as AgreementId
    },
    keysOf,
    entries,
    record,
    fixRoster,
    untilKeyed,
    /** The real broker process and its folder. */
    broker: {
      dataDir,
      databaseFile: config.databaseFile,
      start: startBroker,
      stop: (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') => end(broker, signal),
      process: () => broker?.child,
      output: () => broker?.output() ?? '',
      url: () => broker?.url ?? '',
    },
    /** A log signed with the real log key that begins as the real one, or as it is told. */
    forgeLog: async (start?: number | readonly StatementEnvelope[]) =>
      createForgedLog(lab, keys, typeof start === 'object' ? start : (await entries()).slice(0, start)),
    /** Signs as any party with any of its keys; `submit` what it makes, or hide it in a forged log. */
    forger: async () =>
      createForger(
        lab,
        (
          (made) => () =>
            made.state
        )(await record()),
      ),
    /** Sends a statement to the real broker as this party's client. */
    submit: async (party: string, envelope: StatementEnvelope) => {
      const reply = await relayed().call(party, 'POST', 'statements', { envelope })
      return {
        status: reply.status,
        body: JSON.parse(reply.body.toString('utf8')) as { code?: string; index?: number },
      }
    },
    readJob,
    /** What a coordinator asks for: every column of every current delivery, unless it is changed. */
    requestBody: async (requestId = randomHex(16), of: AgreementId = agreement) => {
      const { state } = await (await coordinator()).readLog()
      const found = state.agreements.get(of)
      const extracts = currentExtracts(state, of).map(({ recorded: { statement } }) => ({
        extractId: statement.extractId,
        party: statement.party,
        dataset: statement.dataset,
        version: statement.version,
        columns: statement.columns.map(({ name }) => name),
      }))
      const epoch = (found && usableCeremony(found)?.epoch) ?? 1
      return { kind: 'request' as const, requestId, agreement: of, epoch, question: 'Een proef', extracts }
    },
    /** Asks for a job and waits until it is settled. */
    openJob: async (requestId = randomHex(16), of: AgreementId = agreement): Promise<JobView> => {
      const body = await own.requestBody(requestId, of)
      const notAfter = new Date(Date.now() + 20 * 3_600_000).toISOString()
      await (await coordinator()).submit(body as Parameters<CoordinatorClient['submit']>[0], { notAfter })
      return own.settled(requestId)
    },
    settled: (requestId: string): Promise<JobView> =>
      until('the job is settled', async () => {
        const view = await readJob(requestId)
        const settled = view.state !== 'waiting' && view.state !== 'opening'
        return settled || view.refusals.length > 0 ? view : undefined
      }),
    /** One cross-tab, or the code of its refusal. */
    table: async (requestId: string, rows: string, columns: string, filters: object[] = []) => {
      const { api, base } = await coordinator()
      const question = {
        table: 'bekendheid',
        rows: [{ dimension: rows }],
        columns: [{ dimension: columns }],
        filters,
      }
      const reply = await api.send({ method: 'POST', path: `${base}/jobs/${requestId}/cross-tabs`, json: question })
      const body = JSON.parse(reply.text)
      return reply.status === 200
        ? { answer: crossTabAnswer.parse(body), code: undefined }
        : { answer: undefined, code: String(body.code) }
    },
    /** Keeps all folders as they are at this very moment, as a crash would, so that many attacks begin at the same point. */
    save: async (name: string): Promise<void> => {
      const running = [broker, ...[...nodes.values()].map((each) => each.process())].flatMap((each) =>
        each === undefined ? [] : 'child' in each ? [each.child] : [each],
      )
      for (const child of running) child.kill('SIGSTOP')
      rmSync(saved(name), { recursive: true, force: true })
      for (const folder of folders) cpSync(join(root, folder), join(saved(name), folder), { recursive: true })
      for (const child of running) child.kill('SIGCONT')
    },
    /** Everything as it was when it was saved: folders, processes, an honest broker. */
    back: async (name: string): Promise<void> => {
      await halt()
      relayed().beHonest()
      for (const folder of folders) {
        rmSync(join(root, folder), { recursive: true, force: true })
        cpSync(join(saved(name), folder), join(root, folder), { recursive: true })
      }
      await resume()
    },
    /** A copy of a folder as it is now, processes stopped or not; gone when the lab ends. */
    copyOf: (folder: string, name: string): string => {
      const to = join(root, `copy-${name}`)
      cpSync(folder, to, { recursive: true })
      return to
    },
    write: (name: string, text: string): string => {
      const path = join(root, name)
      writeFileSync(path, text)
      return path
    },
    stop,
  }

  try {
    relay = await startRelay({
      lab,
      caCertificate: keys.authority.certificatePem,
      server: await issueServerCertificate(keys.authority, [], new Date()),
      upstream: () => broker?.url ?? '',
      identityOf: async (party) => {
        const { certificate, tlsKey } = await keysOf(party)
        return { certificate, key: tlsKey }
      },
    })
    for (const stage of stages.slice(0, stages.indexOf(options.upTo) + 1)) await steps[stage]()
    return own
  } catch (error) {
    const said = [broker?.output() ?? '', ...[...nodes.values()].map((each) => each.output())].join('\n')
    await stop()
    throw new Error(`the lab did not come up to ${options.upTo}: ${said.slice(-4000)}`, { cause: error })
  }
}
