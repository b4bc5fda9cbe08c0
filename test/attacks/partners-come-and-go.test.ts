/** A partner joins, another leaves, keys rotate: what the lab can do before and after, and what nobody can take along. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgreementDocument, AgreementId, StatementBody } from '@kruispunt/contracts'
import { toHex } from '@kruispunt/crypto'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { documentHash } from '@kruispunt/statements'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ceremonies, epochKeys, extracts } from '../../services/node/src/db/schema.ts'
import { places } from '../../services/node/src/keys/key-store.ts'
import { openFolder } from '../../services/node/src/open-folder.ts'
import { testAgreement } from '../../services/node/test/support/agreement.ts'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { payloadOf } from '../scenarios/support/hostile/forged-log.ts'
import { nodeIn } from '../scenarios/support/hostile/hostile-party.ts'
import { citizenNumbers } from '../scenarios/support/hostile/people.ts'
import { until } from '../scenarios/support/processes.ts'

const minutes = 60_000
const numbers = citizenNumbers(600)
const everybody = ['gemeente', 'politie', 'ggd', 'school'] as const
type Party = (typeof everybody)[number]
/** Three hundred people each, two hundred of them known to the next one too; every combination has fifty. */
const fileFor = (party: Party) => {
  const at = everybody.indexOf(party)
  const isKnown = (person: number) => Math.floor(person / 2 ** at) % 2 === 0
  const rows = numbers.slice(at * 100, at * 100 + 300).map((number, row) => [number, isKnown(at * 100 + row)] as const)
  return ['bsn,bekend', ...rows.map(([number, known]) => `${number},${known ? 'ja' : 'nee'}`)].join('\n')
}
let lab: AttackLab
const agreements: AgreementId[] = []
/** The secret of the first agreement, which nobody has any more. */
let earlier: Uint8Array
/** The folder of the one who leaves, as it was when it left. */
let leaver: string

beforeAll(async () => {
  lab = await startAttackLab({ upTo: 'keyed' })
  await deliverAll(['gemeente', 'politie', 'ggd'], lab.agreement)
  agreements.push(lab.agreement)
  earlier = await keyOf('gemeente', lab.agreement, 1)
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

const version = (party: string, wanted: number) =>
  until(`${party} has roster ${wanted}`, async () => {
    const { rosterVersion } = await lab.node(party).status()
    return rosterVersion === wanted ? true : undefined
  })

/** A new agreement in the place of another, signed by its own parties alone. */
async function agreed(parties: readonly Party[], supersedes: AgreementId): Promise<AgreementId> {
  const changes: Partial<AgreementDocument> = {
    reference: `PROEF-${agreements.length + 1}`,
    supersedes,
    requestBudget: 100,
  }
  const document = testAgreement(lab.lab, parties, changes)
  const agreement = documentHash('agreement', document) as AgreementId
  await (await lab.coordinator()).submit({ kind: 'agreement', document })
  for (const party of parties) await lab.node(party).sign(agreement)
  await keyed(parties, agreement, 1)
  agreements.push(agreement)
  return agreement
}
async function keyed(parties: readonly Party[], agreement: AgreementId, epoch: number): Promise<void> {
  for (const party of parties)
    await until(`${party} has the key of epoch ${epoch}`, async () => {
      const found = (await lab.node(party).ceremonies()).find((one) => one.agreement === agreement)
      return found?.keyUsable === true && found.epoch === epoch ? true : undefined
    })
}
const outstanding = async (party: Party) => {
  const { body } = await lab
    .node(party)
    .ask<{ outstanding: { agreement: string; dataset: string; again: boolean }[] }>('GET', '/deliveries')
  return body.outstanding.map(({ agreement, again }) => ({ agreement, again }))
}
/** The whole of a steward's work: the same file once more. */
async function deliverAll(parties: readonly Party[], agreement: AgreementId): Promise<void> {
  for (const party of parties) await lab.node(party).deliver(fileFor(party), { agreement })
}
/** The table that the files say, counted here: gemeente against politie, over everybody whom any of these parties knows. */
function plainCounts(parties: readonly Party[]): Record<string, number> {
  const codes = (party: Party) =>
    new Map(
      fileFor(party)
        .split('\n')
        .slice(1)
        .map((line) => [line.slice(0, 9), line.endsWith('ja') ? 'yes' : 'no']),
    )
  const known = new Set(parties.flatMap((party) => [...codes(party).keys()]))
  const [ofGemeente, ofPolitie] = [codes('gemeente'), codes('politie')]
  const counts: Record<string, number> = {}
  for (const number of known) {
    const cell = `${ofGemeente.get(number) ?? 'onbekend'} ${ofPolitie.get(number) ?? 'onbekend'}`
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  return counts
}
/** What the lab answers, cell by cell; it must show something, and nothing that is not so. */
async function expectTable(agreement: AgreementId, parties: readonly Party[]): Promise<void> {
  const { requestId, state, refusals } = await lab.openJob(undefined, agreement)
  expect({ state, refusals }).toEqual({ state: 'open', refusals: [] })
  const { answer, code } = await lab.table(requestId, 'gemeente.bekend', 'politie.bekend')
  expect(code).toBeUndefined()
  const truth = plainCounts(parties)
  const codeAt = (axis: number, at: number | undefined) => answer?.axes[axis]?.nodes[at ?? -1]?.code
  let shown = 0
  for (const cell of answer?.cells ?? []) {
    const [row, column] = [codeAt(0, cell.at[0]), codeAt(1, cell.at[1])]
    const named = ['yes', 'no', 'onbekend']
    if (cell.state !== 'released' || !named.includes(row ?? '') || !named.includes(column ?? '')) continue
    expect([row, column, cell.count]).toEqual([row, column, truth[`${row} ${column}`] ?? 0])
    shown += 1
  }
  // yes and no of each, at least: the others are known to one of them only.
  expect(shown).toBeGreaterThanOrEqual(4)
}

/** Every secret in a folder, opened as its owner can: seeds, epoch keys, roots of extracts, what a ceremony remembered. */
async function secretsIn(folder: string): Promise<Uint8Array[]> {
  const opened = await openFolder({ folder, clock: Date.now, random: () => 0 })
  const { db } = opened.store
  const found: Uint8Array[] = []
  const take = (agreement: string, wrapped: string | null, place: string) => {
    if (wrapped !== null) found.push(opened.keyStore.unwrapFor(agreement, wrapped, place))
  }
  try {
    for (const row of db.select().from(epochKeys).all())
      take(row.agreement, row.wrapped, places.epochKey(row.agreement, row.epoch))
    for (const row of db.select().from(ceremonies).all()) {
      take(row.agreement, row.wrappedSecrets, places.ceremonySecrets(row.agreement, row.epoch))
      take(row.agreement, row.wrappedKeys, places.ceremonyKeys(row.agreement, row.epoch))
    }
    for (const row of db.select().from(extracts).all()) take(row.agreement, row.wrappedRoot, places.root(row.extractId))
    return found
  } finally {
    opened.store.close()
  }
}
const keyOf = async (party: Party, agreement: AgreementId, epoch: number): Promise<Uint8Array> => {
  const node = await nodeIn(lab.node(party).folder)
  try {
    return node.deliveries.pseudonymKey(agreement, epoch)
  } finally {
    await node.close()
  }
}
const tokensUnder = (key: Uint8Array) =>
  numbers.slice(0, 60).map((number) => toHex(createTokenMaker(key).token('B1', number)))

/** Nothing in this folder, used as a key, makes one of these tokens; and the key itself lies nowhere in it. */
async function cannotMake(folder: string, key: Uint8Array): Promise<void> {
  const wanted = new Set(tokensUnder(key))
  const secrets = await secretsIn(folder)
  // A control: there are keys in it, and one of them does make tokens of its own time.
  expect(secrets.length).toBeGreaterThan(0)
  for (const secret of secrets.filter(({ length }) => length >= 32))
    for (let at = 0; at + 32 <= secret.length; at += 1)
      expect(tokensUnder(secret.slice(at, at + 32)).filter((token) => wanted.has(token))).toEqual([])
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' }))
    if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name)).includes(Buffer.from(key))).toBe(false)
}

describe('partners come and go', () => {
  it(
    'a partner joins: the lab goes on as it was until everybody signed anew, then it counts with the newcomer',
    async () => {
      await expectTable(lab.agreement, ['gemeente', 'politie', 'ggd'])
      await lab.join('school')
      lab.fixRoster()
      for (const party of ['gemeente', 'school'] as const) await lab.node(party).acceptNext()
      expect((await lab.node('ggd').status()).rosterVersion).toBe(1)
      await lab.node('politie').acceptNext()
      for (const party of everybody) await version(party, 2)
      await expectTable(lab.agreement, ['gemeente', 'politie', 'ggd'])

      const withSchool = await agreed(everybody, lab.agreement)
      for (const party of ['gemeente', 'politie', 'ggd'] as const)
        expect(await outstanding(party)).toEqual([{ agreement: withSchool, again: true }])
      expect(await outstanding('school')).toEqual([{ agreement: withSchool, again: false }])
      const inspected = await lab
        .node('gemeente')
        .ask<{ mapping: { field: string; confidence: string }[] }>(
          'POST',
          `/deliveries/inspections?agreement=${withSchool}`,
          fileFor('gemeente'),
        )
      expect(inspected.body.mapping.map(({ confidence }) => confidence)).toEqual(['remembered', 'remembered'])
      await deliverAll(everybody, withSchool)
      await expectTable(withSchool, everybody)
      for (const party of ['gemeente', 'politie', 'ggd'] as const) {
        const old = (await lab.node(party).deliveries()).filter(({ keyPresent }) => !keyPresent)
        expect(old).toHaveLength(1)
        expect(await outstanding(party)).toEqual([])
      }
    },
    5 * minutes,
  )

  it(
    'attack 13: with everything the newcomer has, no token of before can be made',
    async () => {
      const state = (await lab.record()).state
      expect(state.agreements.get(agreements[0] as AgreementId)?.supersededBy).toBe(agreements[1])
      // The key of before is destroyed everywhere, so it is taken from a copy made before anybody joined.
      await cannotMake(lab.node('school').folder, earlier)
      expect(tokensUnder(earlier)).not.toEqual(tokensUnder(await keyOf('school', agreements[1] as AgreementId, 1)))
    },
    2 * minutes,
  )

  it(
    'a partner leaves: agreements close at once, keys and ciphertext go, and the rest count without it',
    async () => {
      leaver = lab.copyOf(lab.node('ggd').folder, 'leaver')
      const { body, status } = await lab
        .node('gemeente')
        .decide<{ statementHash: string }>('/roster/proposals', { removeParties: ['ggd'] })
      expect({ status, body }).toMatchObject({ status: 200 })
      for (const party of ['gemeente', 'politie'] as const) await lab.node(party).acceptNext()
      expect((await lab.node('school').status()).rosterVersion).toBe(2)
      await lab.node('school').acceptNext()
      for (const party of everybody) await version(party, 3)
      expect((await lab.node('ggd').status()).takesPart).toBe(false)
      for (const party of everybody)
        await until(`${party} destroyed its keys`, async () => {
          const left = (await lab.node(party).deliveries()).filter(({ keyPresent }) => keyPresent)
          return left.length === 0 ? true : undefined
        })
      const files = () =>
        readdirSync(join(lab.broker.dataDir, 'columns'), { recursive: true, withFileTypes: true, encoding: 'utf8' })
      await until('the broker holds no ciphertext', async () =>
        files().some((entry) => entry.isFile()) ? undefined : true,
      )
      const rest = await agreed(['gemeente', 'politie', 'school'], agreements[1] as AgreementId)
      await deliverAll(['gemeente', 'politie', 'school'], rest)
      await expectTable(rest, ['gemeente', 'politie', 'school'])
    },
    5 * minutes,
  )

  it(
    'attack 12: with everything the leaver had and all traffic since, no token of the agreement that follows can be made',
    async () => {
      const key = await keyOf('gemeente', agreements[2] as AgreementId, 1)
      await cannotMake(leaver, key)
      for (const { call, reply } of lab.relay.traffic)
        for (const bytes of [call.body, reply?.body]) {
          expect(bytes?.includes(Buffer.from(key)) ?? false).toBe(false)
          expect(bytes?.includes(toHex(key)) ?? false).toBe(false)
        }
      // The node it still runs reads the log, and is asked for nothing and believed in nothing.
      const sign = await lab.forger()
      const { node } = await lab.keysOf('ggd')
      const state = (await lab.record()).state
      expect(state.agreements.get(agreements[2] as AgreementId)?.document.parties.map(({ id }) => id)).not.toContain(
        'ggd',
      )
      const abort: StatementBody<'salt-abort'> = {
        kind: 'salt-abort',
        agreement: agreements[2] as AgreementId,
        epoch: 1,
        party: 'ggd' as never,
        reason: 'own-state-lost',
        waitingFor: [],
      }
      expect((await lab.submit('ggd', sign('ggd', [node], abort))).body.code).toBe('signer_unknown')
    },
    2 * minutes,
  )

  it(
    'keys rotate: a node changes over to its new key, a new epoch is agreed, and everybody delivers once more',
    async () => {
      const agreement = agreements[2] as AgreementId
      const parties = ['gemeente', 'politie', 'school'] as const
      const before = await lab.node('politie').ask<{ nodeKey: { keyId: string } }>('GET', '/fingerprints')
      await lab.node('politie').decide('/roster/proposals', { renew: ['node', 'witness'] })
      for (const party of ['gemeente', 'politie'] as const) await lab.node(party).acceptNext()
      for (const party of parties) await version(party, 4)
      const after = await lab.node('politie').ask<{ nodeKey: { keyId: string } }>('GET', '/fingerprints')
      expect(after.body.nodeKey.keyId).not.toBe(before.body.nodeKey.keyId)
      // The old key signed along, so what was delivered stays in use.
      await expectTable(agreement, parties)

      const old = await keyOf('gemeente', agreement, 1)
      const rotated = await lab.node('school').decide('/ceremonies/rotations', { agreement, reason: 'scheduled' })
      expect(rotated.status).toBe(200)
      await keyed(parties, agreement, 2)
      for (const party of parties) expect(await outstanding(party)).toEqual([{ agreement, again: true }])
      await deliverAll(parties, agreement)
      await expectTable(agreement, parties)
      expect(
        tokensUnder(await keyOf('gemeente', agreement, 2)).filter((token) => tokensUnder(old).includes(token)),
      ).toEqual([])
      for (const party of parties) {
        const { body } = await lab
          .node(party)
          .ask<{ valid: boolean; problem: string | null }>('GET', '/log/verification')
        expect(body).toMatchObject({ valid: true, problem: null })
      }
      const statements = (await lab.entries()).map((envelope) => payloadOf(envelope))
      const byNewKey = statements.filter(({ keyId }) => keyId === after.body.nodeKey.keyId).map(({ kind }) => kind)
      expect(byNewKey).toContain('salt-confirm')
      expect(byNewKey).toContain('extract')
    },
    5 * minutes,
  )
})
