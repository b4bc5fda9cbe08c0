import {
  cosign,
  formatCheckpoint,
  mergeCosignatures,
  merkleRoot,
  signCheckpoint,
  verifyQuorum,
} from '@kruispunt/transparency-log'
import { expect, it } from 'vitest'
import { logIdentityOf, logOrigin, quorumRuleOf, witnessName, witnessOf } from '../src/index.ts'
import { lab, logKey, parties, politie, publicOf, rosterDocument } from './support/cast.ts'

it('spells the names of a log and its witnesses in one way', () => {
  expect(logOrigin('broker.test', lab)).toBe('broker.test/regio')
  expect(witnessName('broker.test', lab, politie.id)).toBe('broker.test/regio/politie')
  expect(witnessOf(rosterDocument(), politie.id)).toEqual({
    name: 'broker.test/regio/politie',
    publicKey: politie.witness.publicKey,
  })
  expect(witnessOf(rosterDocument(), 'school' as never)).toBeUndefined()
})

it('gives the rule by which a roster’s own witnesses reach a quorum, and nobody else', () => {
  const rule = quorumRuleOf(rosterDocument())
  expect(logIdentityOf('broker.test', lab, publicOf(logKey).publicKey)).toEqual({
    origin: rule.origin,
    logKeyName: rule.logKeyName,
    logPublicKey: rule.logPublicKey,
  })
  const text = formatCheckpoint({ origin: rule.origin, size: 0, root: merkleRoot([]) })
  const note = signCheckpoint(text, rule.logKeyName, logKey)
  const lines = parties.map(({ id, witness }) =>
    cosign(text, witnessName('broker.test', lab, id), witness, 1_800_000_000),
  )
  expect(verifyQuorum(mergeCosignatures(note, lines), rule).cosigners).toHaveLength(3)
  expect(() => verifyQuorum(mergeCosignatures(note, lines.slice(1)), rule)).toThrow(
    expect.objectContaining({ code: 'quorum_missing' }),
  )
})
