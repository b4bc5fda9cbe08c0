/**
 * Two ways to the same key values: the node's own, and a loop of createHmac over values that are texts already.
 * @module
 */
import { createHmac, createSecretKey } from 'node:crypto'
import type { KeyPart, LinkageRecipe, MatchKey } from '@kruispunt/contracts'
import { cryptoReady, randomBytes, shuffledOrder } from '@kruispunt/crypto'
import { createIdentifierStore, createTokenColumns, makeSubjects, profileOf } from '@kruispunt/linkage/node'
import type { ReadExport } from './linkage-keys-people.ts'

/** Seconds of the wall clock; `values` are tokens without filling. */
export type KeysOutcome = {
  readonly records: number
  readonly values: number
  readonly normaliseSeconds: number
  readonly subjectsSeconds: number
  readonly tokensSeconds: number
}

const seconds = (from: number): number => (performance.now() - from) / 1000

/** As a delivery does it, with every column thrown away when it is made. */
export async function productWay(people: ReadExport, recipe: LinkageRecipe, threads: number): Promise<KeysOutcome> {
  await cryptoReady()
  const begin = performance.now()
  const identifiers = createIdentifierStore(recipe)
  for (const { rows, texts } of people.batches) identifiers.add(rows, texts)
  const normaliseSeconds = seconds(begin)
  const merging = performance.now()
  const subjects = makeSubjects({ rows: people.rows, bsn: people.bsn, codes: {}, identifiers })
  const subjectsSeconds = seconds(merging)
  const making = performance.now()
  const order = shuffledOrder(subjects.subjects)
  const pseudonymKey = randomBytes(32)
  const columns = createTokenColumns({ subjects, identifiers, keys: recipe.keys, order, pseudonymKey, threads })
  for (const { id } of columns.keys) await columns.column(id)
  const tokensSeconds = seconds(making)
  const values = columns.preflight().keys.reduce((sum, key) => sum + key.values, 0)
  await columns.erase()
  identifiers.erase()
  return { records: people.rows, values, normaliseSeconds, subjectsSeconds, tokensSeconds }
}

/** Only the hashing is timed; the values of one key at a time are made before. */
export function hmacWay(people: ReadExport, recipe: LinkageRecipe): KeysOutcome {
  const key = createSecretKey(randomBytes(32))
  const profile = profileOf(recipe.profile)
  const rows = people.batches.flatMap(({ rows, texts }) =>
    Array.from({ length: rows }, (_, at) => {
      const raw = Object.fromEntries(Object.entries(texts).map(([field, column]) => [field, column[at] ?? '']))
      return readingsOf(profile.normalise(raw, { callingNames: recipe.callingNames }), profile.sound)
    }),
  )
  let values = 0
  let tokensSeconds = 0
  for (const { id, parts } of recipe.keys) {
    if (parts.includes('citizenNumber')) continue
    const texts = rows.flatMap((readings) => valuesOf(readings, parts))
    const from = performance.now()
    for (const text of texts) createHmac('sha256', key).update(id).update(text).digest()
    tokensSeconds += seconds(from)
    values += texts.length
  }
  return { records: people.rows, values, normaliseSeconds: 0, subjectsSeconds: 0, tokensSeconds }
}

type Readings = Readonly<Record<Exclude<KeyPart, 'citizenNumber'>, readonly string[]>>

const oneOut = (name: string) => [name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))]
const masked = (date: string) => Array.from(date, (_, at) => `${date.slice(0, at)}*${date.slice(at + 1)}`)

function readingsOf(
  person: ReturnType<ReturnType<typeof profileOf>['normalise']>,
  sound: (name: string) => string,
): Readings {
  const { givenName, surnames, birthYear: y, birthMonth: m, birthDay: d } = person
  const date = y !== '' && m !== '' && d !== '' ? y + m + d : ''
  return {
    givenName: [givenName],
    givenNameSound: [sound(givenName)],
    initial: person.firstInitials,
    allInitials: [person.initials],
    surname: surnames,
    surnameSound: surnames.map(sound),
    namesSorted: givenName === '' ? [] : surnames.map((name) => [givenName, name].toSorted().join('\u001f')),
    surnameOneOut: surnames.flatMap(oneOut),
    birthDate: [date],
    birthDateSorted: [date === '' ? '' : y + [m, d].toSorted().join('')],
    birthDateOneMasked: masked(date),
    birthYear: [y],
    birthMonth: [m],
    birthDay: [d],
    sex: [person.sex],
    postcodeArea: [person.postcodeArea],
    address: [person.address],
    addressWithoutSuffix: [person.addressWithoutSuffix],
    street: [person.street],
    place: [person.place],
  }
}

function valuesOf(readings: Readings, parts: MatchKey['parts']): string[] {
  let values: string[][] = [[]]
  for (const part of parts) {
    if (part === 'citizenNumber') return []
    const known = readings[part].filter((text) => text !== '')
    values = values.flatMap((value) => known.map((text) => [...value, text]))
  }
  return [...new Set(values.map((value) => value.join('\u001f')))]
}
