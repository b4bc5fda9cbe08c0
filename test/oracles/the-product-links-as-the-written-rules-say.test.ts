import { cryptoReady, randomBytes } from '@kruispunt/crypto'
import { type LinkageReport, linkPersons } from '@kruispunt/linkage/broker'
import { beforeAll, describe, expect, it } from 'vitest'
import { recipe } from '../../infra/demo/agreement/datasets.ts'
import { delivered } from '../scenarios/support/delivered.ts'
import { type PlainLinkage, plainLinkage } from './plain-linkage.ts'
import { readPractice } from './plain-practice.ts'

const extracts = readPractice()
let plain: PlainLinkage
let persons: readonly Uint32Array[]
let report: LinkageReport

beforeAll(async () => {
  await cryptoReady()
  plain = plainLinkage(extracts)
  const pseudonymKey = randomBytes(32)
  const sent = await Promise.all(extracts.map((extract) => delivered(extract, pseudonymKey)))
  const { citizenNumber, suspects, fewestKeys } = recipe
  const linked = linkPersons(sent, { jobKey: randomBytes(32), citizenNumber, suspects, fewestKeys })
  persons = linked.personOf
  report = linked.report
}, 120_000)

describe('the product links the practice region as the written rules say', () => {
  it('the same rows are one subject, and the same subjects are one person', () => {
    const parties = extracts.map(({ party }) => party)
    const own = parties.map((party) => plain.subjects.filter((subject) => subject.party === party))
    expect(persons.map(({ length }) => length)).toEqual(own.map(({ length }) => length))
    const pairs = own.flatMap((list, at) => list.map(({ person }, subject) => `${person} ${persons[at]?.[subject]}`))
    // As many pairs of numbers as there are persons either way: every person is the same set of subjects.
    const different = new Set(pairs).size
    expect([different, report.persons]).toEqual([plain.persons, plain.persons])
  })

  it('every count of the report is the plain one, small ones too', () => {
    for (const { party, subjects, ambiguous } of report.parties)
      expect({ party, subjects, ambiguous }).toEqual({ party, ...plain.parties.get(party) })
    for (const { parties, linked, singleKey, suspects, conflicts, ties } of report.pairs) {
      const refused = conflicts.sameParty + conflicts.differentIdentity
      const counts = { linked, singleKey, suspects, conflicts: refused, ties }
      expect({ parties, ...counts }).toEqual({ parties, ...plain.pairs.get(parties.join(' ')) })
    }
    for (const { keyId, voidTokens, links } of report.keys)
      expect({ keyId, voidTokens, links }).toEqual({ keyId, ...plain.keys.get(keyId) })
    expect(report.pairs.some(({ ties }) => ties > 0)).toBe(true)
  })
})
