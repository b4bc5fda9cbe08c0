/**
 * The categories of each partner's rows, from the words of the agreement: at every level of a variable, or unknown.
 * @module
 */
import type { Columns } from './plain-practice.ts'

/** Per variable the categories a row falls in, finest first. */
export type Codes = Readonly<Record<string, readonly string[]>>

export const unknown: readonly string[] = ['unknown']
const provisions = new Set(['huishoudelijke hulp', 'begeleiding', 'dagbesteding', 'beschermd wonen'])
const kinds = new Set(['verward gedrag', 'geluidsoverlast', 'vervuiling', 'burenruzie', 'drugs'])
const homes = new Set(['eengezinswoning', 'seniorenwoning', 'flat met lift', 'flat zonder lift'])
const yesNo: Readonly<Record<string, readonly string[]>> = {
  ja: ['yes'],
  j: ['yes'],
  nee: ['no'],
  n: ['no'],
}
const ages: readonly (readonly [below: number, code: string])[] = [
  [18, '0-17'],
  [30, '18-29'],
  [45, '30-44'],
  [65, '45-64'],
  [80, '65-79'],
  [Number.POSITIVE_INFINITY, '80+'],
]

const oneOf = (known: ReadonlySet<string>, word = ''): readonly string[] => (known.has(word) ? [word] : unknown)
const answer = (word = ''): readonly string[] => yesNo[word.toLowerCase()] ?? unknown
/** The first band whose lowest number is reached, from the top. */
function band(word: string | undefined, bands: readonly (readonly [from: number, code: string])[]): readonly string[] {
  if (!/^\d+$/.test(word ?? '')) return unknown
  return [bands.toReversed().find(([from]) => Number(word) >= from)?.[1] ?? 'unknown']
}

/** On the last day of 2024 everybody born in 2024 or before has had this year's birthday. */
function ageBand(birth = ''): readonly string[] {
  if (!/^\d{8}$/.test(birth)) return unknown
  const age = 2024 - Number(birth.slice(0, 4))
  return [ages.find(([below]) => age < below)?.[1] ?? 'unknown']
}

function wmo(provision = ''): readonly string[] {
  if (provision === 'geen') return ['geen', 'none']
  return provisions.has(provision) ? [provision, 'some'] : unknown
}

function area(columns: Columns): readonly string[] {
  const [buurt = '', wijk = ''] = [columns.Buurtcode, columns.Wijkcode]
  return /^BU9999\d{4}$/.test(buurt) ? [buurt, wijk] : unknown
}

function monthOf(moment = ''): readonly string[] {
  const [, month = '', year = ''] = /^\d\d-(\d\d)-(\d{4})/.exec(moment) ?? []
  return year === '2024' ? [`${year}-${month}`, `${year}-Q${Math.ceil(Number(month) / 3)}`] : unknown
}

/** Tenths of an hour a week, from `7,7`; a person without care has none. */
export function tenthsOfHours({ 'Uren per week': word = '' }: Columns): number {
  const [, hours = '', tenths = '0'] = /^(\d+)(?:,(\d))?$/.exec(word) ?? []
  return hours === '' ? 0 : 10 * Number(hours) + Number(tenths)
}

/** By party, for the variables that the questions ask for. */
export const codesOf: Readonly<Record<string, (columns: Columns) => Codes>> = {
  gemeente: (columns) => ({
    'gemeente.area': area(columns),
    'gemeente.wmo': wmo(columns['Wmo-voorziening']),
    'gemeente.assistance': answer(columns.Bijstand),
    'gemeente.age': ageBand(columns.Geboortedatum),
  }),
  politie: (columns) => ({
    'politie.kind': oneOf(kinds, columns.melding_soort),
    'politie.month': monthOf(columns.melding_tijdstip),
  }),
  corporatie: (columns) => ({
    'corporatie.home': oneOf(homes, columns.Woningtype),
    'corporatie.arrears': band(columns['Huurachterstand (mnd)'], [
      [0, '0'],
      [1, '1-2'],
      [3, '3+'],
    ]),
    'corporatie.complaints': band(columns.Klachten, [
      [0, '0'],
      [1, '1'],
      [2, '2+'],
    ]),
  }),
  ggd: (columns) => ({ 'ggd.report': answer(columns['OGGZ-melding']) }),
  zorg: (columns) => ({ 'zorg.athome': answer(columns.Extramuraal) }),
  scholen: () => ({}),
}
