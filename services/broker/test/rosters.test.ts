/** The operator's part in the life of a roster: inviting while the lab runs, letting go, new keys of the broker itself. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyId, PartyId } from '@kruispunt/contracts'
import { createLabRecord } from '@kruispunt/lab-record'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../src/db/open.ts'
import { putRoster } from '../src/enrolment/put-roster.ts'
import { readKeys, renewKeys } from '../src/keys/key-store.ts'
import { rootKeyOf } from '../src/log/root-key.ts'
import { readCode } from './support/answers.ts'
import { lab, type TestBroker } from './support/broker.ts'
import { enrolMember, type Member, startTestLab } from './support/lab.ts'
import { createSigner, makeParty, publicOf } from './support/party.ts'

let stage: Awaited<ReturnType<typeof startTestLab>>
let broker: TestBroker
const stores: Store[] = []
const days = 86_400_000

beforeAll(async () => {
  stage = await startTestLab(['ggd', 'politie', 'zorg'])
  broker = stage.broker
  for (const member of stage.members) await stage.submit(member, stage.accept(member))
})
afterAll(async () => {
  for (const store of stores) store.close()
  await broker.destroy()
})

const store = () => {
  const opened = openStore(join(broker.dataDir, 'broker.db'))
  stores.push(opened)
  return opened
}
const state = () => broker.logs.get(lab).record().state
const put = (change = {}) =>
  putRoster({ store: store(), keys: broker.keys }, broker.logs.get(lab), new Date(Date.now() + 400 * days), change)
const memberNamed = (id: string): Member => {
  const found = stage.members.find((member) => member.id === id)
  if (found === undefined) throw new Error('no such member')
  return found
}

/** Acceptances as nodes make them, each under the roster in force. */
async function accept(rosterHash: string, ...members: Member[]): Promise<void> {
  for (const party of members) {
    const signer = createSigner(lab, state().roster?.hash ?? '')
    const head = state().heads.get(party.officer.keyId as KeyId)
    if (head !== undefined) signer.heads.set(party.officer.keyId, head)
    const keys = [party.officer, party.node, party.witness] as const
    const envelope = signer.sign(party.id, keys, { kind: 'roster-acceptance', rosterHash })
    const answer = await stage.submit(party, envelope, broker)
    if (answer.status !== 200) throw new Error(`${party.id}: ${answer.text}`)
  }
}

describe('a lab that runs', () => {
  it('takes in who was invited and enrolled since', async () => {
    const school = await enrolMember(broker, makeParty('school'))
    const hash = put()
    expect(state().nextRoster?.document).toMatchObject({ version: 2, quorum: 3, threshold: 3 })
    expect(state().nextRoster?.document.parties.map(({ id }) => id)).toEqual(['ggd', 'politie', 'school', 'zorg'])
    await accept(hash, school, memberNamed('ggd'), memberNamed('zorg'))
    expect(state().roster?.document.version).toBe(2)
  })

  it('lets a partner go, and takes no column of it any more', async () => {
    expect(() => put({ remove: ['elders' as PartyId] })).toThrow(expect.objectContaining({ code: 'not_found' }))
    const hash = put({ remove: ['zorg' as PartyId] })
    await accept(hash, memberNamed('ggd'), memberNamed('politie'))
    // Three of the four of before have to say so.
    expect(state().roster?.document.version).toBe(2)
    expect(state().nextRoster?.acceptedBy.size).toBe(2)
    await accept(hash, memberNamed('zorg'))
    expect(state().roster?.document.parties.map(({ id }) => id)).toEqual(['ggd', 'politie', 'school'])
    const path = `/v1/labs/${lab}/extracts/${'ab'.repeat(16)}/columns/wmo`
    const answer = await memberNamed('zorg')
      .client(broker)
      .send({ method: 'PUT', path, bytes: Buffer.alloc(10) })
    expect(readCode(answer)).toBe('forbidden')
  })

  it('does not hand a partner’s place to another, unless its node was lost', () => {
    expect(() => broker.invite('ggd')).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  it('changes over to new keys of the broker once the partners have accepted them, and reads from the first on', async () => {
    const first = rootKeyOf(store(), broker.keys, lab)
    await broker.stop()
    renewKeys(broker.dataDir, join(broker.dataDir, 'kek'))
    broker = await broker.restart()
    expect(broker.keys.earlier).toHaveLength(1)
    expect(rootKeyOf(store(), broker.keys, lab).keyId).toBe(first.keyId)
    const hash = put()
    expect(state().nextRoster?.document.broker.brokerKey).toEqual(publicOf(broker.keys.brokerKey))
    await accept(hash, memberNamed('ggd'), memberNamed('politie'))
    expect(state().roster?.document.version).toBe(4)
    const record = createLabRecord({ lab, brokerPublicKey: publicOf(first).publicKey })
    for (const { envelope } of broker.logs.get(lab).entries(0, 1000)) record.check(envelope).commit()
    expect(record.state.rosters.map(({ document }) => document.version)).toEqual([1, 2, 3, 4])
    const answer = await memberNamed('ggd')
      .client(broker)
      .ask({ method: 'GET', path: `/v1/labs/${lab}/log/checkpoints` })
    expect((answer as { latest: string }).latest).toContain(`broker.test/${lab}`)
    expect(readKeys(broker.dataDir, join(broker.dataDir, 'kek')).earlier).toHaveLength(1)
    expect(readFileSync(join(broker.dataDir, 'keys.json'), 'utf8')).not.toContain('PRIVATE')
  })
})
