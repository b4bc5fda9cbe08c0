/**
 * What must not be found anywhere but in the raw files: numbers, names, dates, postcodes, and the tokens made of them.
 * @module
 */
import { join } from 'node:path'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { openNode } from '../../../services/node/src/node.ts'
import type { Secrets } from '../../oracles/leak-search.ts'
import { plainKeyValues } from '../../oracles/linking/keys.ts'
import { type PlainPerson, plainPerson } from '../../oracles/nl1/person.ts'
import { type RawExtract, readPractice } from '../../oracles/plain-practice.ts'
import { delivered } from './delivered.ts'
import { agreementIn, deliveriesAt } from './demo-story.ts'

/** Every so many rows one whose date, address and name as it goes into keys are looked for; a leak is never of one row. */
const every = 15

const bytesOf = (token: Uint8Array): string => Buffer.from(token).toString('latin1')

/** The words of a text, for what is in there anyway. */
const wordsIn = (text: string): Set<string> => new Set(text.match(/[A-Za-z]+|\d[\d-]+\d/g))

function sampled(extracts: readonly RawExtract[], isAgreed: (word: string) => boolean) {
  const dates = new Set<string>()
  const postcodes = new Set<string>()
  const cores = new Set<string>()
  for (const { rows } of extracts)
    for (const { person } of rows.filter((_, row) => row % every === 0)) {
      const { birthYear, birthMonth, birthDay, address, surnames } = plainPerson(person, true)
      const [postcode = ''] = address.split('|')
      if (postcode !== '') postcodes.add(postcode)
      // Short words turn up in random text.
      for (const name of surnames) if (name.length >= 8 && !isAgreed(name)) cores.add(name)
      if (birthYear === '' || birthMonth === '' || birthDay === '') continue
      const written = [
        birthYear + birthMonth + birthDay,
        `${birthYear}-${birthMonth}-${birthDay}`,
        `${birthDay}-${birthMonth}-${birthYear}`,
      ]
      for (const date of written) if (!isAgreed(date)) dates.add(date)
    }
  return { dates, postcodes, cores }
}

/** The key that the partners made together, from the folder of one of them. */
async function pseudonymKeyIn(folder: string): Promise<Uint8Array> {
  const [delivery] = await deliveriesAt(folder)
  if (delivery === undefined) throw new Error('no delivery')
  const node = await openNode({ folder: join(folder, 'nodes', 'gemeente'), clock: Date.now, random: () => 0 })
  try {
    const { agreement, epoch } = delivery
    return node.deliveries.pseudonymKey(agreement as Parameters<typeof node.deliveries.pseudonymKey>[0], epoch)
  } finally {
    await node.close()
  }
}

/** The column of N1 that a node makes of these rows, as byte strings. */
export async function columnOfNames(extract: RawExtract, pseudonymKey: Uint8Array): Promise<Set<string>> {
  const { tokenColumns } = await delivered(extract, pseudonymKey, (key) => key === 'N1')
  const tokens = tokenColumns[0]?.tokens ?? new Uint8Array(0)
  return new Set(Array.from({ length: tokens.length / 16 }, (_, at) => bytesOf(tokens.subarray(at * 16, at * 16 + 16))))
}

const valuesOfNames = (person: PlainPerson): readonly string[] => plainKeyValues([person]).get('N1') ?? []

/** @returns with the key, and which of the tokens are made of names and dates, for who wants to make sure of them */
export async function secretsOf(
  folder: string,
): Promise<Secrets & { readonly pseudonymKey: Uint8Array; readonly ofNames: ReadonlySet<string> }> {
  const extracts = readPractice()
  const agreed = wordsIn(agreementIn(folder).text)
  const small = new Set([...agreed].map((word) => word.toLowerCase()))
  const numbers = new Set(extracts.flatMap(({ rows }) => rows.flatMap(({ bsn }) => bsn ?? [])))
  const words = extracts.flatMap(({ rows }) =>
    rows.flatMap(({ person }) => person.surname?.match(/[A-Za-z]{6,}/g) ?? []),
  )
  const written = words.filter((word) => /^[A-Z]/.test(word) && !agreed.has(word))
  const { dates, postcodes, cores } = sampled(extracts, (word) => small.has(word))
  const pseudonymKey = await pseudonymKeyIn(folder)
  const maker = createTokenMaker(pseudonymKey)
  const residents = extracts.find(({ party }) => party === 'gemeente')?.rows ?? []
  const ofNames = new Set(
    residents.flatMap(({ person }) =>
      valuesOfNames(plainPerson(person, true)).map((value) => bytesOf(maker.token('N1', value))),
    ),
  )
  const tokens = new Set([...[...numbers].map((number) => bytesOf(maker.token('B1', number))), ...ofNames])
  return { numbers, names: new Set([...written, ...cores]), dates, postcodes, tokens, pseudonymKey, ofNames }
}
