/**
 * A large lab: one broker, many nodes, agreements with their ceremonies, deliveries, jobs, a hundred requests at once, and a flood of
 * bad ones. Fails when anything is lost, doubled, or left unanswered.
 *
 * `node test/bench/lab-load.ts [--nodes 35] [--agreements 10] [--members 7] [--largest 35] [--flood 1000]`
 * @module
 */
import { parseArgs } from 'node:util'
import {
  type AgreementId,
  jobView,
  type RequestId,
  type StatementBody,
  type StatementEnvelope,
} from '@kruispunt/contracts'
import { cryptoReady, randomBytes, randomHex, type SigningKey, toHex } from '@kruispunt/crypto'
import { usableCeremony } from '@kruispunt/lab-record'
import { nextHeader, signStatement } from '@kruispunt/statements'
import type { CoordinatorClient } from '../../services/broker/src/cli/coordinator-client.ts'
import { composeRequest, requestEnds } from '../../services/broker/src/requests/compose-request.ts'
import { citizenNumbers, fileOf } from '../scenarios/support/hostile/people.ts'
import { type LoadLab, startLoadLab, until, usageOf } from './lab-load-lab.ts'
import { type Asking, all, badRequests, clientOf, millis, type Sent } from './lab-load-requests.ts'

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '35' },
    agreements: { type: 'string', default: '10' },
    members: { type: 'string', default: '7' },
    largest: { type: 'string', default: '35' },
    flood: { type: 'string', default: '1000' },
  },
})
const nodes = Number(values.nodes)
const agreements = Number(values.agreements)
const members = Number(values.members)
const largest = Number(values.largest)
const flood = Number(values.flood)
const numbers = citizenNumbers(1200)
const rows = 900
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Says how long each part took, and what it cost broker and nodes. */
function clockOf(broker: number) {
  let at = performance.now()
  let before = [usageOf(broker), usageOf(process.pid)] as const
  return (what: string) => {
    const now = [usageOf(broker), usageOf(process.pid)] as const
    const seconds = ((performance.now() - at) / 1000).toFixed(1).padStart(7)
    const cpu = now.map(({ cpuS }, one) => (cpuS - (before[one]?.cpuS ?? 0)).toFixed(1).padStart(7))
    const peaks = now.map(({ peakMb }) => String(peakMb).padStart(5))
    say(
      `${what.padEnd(34)} ${seconds} s   broker ${cpu[0]} cpu s ${peaks[0]} MB   nodes ${cpu[1]} cpu s ${peaks[1]} MB`,
    )
    at = performance.now()
    before = now
  }
}

/** The first agreement is the largest, the others are of `members` partners each, taken round. */
const membersOf = ({ parties }: LoadLab, at: number): string[] =>
  at === 0
    ? parties.slice(0, largest)
    : Array.from({ length: members }, (_, one) => parties[((at - 1) * 3 + one) % parties.length] as string)

const question = ({ parties }: { readonly parties: readonly string[] }) => ({
  table: 'bekendheid',
  rows: [{ dimension: `${parties[0]}.bekend` }],
  columns: [{ dimension: `${parties[1]}.bekend` }],
  filters: [],
})

async function envelopeOf(client: CoordinatorClient, lab: string, key: SigningKey, body: StatementBody) {
  const { state, tree } = await client.readLog()
  const header = {
    v: 1,
    lab,
    from: 'coordinator',
    keyId: key.keyId,
    ...nextHeader(state.heads.get(key.keyId as never)),
    issuedAt: new Date().toISOString(),
    notAfter: null,
    roster: state.roster?.hash ?? '',
    seen: { size: tree.size, root: toHex(tree.root()) },
  }
  return signStatement({ ...header, ...body }, key) as StatementEnvelope
}

const countBy = (sent: readonly Sent[]) => {
  const counts = new Map<string, number>()
  for (const { kind, status } of sent) counts.set(`${kind} ${status}`, (counts.get(`${kind} ${status}`) ?? 0) + 1)
  const codes = sent.flatMap(({ text }) => /"code":"([a-z_]+)"/.exec(text)?.[1] ?? [])
  const refused = codes.length === 0 ? '' : ` (${[...new Set(codes)].join(', ')})`
  return [...counts].map(([what, count]) => `${what}: ${count}`).join('; ') + refused
}
function demand(what: string, holds: boolean, detail = ''): void {
  if (!holds) throw new Error(`${what} ${detail}`)
  say(`  ${what}`)
}

await cryptoReady()
const lab = await startLoadLab({ nodes, coordinators: agreements })
const tick = clockOf(lab.broker.pid ?? 0)
try {
  say(
    `${nodes} nodes in one process, one broker process, ${agreements} agreements: one of ${Math.min(nodes, largest)}, the others of ${members}`,
  )
  await lab.enrol()
  tick('enrolled')
  await lab.roster()
  tick('roster accepted by all')
  const clients = await lab.coordinators()
  const documents = clients.map((_, at) => lab.documentOf(`A-${at + 1}`, membersOf(lab, at)))
  await Promise.all(clients.map((client, at) => client.submit({ kind: 'agreement', document: documents[at] as never })))
  const ids: AgreementId[] = await Promise.all(documents.map(lab.sign))
  tick('agreements signed')
  await until('every ceremony is complete', () => ids.every(lab.isKeyed))
  tick('ceremonies complete')
  // Jobs are opened over the smaller agreements, which every lab has most of.
  const delivering = ids.map((id, at) => ({ id, at, parties: membersOf(lab, at) })).slice(1)
  await Promise.all(
    delivering.map(async ({ id, parties }) => {
      for (const [place, party] of parties.entries()) {
        const member = lab.nodes.find((one) => one.party === party)
        if (member !== undefined) await lab.deliver(member, id, fileOf(numbers.slice(place * 20, place * 20 + rows)))
      }
    }),
  )
  tick(`${delivering.length * members} deliveries`)

  const jobs: { client: CoordinatorClient; requestId: RequestId; parties: string[]; at: number }[] = []
  await Promise.all(
    delivering.map(async ({ id, at, parties }) => {
      const client = clients[at] as CoordinatorClient
      const record = await client.readLog()
      const agreement = record.state.agreements.get(id)
      if (agreement === undefined || usableCeremony(agreement) === undefined) throw new Error('no agreement')
      const body = composeRequest(record, agreement, 'Een proef', undefined)
      await client.submit(body, { notAfter: requestEnds(Date.now()) })
      jobs.push({ client, requestId: body.requestId, parties, at })
    }),
  )
  const viewOf = async ({ client, requestId }: (typeof jobs)[number]) =>
    jobView.parse(await client.api.ask({ method: 'GET', path: `${client.base}/jobs/${requestId}` }))
  await until('every job is open', async () => {
    const states = await Promise.all(jobs.map(viewOf))
    const refused = states.flatMap(({ refusals }) => refusals)
    if (refused.length > 0) throw new Error(`a node refused: ${JSON.stringify(refused)}`)
    return states.every(({ state }) => state === 'open')
  })
  tick(`${jobs.length} jobs open at once`)

  const asked: Asking[] = []
  const sizeBefore = (await clients[0]?.readLog())?.tree.size ?? 0
  const envelopes: StatementEnvelope[] = []
  for (const { client, requestId, parties, at } of jobs) {
    const { api, base } = client
    const job = `${base}/jobs/${requestId}`
    // Twice at once: one answer, on record once.
    for (let twice = 0; twice < 2; twice += 1)
      asked.push({
        kind: 'table',
        ask: () => api.send({ method: 'POST', path: `${job}/cross-tabs`, json: question({ parties }) }),
      })
    asked.push({ kind: 'job', ask: () => api.send({ method: 'GET', path: job }) })
    asked.push({ kind: 'links', ask: () => api.send({ method: 'GET', path: `${job}/link-quality` }) })
    asked.push({ kind: 'lab', ask: () => api.send({ method: 'GET', path: base }) })
    const document = lab.documentOf(`B-${at}`, parties)
    const key = lab.coordinatorKeys[at] as SigningKey
    const envelope = await envelopeOf(client, lab.lab, key, { kind: 'agreement', document })
    envelopes.push(envelope)
    for (let twice = 0; twice < 2; twice += 1)
      asked.push({
        kind: 'statement',
        ask: () => api.send({ method: 'POST', path: `${base}/statements`, json: { envelope } }),
      })
  }
  for (const member of lab.nodes) {
    if (asked.length >= 100) break
    const client = clientOf(lab, member)
    const base = `/v1/labs/${lab.lab}`
    asked.push({ kind: 'log', ask: () => client.send({ method: 'GET', path: `${base}/log/entries?from=0` }) })
    const column = { path: `${base}/extracts/${randomHex(16)}/columns/x`, bytes: randomBytes(20_000) }
    asked.push({ kind: 'column', ask: () => client.send({ method: 'PUT', ...column }) })
  }
  const sent = await all(asked, asked.length)
  tick(`${sent.length} requests at once`)
  say(`  ${countBy(sent)}; half within ${millis(sent, 0.5)} ms, all within ${millis(sent, 1)} ms`)
  demand(
    'every request was answered well',
    sent.every(({ status }) => status >= 200 && status < 300),
    countBy(sent),
  )
  const { state } = (await clients[0]?.readLog()) ?? {}
  const results = jobs.map(
    ({ requestId }) =>
      [...(state?.requests.values() ?? [])].find(({ recorded }) => recorded.statement.requestId === requestId)?.results
        .length,
  )
  demand(
    'each table is on record once, though it was asked twice',
    results.every((count) => count === 1),
    results.join(),
  )
  const proposed = [...(state?.agreements.values() ?? [])].filter(({ document }) => document.reference.startsWith('B-'))
  demand('each statement is on record once, though it was sent twice', proposed.length === envelopes.length)
  const indices = sent
    .filter(({ kind }) => kind === 'statement')
    .map(({ text }) => (JSON.parse(text) as { index: number }).index)
  demand(
    'the log grew by just what was said',
    new Set(indices).size === envelopes.length && Math.min(...indices) >= sizeBefore,
  )

  const good = (): Asking[] => {
    const from = (member: (typeof lab.nodes)[number]) => clientOf(lab, member)
    const readers = lab.nodes.slice(0, 5).map(from)
    return Array.from({ length: 100 }, (_, at): Asking => {
      const { client, requestId, parties } = jobs[at % jobs.length] as (typeof jobs)[number]
      const job = `${client.base}/jobs/${requestId}`
      if (at % 4 === 0)
        return {
          kind: 'table',
          ask: () => client.api.send({ method: 'POST', path: `${job}/cross-tabs`, json: question({ parties }) }),
        }
      if (at % 4 === 1) return { kind: 'job', ask: () => client.api.send({ method: 'GET', path: job }) }
      const reader = readers[at % readers.length] as (typeof readers)[number]
      return { kind: 'checkpoint', ask: () => reader.send({ method: 'GET', path: `${client.base}/log/checkpoints` }) }
    })
  }
  const calm = await all(good(), 4)
  tick('100 good requests, no flood')
  const member = lab.nodes[0]
  if (member === undefined) throw new Error('no node')
  const [bad, under] = await Promise.all([all(badRequests(lab, member, flood), 50), all(good(), 4)])
  tick(`100 good requests in a flood of ${flood}`)
  say(`  bad: ${countBy(bad)}`)
  say(
    `  good: half within ${millis(calm, 0.5)} ms without, ${millis(under, 0.5)} ms in the flood; 95 of 100 within ${millis(calm, 0.95)} and ${millis(under, 0.95)} ms`,
  )
  demand(
    'no bad request was answered well',
    bad.every(({ status }) => status === 0 || status >= 400),
  )
  demand(
    'every good request was answered well',
    under.every(({ status }) => status === 200),
    countBy(under),
  )
  const size = (await clients[0]?.readLog())?.tree.size
  say(`log: ${size} entries`)
} finally {
  await lab.end()
}
