import { describe, expect, it } from 'vitest'
import { createLabRecord } from '../src/index.ts'
import { broker, ggd, lab, minute, politie, publicOf, zorg } from './support/cast.ts'
import { createScribe, extractIdOf } from './support/scribe.ts'

const jobbed = () => {
  const scribe = createScribe()
  const story = scribe.until.jobbed()
  const release = () => scribe.sign('ggd', [ggd.node], scribe.releaseBody(story.requestHash, story.jobHash, ggd))
  return { scribe, ...story, release }
}

describe('a key release counts only while the job and what it opens still stand', () => {
  it('is refused from the minute the job ends, also when the release itself names no end', () => {
    const { scribe, release } = jobbed()
    scribe.wait(31 * minute)
    scribe.refuses('statement_expired', release())
  })

  it('is judged at its own time on replay, so that every reader of the log decides alike', () => {
    const { scribe, release } = jobbed()
    scribe.wait(29 * minute)
    const inTime = release()
    scribe.record.check(inTime, scribe.now()).commit()
    const again = createLabRecord({ lab, brokerPublicKey: publicOf(broker).publicKey })
    for (const envelope of [...scribe.envelopes, inTime]) again.check(envelope).commit()
    expect(again.tree.root()).toStrictEqual(scribe.record.tree.root())
    // Sent in time, come in late: refused by whoever takes it in now.
    const other = jobbed()
    other.scribe.wait(29 * minute)
    const late = other.release()
    other.scribe.refuses('statement_expired', late, other.scribe.now() + 5 * minute)
  })

  it('is refused after any party withdrew the agreement', () => {
    const { scribe, agreement, release } = jobbed()
    scribe.byOfficer(zorg, { kind: 'revocation', scope: 'agreement', id: agreement, reason: 'r' })
    scribe.refuses('revoked', release())
  })

  it('is refused for a delivery that was withdrawn, replaced, or has no key left; others go on', () => {
    const withdrawn = jobbed()
    withdrawn.scribe.byOfficer(ggd, { kind: 'revocation', scope: 'extract', id: extractIdOf(ggd), reason: 'r' })
    withdrawn.scribe.refuses('revoked', withdrawn.release())

    const replaced = jobbed()
    const body = { extractId: extractIdOf(ggd, 2), version: 2, replaces: extractIdOf(ggd) }
    replaced.scribe.byNode(ggd, replaced.scribe.extractBody(replaced.agreement, ggd, body))
    replaced.scribe.refuses('revoked', replaced.release())

    const destroyed = jobbed()
    destroyed.scribe.byNode(ggd, { kind: 'key-destroyed', extractIds: [extractIdOf(ggd)] })
    destroyed.scribe.refuses('revoked', destroyed.release())
    const { requestHash, jobHash } = destroyed
    destroyed.scribe.byNode(politie, destroyed.scribe.releaseBody(requestHash, jobHash, politie))
  })
})
