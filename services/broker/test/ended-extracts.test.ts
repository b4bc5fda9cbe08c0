import { describe, expect, it } from 'vitest'
import { ggd, parties, politie, zorg } from '../../../packages/lab-record/test/support/cast.ts'
import { createScribe, extractIdOf, requestIdOf } from '../../../packages/lab-record/test/support/scribe.ts'
import { madeIdOf, singleRequestScribe } from '../../../packages/lab-record/test/support/single-request-story.ts'
import { endedExtracts } from '../src/blobs/ended-extracts.ts'

const dayMs = 86_400_000
const ids = parties.map((party) => extractIdOf(party))

describe('ciphertext goes when its delivery is over', () => {
  it('stays as long as was agreed, and not a moment longer', () => {
    const scribe = createScribe()
    const id = scribe.until.delivered()
    const { state } = scribe.record
    const days = state.agreements.get(id)?.document.retention.deliveryDays ?? 0
    const [first] = [...state.extracts.values()].map(({ recorded }) => Date.parse(recorded.statement.issuedAt))
    const end = (first ?? 0) + days * dayMs
    expect(endedExtracts(state, scribe.now())).toEqual([])
    expect(endedExtracts(state, end - 1)).toEqual([])
    expect(endedExtracts(state, end)).toEqual(ids.slice(0, 1))
    expect(endedExtracts(state, end + dayMs)).toEqual(ids)
  })

  it('goes when it was withdrawn or replaced, and the others stay', () => {
    const scribe = createScribe()
    const id = scribe.until.delivered()
    scribe.byOfficer(politie, { kind: 'revocation', scope: 'extract', id: extractIdOf(politie), reason: 'bezwaar' })
    scribe.byNode(
      ggd,
      scribe.extractBody(id, ggd, { extractId: extractIdOf(ggd, 2), version: 2, replaces: extractIdOf(ggd) }),
    )
    expect(endedExtracts(scribe.record.state, scribe.now())).toEqual([extractIdOf(ggd), extractIdOf(politie)])
  })

  it('goes with the agreement: withdrawn by one, or past its date', () => {
    const scribe = createScribe()
    const id = scribe.until.delivered()
    const until = Date.parse(scribe.record.state.agreements.get(id)?.document.validUntil ?? '')
    expect(endedExtracts(scribe.record.state, until)).toEqual(ids)
    scribe.byOfficer(zorg, { kind: 'revocation', scope: 'agreement', id, reason: 'geen grondslag meer' })
    expect(endedExtracts(scribe.record.state, scribe.now())).toEqual(ids)
  })

  it('goes with the one request it was made for: closed, refused, withdrawn, or past its end', () => {
    const made = parties.map((party) => madeIdOf(1, party))
    const ends: ((scribe: ReturnType<typeof singleRequestScribe>, requestHash: string) => void)[] = [
      (scribe, requestHash) => scribe.byBroker({ kind: 'job-closed', requestHash, reason: 'closed-by-coordinator' }),
      (scribe) => scribe.byOfficer(ggd, { kind: 'revocation', scope: 'request', id: requestIdOf(1), reason: 'r' }),
      (scribe) => scribe.wait(31 * 60_000),
    ]
    for (const end of ends) {
      const scribe = singleRequestScribe()
      const { requestHash } = scribe.single.jobbed()
      expect(endedExtracts(scribe.record.state, scribe.now())).toEqual([])
      end(scribe, requestHash)
      expect(endedExtracts(scribe.record.state, scribe.now())).toEqual(made)
    }
  })
})
