import { checkpoints, logEntries, type StatementEnvelope } from '@kruispunt/contracts'
import { fromHex } from '@kruispunt/crypto'
import { createLabRecord, logIdentityOf, quorumRuleOf, witnessName } from '@kruispunt/lab-record'
import { envelopeBytes } from '@kruispunt/statements'
import {
  cosign,
  leafHash,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  verifyQuorum,
} from '@kruispunt/transparency-log'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agreementTemplate } from '../src/drafting/agreement-template.ts'
import { readCode } from './support/answers.ts'
import { coordinator, lab } from './support/broker.ts'
import { coordinatorClient, type Member, startTestLab } from './support/lab.ts'
import { keyOf, publicOf } from './support/party.ts'

let stage: Awaited<ReturnType<typeof startTestLab>>
const member = (index: number): Member => {
  const found = stage.members[index]
  if (!found) throw new Error('no such member')
  return found
}
const base = `/v1/labs/${lab}/log`
const get = (path: string, who = member(0)) => who.client(stage.broker).ask({ method: 'GET', path: `${base}${path}` })
const post = (who: Member, note: string) =>
  who.client(stage.broker).send({ method: 'POST', path: `${base}/cosignatures`, json: { note } })
const readCheckpoints = async () => checkpoints.parse(await get('/checkpoints'))
const identity = () => logIdentityOf('broker.test', lab, publicOf(stage.broker.keys.logKey).publicKey)
const cosigned = (note: string, who: Member, key = who.witness) => {
  const { text } = verifyCheckpoint(note, identity())
  const line = cosign(text, witnessName('broker.test', lab, who.id), key, Math.floor(Date.now() / 1000))
  return `${note}${line}`
}

beforeAll(async () => {
  stage = await startTestLab(['ggd', 'politie', 'school', 'zorg'])
  for (const one of stage.members.slice(0, 3)) await stage.submit(one, stage.accept(one))
})
afterAll(() => stage.broker.destroy())

describe('whoever reads the log can check every word of it', () => {
  it('replays into the same root as the signed checkpoint', async () => {
    const { entries, size } = logEntries.parse(await get('/entries?from=0'))
    expect(size).toBe(4)
    const record = createLabRecord({ lab, brokerPublicKey: publicOf(stage.broker.keys.brokerKey).publicKey })
    for (const { envelope } of entries) record.check(envelope).commit()
    const checkpoint = verifyCheckpoint((await readCheckpoints()).latest, identity())
    expect(checkpoint.size).toBe(4)
    expect(record.tree.root()).toEqual(checkpoint.root)
  })

  it('gives entries from where one asks, no more than one asks', async () => {
    const { entries } = logEntries.parse(await get('/entries?from=1&limit=2'))
    expect(entries.map(({ index }) => index)).toEqual([1, 2])
    expect(logEntries.parse(await get('/entries?from=99')).entries).toEqual([])
  })

  it('is given as one file too, line by line the leaves, with its checkpoints', async () => {
    const { text, headers } = await member(0)
      .client(stage.broker)
      .send({ method: 'GET', path: `${base}/copy` })
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    const lines = text.split('\n')
    const { entries } = logEntries.parse(await get('/entries?from=0'))
    expect(JSON.parse(lines[0] ?? '')).toEqual({ format: 'kruispunt-log/1', lab, size: entries.length })
    expect(lines.slice(1, -2)).toEqual(
      entries.map(({ envelope }) => Buffer.from(envelopeBytes(envelope)).toString('utf8')),
    )
    expect(JSON.parse(lines.at(-2) ?? '')).toEqual(await readCheckpoints())
    expect(lines.at(-1)).toBe('')
  })

  it('proves inclusion and consistency at every size', async () => {
    const { entries } = logEntries.parse(await get('/entries?from=0'))
    const { tree } = stage.broker.logs.get(lab).record()
    const proofOf = async (path: string) => ((await get(path)) as { proof: string[] }).proof.map(fromHex)
    for (const [index, { envelope }] of entries.entries()) {
      const proof = await proofOf(`/inclusion-proofs?index=${index}&size=4`)
      const leaf = leafHash(envelopeBytes(envelope as StatementEnvelope))
      expect(verifyInclusion({ index, size: 4, leafHash: leaf, proof, root: tree.root() })).toBe(true)
    }
    for (let first = 0; first <= 4; first += 1) {
      const proof = await proofOf(`/consistency-proofs?first=${first}&second=4`)
      expect(verifyConsistency({ first, second: 4, firstRoot: tree.root(first), secondRoot: tree.root(), proof })).toBe(
        true,
      )
    }
  })

  it.each([
    '/inclusion-proofs?index=4&size=4',
    '/inclusion-proofs?index=0&size=5',
    '/consistency-proofs?first=3&second=2',
    '/consistency-proofs?first=0&second=99',
  ])('has no proof for what is not there: %s', async (path) => {
    const answer = await member(0)
      .client(stage.broker)
      .send({ method: 'GET', path: `${base}${path}` })
    expect(readCode(answer)).toBe('invalid_request')
  })
})

describe('a checkpoint has a quorum when enough nodes cosigned it, not before', () => {
  it('counts three of four, each once, and keeps the newest', async () => {
    const { latest, quorum } = await readCheckpoints()
    expect(quorum).toBeNull()
    expect((await post(member(0), cosigned(latest, member(0)))).status).toBe(200)
    expect((await post(member(0), cosigned(latest, member(0)))).status).toBe(200)
    expect((await post(member(1), cosigned(latest, member(1)))).status).toBe(200)
    expect((await readCheckpoints()).quorum).toBeNull()
    expect((await post(member(2), cosigned(latest, member(2)))).status).toBe(200)
    const reached = (await readCheckpoints()).quorum
    const roster = stage.broker.logs.get(lab).record().state.roster?.document
    if (!roster || reached === null) throw new Error('no quorum')
    expect(verifyQuorum(reached, quorumRuleOf(roster)).cosigners).toHaveLength(3)

    await stage.submit(member(3), stage.accept(member(3)))
    const later = await readCheckpoints()
    expect(verifyCheckpoint(later.latest, identity()).size).toBe(5)
    expect(later.quorum).toBe(reached)
  })

  it('refuses a line of another key, of another party, for another text, or none', async () => {
    const { latest } = await readCheckpoints()
    expect(readCode(await post(member(0), cosigned(latest, member(0), keyOf('stranger'))))).toBe('cosignature_invalid')
    expect(readCode(await post(member(0), cosigned(latest, member(1))))).toBe('cosignature_invalid')
    expect(readCode(await post(member(0), latest))).toBe('cosignature_invalid')
    const moved = cosigned(latest, member(0)).replace('\n5\n', '\n4\n')
    expect(readCode(await post(member(0), moved))).toBe('cosignature_invalid')
    expect(readCode(await post(member(0), 'not a note'))).toBe('invalid_request')
  })

  it('keeps cosignatures over a restart', async () => {
    const before = await readCheckpoints()
    stage = { ...stage, broker: await stage.broker.restart() }
    expect(await readCheckpoints()).toEqual(before)
  })
})

describe('who waits for news gets it when it comes', () => {
  it('answers a waiting reader at once when something is recorded, and empty when nothing is', async () => {
    const started = performance.now()
    const nothing = logEntries.parse(await get('/entries?from=5&waitMs=300'))
    expect(nothing.entries).toEqual([])
    expect(performance.now() - started).toBeGreaterThan(250)

    const reader = get('/entries?from=5&waitMs=20000')
    await new Promise((resolve) => setTimeout(resolve, 100))
    const document = agreementTemplate(
      lab,
      stage.members.map(({ id }) => ({ id, name: id })),
      new Date(),
    )
    const envelope = stage.signer.sign('coordinator', [coordinator], { kind: 'agreement', document })
    const { client } = await coordinatorClient(stage.broker)
    await client.ask({ method: 'POST', path: `/v1/labs/${lab}/statements`, json: { envelope } })
    const news = logEntries.parse(await reader)
    expect(news.entries.map(({ index }) => index)).toEqual([5])
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('lets a waiting reader go when the broker stops', async () => {
    const reader = get('/entries?from=6&waitMs=25000')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const started = performance.now()
    const [restarted] = await Promise.all([stage.broker.restart(), reader.catch(() => undefined)])
    stage = { ...stage, broker: restarted }
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
