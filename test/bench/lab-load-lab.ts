/**
 * One broker process and many nodes in this process, each with its own folder, database, keys, certificate and connection.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { AgreementDocument, AgreementId, LabId, PartyId } from '@kruispunt/contracts'
import { generateSigningSeed, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import { documentHash, shortCode } from '@kruispunt/statements'
import { type CoordinatorClient, signIn } from '../../services/broker/src/cli/coordinator-client.ts'
import { readConfig } from '../../services/broker/src/config.ts'
import { openStore } from '../../services/broker/src/db/open.ts'
import { createLab, inviteParty } from '../../services/broker/src/enrolment/labs.ts'
import { putRoster } from '../../services/broker/src/enrolment/put-roster.ts'
import { createKeys, publicPart, readKeys } from '../../services/broker/src/keys/key-store.ts'
import { createLabLogs } from '../../services/broker/src/log/lab-logs.ts'
import { confirmMapping, inspectFile } from '../../services/node/src/delivery/inspect.ts'
import { prepareExtract } from '../../services/node/src/delivery/prepare.ts'
import { sendExtract } from '../../services/node/src/delivery/send.ts'
import { enrol } from '../../services/node/src/enrolment.ts'
import { type KruispuntNode, openNode } from '../../services/node/src/node.ts'
import { initialise, openFolder } from '../../services/node/src/open-folder.ts'
import { testAgreement } from '../../services/node/test/support/agreement.ts'
import { environment, programs } from '../scenarios/support/processes.ts'

const lab = 'belasting' as LabId
const officer = 'privacy'
const passphrase = 'wachtwoord van iedereen'
const brokerName = 'schakelpunt.belasting'

export type LoadNode = {
  readonly party: string
  readonly node: KruispuntNode
  readonly identity: { readonly certificate: string; readonly key: string }
}
export type LoadLab = Awaited<ReturnType<typeof startLoadLab>>

/** Asks until there is an answer; a loaded machine takes its time. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, minutes = 40): Promise<void> {
  const end = Date.now() + minutes * 60_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${minutes} minutes: ${what}`)
    await pause(200)
  }
}

async function startBroker(env: Readonly<Record<string, string>>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [programs.broker, '--json', 'serve'], {
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    child.stdout?.resume()
    const said = JSON.parse(line) as { url?: string; listening?: string }
    return { child, url: said.url ?? said.listening ?? '' }
  }
  throw new Error('the broker did not start')
}

/** @param coordinators - one for each agreement: the statements of one key follow each other */
export async function startLoadLab(size: { readonly nodes: number; readonly coordinators: number }) {
  const root = mkdtempSync(join(tmpdir(), 'kruispunt-load-'))
  const dataDir = join(root, 'broker')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const config = readConfig({ KRUISPUNT_DATA_DIR: dataDir })
  await createKeys(dataDir, config.kekFile, brokerName, new Date())
  const keys = readKeys(dataDir, config.kekFile)
  const coordinatorKeys = Array.from({ length: size.coordinators }, () => signingKeyFromSeed(generateSigningSeed()))
  const parties = Array.from({ length: size.nodes }, (_, at) => `partner-${String(at + 1).padStart(2, '0')}`)
  // The nodes of one machine sign in at once; a real lab's come from as many addresses.
  const limits = { KRUISPUNT_LIMITS_SIGN_INS_PER_MINUTE: '120' }
  const { child, url } = await startBroker({
    KRUISPUNT_DATA_DIR: dataDir,
    KRUISPUNT_PORT: '0',
    KRUISPUNT_LOG_LEVEL: 'warn',
    ...limits,
  })
  const store = openStore(config.databaseFile)
  const shown = { id: lab, title: 'Belasting', coordinatorKeys: coordinatorKeys.map((key) => toHex(key.publicKey)) }
  createLab(store, shown, Date.now())
  const stop = new AbortController()
  const nodes: LoadNode[] = []

  async function join_(party: string): Promise<void> {
    const invited = { lab, party: party as PartyId, name: party, days: 1 }
    const invitation = inviteParty({ store, keys, publicUrl: url }, invited, Date.now())
    const options = { folder: join(root, party), clock: Date.now, random: Math.random }
    initialise(options)
    const opened = await openFolder(options)
    const who = [{ name: officer, role: 'privacy-officer' as const, passphrase }]
    await enrol({ ...opened, clock: Date.now, onDurableStep: () => undefined }, invitation, who)
    const certificate = opened.settings.get('certificate') ?? ''
    const key = opened.keyStore.readText('tls-key') ?? ''
    opened.store.close()
    nodes.push({ party, node: await openNode(options), identity: { certificate, key } })
  }

  const access = {
    v: 1 as const,
    kind: 'kruispunt-lab-access' as const,
    brokerUrl: url,
    brokerName,
    caCertificate: keys.authority.certificatePem,
    lab,
    brokerKey: publicPart(keys.brokerKey),
    logKey: publicPart(keys.logKey),
  }

  return {
    lab,
    url,
    broker: child,
    nodes,
    parties,
    access,
    coordinatorKeys,
    documentOf(reference: string, members: readonly string[], changes: Partial<AgreementDocument> = {}) {
      return testAgreement(lab, members, { reference, requestBudget: 100, ...changes })
    },
    async enrol(): Promise<void> {
      for (const party of parties) await join_(party)
    },
    async roster(): Promise<void> {
      const nothing = () => undefined
      const logs = createLabLogs({ store, keys, now: Date.now, admit: nothing, onRecorded: nothing })
      putRoster({ store, keys }, logs.get(lab), new Date(Date.now() + 365 * 86_400_000), {})
      for (const { node } of nodes)
        node.agent.run(stop.signal, 20_000).catch((error: unknown) => {
          if (!stop.signal.aborted) throw error
        })
      await Promise.all(
        nodes.map(async ({ node }) => {
          await until('the roster is seen', () => rosterCode(node) !== undefined)
          const code = rosterCode(node) ?? ''
          await node.sendDecision(node.acts.acceptRoster({ officer, passphrase, shortCode: code }))
        }),
      )
    },
    coordinators: (): Promise<CoordinatorClient[]> =>
      Promise.all(coordinatorKeys.map((key) => signIn(access, key, Date.now))),
    async sign(document: AgreementDocument): Promise<AgreementId> {
      const agreement = documentHash('agreement', document) as AgreementId
      const decision = { agreement, shortCode: shortCode(agreement), decision: 'approved', reason: null } as const
      const signing = nodes.filter(({ party }) => document.parties.some(({ id }) => id === party))
      await Promise.all(
        signing.map(async ({ node }) => {
          await until('the agreement is seen', () => node.views.agreements().some(({ id }) => id === agreement))
          await node.sendDecision(node.acts.decideAgreement({ officer, passphrase, ...decision }))
        }),
      )
      return agreement
    },
    isKeyed: (agreement: AgreementId) =>
      nodes.every(({ node }) =>
        node.views.ceremonies().every((found) => found.agreement !== agreement || found.keyUsable),
      ),
    async deliver({ party, node }: LoadNode, agreement: AgreementId, csv: string): Promise<void> {
      const path = join(root, `${party}-${agreement.slice(0, 8)}.csv`)
      writeFileSync(path, csv)
      const inspected = await inspectFile(node.deliveries, { agreement }, path)
      const columns = Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))
      const mapping = confirmMapping(inspected, columns)
      const { extractId } = await prepareExtract(node.deliveries, inspected, mapping, { leaveOutBadRows: false })
      await sendExtract(node.deliveries, extractId)
    },
    async end(): Promise<void> {
      stop.abort()
      for (const { node } of nodes) await node.close()
      store.close()
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('close', resolve))
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function rosterCode(node: KruispuntNode): string | undefined {
  try {
    return node.views.roster().shortCode
  } catch {
    return undefined
  }
}

/** What a process has used so far: processor seconds, and the most memory it ever had, MB. Linux only. */
export function usageOf(pid: number): { cpuS: number; peakMb: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const [user, system] = [Number(fields[11]), Number(fields[12])]
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
  return { cpuS: (user + system) / 100, peakMb: Math.round(Number(peak) / 1024) }
}
