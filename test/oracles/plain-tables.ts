/**
 * Any cell of any table of the practice region, counted in plain text: raw files in, linked by the written rules, rows and
 * the persons behind them out. Knows no pseudonym and hides nothing. What the product shows must equal this, cell by cell.
 * @module
 */
import { type Codes, codesOf, tenthsOfHours, unknown } from './plain-codes.ts'
import { plainHouseholds } from './plain-households.ts'
import type { LinkedSubject, PlainLinkage } from './plain-linkage.ts'

/** One row: whose it is, and per variable every category it falls in, at each level. */
type Unit = { readonly person: number; readonly codes: Codes; readonly amount?: number }
/** The categories that define a cell: a unit is in it when it has one of the codes of every variable. */
export type Place = readonly { readonly dimension: string; readonly codes: readonly string[] }[]
export type PlainCount = {
  readonly rows: number
  readonly persons: number
  /** What the rows' amounts add up to, where the table has one; and the largest of them, largest first. */
  readonly sum: number
  readonly largest: readonly number[]
}

/** A person of several rows counts as the last of them says that knows. */
function codesOfSubject({ party, rows }: LinkedSubject): Codes {
  const codes: Record<string, readonly string[]> = {}
  for (const { columns } of rows)
    for (const [dimension, own] of Object.entries(codesOf[party]?.(columns) ?? {}))
      if (own !== unknown || codes[dimension] === undefined) codes[dimension] = own
  return codes
}

/** Like its categories, the amount of a person of several rows is that of the last row that has one. */
const amountOf = ({ rows }: LinkedSubject): number =>
  rows.reduce((last, { columns }) => tenthsOfHours(columns) || last, 0)

/** @returns counters by table of the agreement */
export function plainTables(linkage: PlainLinkage): ReadonlyMap<string, (place: Place) => PlainCount> {
  const { parties, subjects } = linkage
  const names = [...parties.keys()]
  const subjectOf = new Map(subjects.map((subject) => [`${subject.party} ${subject.person}`, subject]))
  if (subjectOf.size !== subjects.length) throw new Error('two subjects of one partner in one person')
  /** What all partners but one know of a person; who is not known to a partner has none of its categories. */
  const elsewhere = (person: number, home: string): Codes =>
    Object.assign(
      {},
      ...names.map((party) => {
        const subject = subjectOf.get(`${party} ${person}`)
        const presence = { [`presence:${party}`]: [subject === undefined ? 'no' : 'yes'] }
        if (party === home || party === 'politie') return presence
        const known = codesOf[party]?.({}) ?? {}
        const nothing = Object.fromEntries(Object.keys(known).map((dimension) => [dimension, ['not-known']]))
        return { ...presence, ...(subject === undefined ? nothing : codesOfSubject(subject)) }
      }),
    )
  const of = (party: string): readonly LinkedSubject[] => subjects.filter((subject) => subject.party === party)
  const peopleOf = (party: string): Unit[] =>
    of(party).map((subject) => ({
      person: subject.person,
      codes: { ...elsewhere(subject.person, party), ...codesOfSubject(subject) },
      ...(party === 'zorg' ? { amount: amountOf(subject) } : {}),
    }))
  const reports = of('politie').flatMap(({ person, rows }) => {
    const shared = elsewhere(person, 'politie')
    return rows.map(({ columns }): Unit => ({ person, codes: { ...shared, ...codesOf.politie?.(columns) } }))
  })
  const residents = peopleOf('gemeente')
  return new Map([
    ['residents', counterOf(residents)],
    ['households', counterOf(householdsOf(plainHouseholds(linkage), residents))],
    ['reports', counterOf(reports)],
    ['tenants', counterOf(peopleOf('corporatie'))],
    ['clients', counterOf(peopleOf('zorg'))],
  ])
}

/** Which of two says more about a household: a category before another of the list, any before none. */
const inOrder = ['yes', 'no', 'unknown']
function before([one = '']: readonly string[], [other = '']: readonly string[]): boolean {
  const [a, b] = [inOrder.indexOf(one), inOrder.indexOf(other)]
  if (a >= 0 && b >= 0) return a < b
  // Neighbourhoods are listed by their code; who has none says nothing.
  return other === 'unknown' || (one !== 'unknown' && one < other)
}

/** A household counts as the first category that any of its people has. */
function householdsOf(households: readonly (readonly number[])[], residents: readonly Unit[]): Unit[] {
  const residentOf = new Map(residents.map((resident) => [resident.person, resident]))
  return households.map((persons, household): Unit => {
    const codes: Record<string, readonly string[]> = {}
    for (const person of persons)
      for (const [dimension, own] of Object.entries(residentOf.get(person)?.codes ?? {})) {
        const known = codes[dimension]
        if (known === undefined || before(own, known)) codes[dimension] = own
      }
    return { person: household, codes }
  })
}

const counterOf =
  (units: readonly Unit[]) =>
  (place: Place): PlainCount => {
    const inside = units.filter(({ codes }) =>
      place.every(({ dimension, codes: wanted }) => {
        const own = codes[dimension]
        if (own === undefined) throw new Error(`the oracle does not know ${dimension}`)
        return wanted.some((code) => own.includes(code))
      }),
    )
    const amounts = inside.map(({ amount = 0 }) => amount)
    return {
      rows: inside.length,
      persons: new Set(inside.map(({ person }) => person)).size,
      sum: amounts.reduce((sum, amount) => sum + amount, 0),
      largest: amounts.toSorted((a, b) => b - a).slice(0, 2),
    }
  }
