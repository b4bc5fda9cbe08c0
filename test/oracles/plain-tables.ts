/**
 * Any cell of any table of the practice region, counted in plain text from the raw files: rows and the persons behind them.
 * @module
 */
import { bsnsOf, type Report, type Resident, readPeople, readReports, readResidents } from './plain-practice.ts'

/** One row: whose it is, and per variable every category it falls in, at each level. */
type Unit = { readonly person: string; readonly codes: ReadonlyMap<string, ReadonlySet<string>> }
/** The categories that define a cell: a unit is in it when it has one of the codes of every variable. */
export type Place = readonly { readonly dimension: string; readonly codes: readonly string[] }[]
export type PlainCount = { readonly rows: number; readonly persons: number }

const unknown = ['unknown']
const provisions = new Set(['huishoudelijke hulp', 'begeleiding', 'dagbesteding', 'beschermd wonen'])
const kinds = new Set(['verward gedrag', 'geluidsoverlast', 'vervuiling', 'burenruzie', 'drugs'])
const yesNo = new Map([
  ['ja', ['yes']],
  ['nee', ['no']],
])
const ages: readonly (readonly [below: number, code: string])[] = [
  [18, '0-17'],
  [30, '18-29'],
  [45, '30-44'],
  [65, '45-64'],
  [80, '65-79'],
  [Number.POSITIVE_INFINITY, '80+'],
]

/** On the last day of 2024 everybody born in 2024 or before has had this year's birthday. */
function ageBand(birth: string): readonly string[] {
  if (!/^\d{8}$/.test(birth)) return unknown
  const age = 2024 - Number(birth.slice(0, 4))
  return [ages.find(([below]) => age < below)?.[1] ?? 'unknown']
}

function wmo(provision: string): readonly string[] {
  if (provision === 'geen') return ['geen', 'none']
  return provisions.has(provision) ? [provision, 'some'] : unknown
}

const ofResident = ({ wijk, buurt, wmo: provision, assistance, birth }: Resident) => [
  ['gemeente.area', /^BU9999\d{4}$/.test(buurt) ? [wijk, buurt] : unknown] as const,
  ['gemeente.wmo', wmo(provision)] as const,
  ['gemeente.assistance', yesNo.get(assistance) ?? unknown] as const,
  ['gemeente.age', ageBand(birth)] as const,
]
const ofReport = ({ kind, month, quarter }: Report) => [
  ['politie.kind', kinds.has(kind) ? [kind] : unknown] as const,
  ['politie.month', /^2024-\d\d$/.test(month) ? [month, quarter] : unknown] as const,
]

/** A row without a number is a person of its own: nobody can tell whose it is. */
function unitsOf<T extends { bsn: string | undefined }>(
  rows: readonly T[],
  codesOf: (row: T) => readonly (readonly [string, readonly string[]])[],
): Unit[] {
  const known = readPeople()
  return rows.map((row, index) => {
    const presence = known.map(
      ({ party, bsns }) => [`presence:${party}`, [row.bsn !== undefined && bsns.has(row.bsn) ? 'yes' : 'no']] as const,
    )
    const codes = [...codesOf(row), ...presence].map(([dimension, list]) => [dimension, new Set(list)] as const)
    return { person: row.bsn ?? `row ${index}`, codes: new Map(codes) }
  })
}

/** @returns counters by table of the agreement */
export function plainTables(): ReadonlyMap<string, (place: Place) => PlainCount> {
  const residents = readResidents()
  const byBsn = new Map(residents.flatMap((resident) => (resident.bsn ? [[resident.bsn, resident] as const] : [])))
  // Whoever is counted by number must be there once, or a row would hide another.
  if (byBsn.size !== bsnsOf(residents).size) throw new Error('a citizen number twice')
  const notKnown = ['gemeente.area', 'gemeente.wmo', 'gemeente.assistance', 'gemeente.age'].map(
    (dimension) => [dimension, ['not-known']] as const,
  )
  const reports = unitsOf(readReports(), (report) => {
    const resident = report.bsn === undefined ? undefined : byBsn.get(report.bsn)
    return [...ofReport(report), ...(resident === undefined ? notKnown : ofResident(resident))]
  })
  return new Map([
    ['residents', counterOf(unitsOf(residents, ofResident))],
    ['reports', counterOf(reports)],
  ])
}

const counterOf =
  (units: readonly Unit[]) =>
  (place: Place): PlainCount => {
    const inside = units.filter(({ codes }) =>
      place.every(({ dimension, codes: wanted }) => {
        const own = codes.get(dimension)
        if (own === undefined) throw new Error(`the oracle does not know ${dimension}`)
        return wanted.some((code) => own.has(code))
      }),
    )
    return { rows: inside.length, persons: new Set(inside.map(({ person }) => person)).size }
  }
