/** Log copies written by the services' own code, of stories with every kind of statement; and ways to change them. */
import type { StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import type { SigningKey } from '@kruispunt/crypto'
import { createLabRecord, logCopyText, logOrigin, witnessName } from '@kruispunt/lab-record'
import { cosign, formatCheckpoint, mergeCosignatures, signCheckpoint } from '@kruispunt/transparency-log'
import {
  broker,
  ggd,
  keyOf,
  lab,
  logKey,
  type Party,
  parties,
  politie,
  publicOf,
  school,
  zorg,
} from '../../../packages/lab-record/test/support/cast.ts'
import { createScribe, extractIdOf, hex } from '../../../packages/lab-record/test/support/scribe.ts'
import { isReadable, readLogCopy } from '../../../services/workbench/src/verify/read/log-copy.ts'
import { type Pinned, type Replay, replay } from '../../../services/workbench/src/verify/replay.ts'

const brokerName = 'broker.test'
export type Scribe = ReturnType<typeof createScribe>

/** From roster to result, with a delivery replaced, one withdrawn, a request refused and ceremonies given up. */
export function wholeStory() {
  const scribe = createScribe()
  const { agreement, requestHash, jobHash } = scribe.until.released()
  const { byBroker, byNode, byOfficer, byCoordinator } = scribe
  byBroker({
    kind: 'result',
    requestHash,
    tableHash: hex(32, 'a'),
    resultSha256: hex(32, 'b'),
    released: 3,
    withheld: 1,
  })
  byBroker({ kind: 'job-closed', requestHash, reason: 'closed-by-coordinator' })
  const second = byCoordinator(scribe.requestBody(agreement, { requestId: hex(16, 'b2') }), scribe.inMinutes(600))
  byNode(ggd, { kind: 'release-refusal', requestHash: second.hash, code: 'log_stale' })
  byOfficer(zorg, { kind: 'revocation', scope: 'request', id: hex(16, 'b2'), reason: 'niet nodig' })
  byNode(
    ggd,
    scribe.extractBody(agreement, ggd, { extractId: extractIdOf(ggd, 2), version: 2, replaces: extractIdOf(ggd) }),
  )
  byNode(ggd, { kind: 'key-destroyed', extractIds: [extractIdOf(ggd)] })
  byOfficer(politie, { kind: 'revocation', scope: 'extract', id: extractIdOf(politie), reason: 'bezwaar' })
  byNode(politie, { kind: 'key-destroyed', extractIds: [extractIdOf(politie)] })
  const other = scribe.propose({ reference: 'A-2' })
  for (const party of parties) scribe.approve(other, party)
  byNode(ggd, scribe.saltBodies.commit(other, ggd))
  byNode(ggd, scribe.saltBodies.abort(other, ggd))
  for (const party of parties) byNode(party, scribe.saltBodies.commit(other, party, 2))
  byNode(zorg, scribe.saltBodies.complaint(other, zorg, ggd, 2))
  const joint = scribe.propose({ reference: 'A-4', pseudonymMode: 'joint-oprf' })
  for (const party of parties) scribe.approve(joint, party)
  scribe.ceremony(joint)
  const asked = [politie, zorg].map((to) => byNode(ggd, scribe.oprfBodies.batch(joint, to)).hash)
  byNode(politie, scribe.oprfBodies.evaluation(joint, ggd, asked[0] ?? ''))
  byNode(ggd, scribe.oprfBodies.alarm(joint, politie, asked[0] ?? ''))
  byNode(zorg, scribe.oprfBodies.refusal(joint, ggd, asked[1] ?? ''))
  const newer = scribe.propose({ version: 2, supersedes: agreement })
  for (const party of parties) scribe.approve(newer, party)
  const last = scribe.propose({ reference: 'A-3' })
  byOfficer(politie, { kind: 'revocation', scope: 'agreement', id: last, reason: 'geen grondslag' })
  return { scribe, agreement, other, newer, last, requestHash, jobHash, secondHash: second.hash }
}

/**
 * Rosters that follow one another: a party joins, a key is replaced with and without the old one, a party leaves; epochs asked for,
 * and officers who say which log it is.
 */
export function rosterStory() {
  const scribe = createScribe()
  const { byOfficer } = scribe
  const agreement = scribe.until.delivered()
  const second = scribe.propose({ reference: 'A-2' })
  for (const party of parties) scribe.approve(second, party)
  scribe.ceremony(second)
  const ofNow = (): StatementBody<'recovery'> => ({
    kind: 'recovery',
    size: scribe.record.tree.size - 1,
    root: Buffer.from(scribe.record.tree.root(scribe.record.tree.size - 1)).toString('hex'),
    reason: 'na een storing',
  })
  const named = ofNow()
  byOfficer(ggd, named)
  byOfficer(zorg, named)

  const abandoned = scribe.successor([...parties, school], { expires: scribe.inMinutes(90_000).notAfter })
  scribe.putForward(abandoned)
  scribe.acceptNext(abandoned, ggd)
  const joined = scribe.successor([...parties, school])
  scribe.putForward(joined)
  scribe.acceptNext(joined, school, school.officers[1])
  for (const party of [ggd, zorg]) scribe.acceptNext(joined, party)

  byOfficer(politie, { kind: 'epoch-rotation', agreement, epoch: 2, reason: 'scheduled' })
  scribe.ceremony(agreement, 2)
  byOfficer(ggd, { kind: 'epoch-rotation', agreement: second, epoch: 2, reason: 'compromise' })

  const renewed: Party = { ...zorg, node: keyOf('zorg/new node') }
  const members = [ggd, politie, renewed, school]
  const replaced = scribe.successor(members)
  scribe.putForward(replaced)
  for (const party of [renewed, ggd, school]) scribe.acceptNext(replaced, party)

  const left = scribe.successor([ggd, renewed, school])
  scribe.putForward(left)
  scribe.write('politie', [politie.officers[0]], scribe.acceptanceOf(left))
  for (const party of [ggd, renewed, school]) scribe.acceptNext(left, party)
  return { scribe, agreement, second }
}

/** A note over the first `size` leaves, with the lines of these witnesses. */
export function noteOver(
  root: Uint8Array,
  size: number,
  witnesses: readonly { readonly id: string; readonly witness: SigningKey }[] = parties,
  key: SigningKey = logKey,
): string {
  const origin = logOrigin(brokerName, lab)
  const text = formatCheckpoint({ origin, size, root })
  const lines = witnesses.map(({ id, witness }) =>
    cosign(text, witnessName(brokerName, lab, id as never), witness, 1_793_600_000),
  )
  return mergeCosignatures(signCheckpoint(text, origin, key), lines)
}

/** The copy of a log as it should be: every entry in a checkpoint that all have cosigned. */
export function copyOf({ envelopes, record }: Scribe): Buffer {
  const { size } = record.tree
  const note = noteOver(record.tree.root(), size)
  return Buffer.from(logCopyText({ lab, envelopes, latest: note, quorum: note }))
}

/** A copy over other entries, with its heading and checkpoints made to fit as far as a broker alone can make them. */
export function forgedCopy(
  envelopes: readonly StatementEnvelope[],
  notes: { readonly latest: string | null; readonly quorum: string | null },
): Buffer {
  return Buffer.from(logCopyText({ lab, envelopes, ...notes }))
}

export function verified(bytes: Uint8Array, pinned: Pinned): Replay | { unreadable: string; line: number } {
  const copy = readLogCopy(bytes)
  return isReadable(copy) ? replay(copy, pinned) : { unreadable: copy.code, line: copy.line }
}

export function freshRecord() {
  return createLabRecord({ lab, brokerPublicKey: publicOf(broker).publicKey })
}
