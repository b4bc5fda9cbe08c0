/** Three parties with fixed keys, a coordinator and a broker; insecure by design. */
import type { KeyId, LabId, PartyId, RosterDocument } from '@kruispunt/contracts'
import { type SigningKey, sha256, signingKeyFromSeed, toHex, utf8 } from '@kruispunt/crypto'
import { quorumOf } from '@kruispunt/transparency-log'

export const lab = 'regio' as LabId
export const keyOf = (name: string): SigningKey =>
  signingKeyFromSeed(sha256(utf8(`insecure seed for testing: ${name}`)))
export const publicOf = (key: SigningKey) => ({ keyId: key.keyId as KeyId, publicKey: toHex(key.publicKey) })

export const broker = keyOf('broker')
export const logKey = keyOf('log')
export const coordinator = keyOf('coordinator')
const partyNamed = (id: string) => ({
  id: id as PartyId,
  node: keyOf(`${id}/node`),
  witness: keyOf(`${id}/witness`),
  officers: [keyOf(`${id}/officer`), keyOf(`${id}/second officer`)] as const,
})
export const parties = ['ggd', 'politie', 'zorg'].map(partyNamed)
export type Party = (typeof parties)[number]
/** Not in the first roster. */
export const school: Party = partyNamed('school')
const [ggd, politie, zorg] = parties as [Party, Party, Party]

export { ggd, politie, zorg }

export const start = Date.parse('2026-11-01T09:00:00.000Z')
export const minute = 60_000

export const rosterParty = ({ id, node, witness, officers }: Party) => ({
  id,
  name: `Stichting ${id}`,
  nodeKey: publicOf(node),
  witnessKey: publicOf(witness),
  officers: officers.map((officer) => ({ ...publicOf(officer), role: 'privacy-officer' as const })),
})

export function rosterDocument(change: Partial<RosterDocument> = {}): RosterDocument {
  return {
    v: 1,
    kind: 'roster-document',
    lab,
    version: 1,
    prev: null,
    parties: parties.map(rosterParty),
    coordinators: [{ ...publicOf(coordinator), kind: 'ed25519' }],
    broker: { name: 'broker.test', brokerKey: publicOf(broker), logKey: publicOf(logKey) },
    quorum: quorumOf(parties.length),
    threshold: 2,
    expires: new Date(start + 365 * 24 * 60 * minute).toISOString(),
    ...change,
  }
}
