/**
 * A small lab under attack: partners' nodes and the broker as processes of their own, a relay between them that does what a
 * hostile broker could, and every key of the broker and of the partners in the hands of the test.
 * @module
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AgreementDocument,
  type AgreementId,
  type Invitation,
  type LabId,
  logEntries,
  type PartyId,
  type StatementEnvelope,
} from '@kruispunt/contracts'
import { cryptoReady, generateSigningSeed, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import { createLabRecord, type LabRecord } from '@kruispunt/lab-record'
import { documentHash } from '@kruispunt/statements'
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
import { until } from '../processes.ts'
import { createAsking } from './asking.ts'
import { createForgedLog } from './forged-log.ts'
import { createForger, keysIn, type PartyKeys } from './hostile-party.ts'
import { type LabNode, nodeProcess, officer, passphraseOf } from './lab-node.ts'
import { citizenNumbers, fileOf } from './people.ts'
import { type Relay, startRelay } from './relay.ts'
import { endService, type Service, startService } from './service.ts'

const lab = 'aanval' as LabId
const brokerName = 'schakelpunt.aanval'

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
  const startBroker = async (
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
    program = 'broker',
  ) => {
    broker = await startService(program, { ...brokerEnv, ...env }, args)
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
    await endService(broker, 'SIGKILL')
    await relay?.stop()
    rmSync(root, { recursive: true, force: true })
  }

  const folders = ['broker', ...parties]
  const saved = (name: string) => join(root, 'saved', name)
  const halt = async () => {
    await Promise.all([...nodes.values()].map((each) => each.stop()))
    await endService(broker, 'SIGKILL')
  }
  const resume = async () => {
    await startBroker()
    await Promise.all([...nodes.values()].map((each) => each.start()))
  }

  const asking = createAsking({ coordinator, agreement })

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
      stop: (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') => endService(broker, signal),
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
    ...asking,
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
