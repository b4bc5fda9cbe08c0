/**
 * A lab of invented people whose truth is known: families, twins, and parties that make mistakes. Keys are words.
 * @module
 */
import type { WordExtract } from './tokens.ts'

export type InventedParty = {
  readonly party: string
  /** share of the people in its extract */
  readonly coverage: number
  /** shares of rows: surname misspelt, date of birth wrong, old address */
  readonly misspelt: number
  readonly wrongDate: number
  readonly moved: number
  /** shares of rows without a citizen number, and with a relative's; undefined: the party uses none */
  readonly numbers?: { readonly missing: number; readonly relatives: number }
  readonly register?: boolean
}

export type InventedLab = {
  readonly extracts: readonly WordExtract[]
  /** per extract, per row, the person it is about */
  readonly truth: readonly (readonly number[])[]
}

type Person = { readonly family: number; readonly given: number; readonly initial: number; readonly born: number }

/** A small generator of even numbers below 1, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const surnames = 4000
const personsPerFamily = 3

export function inventLab(parties: readonly InventedParty[], persons: number, seed: number): InventedLab {
  const random = seeded(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const people: Person[] = []
  for (let at = 0; at < persons; at++) {
    const family = Math.floor(at / personsPerFamily)
    const given = below(600)
    const before = people[at - 1]
    const isTwin = before?.family === family && random() < 0.03
    people.push({ family, given, initial: given % 18, born: isTwin ? before.born : below(365 * 90) })
  }
  const surnameOf = Array.from({ length: Math.ceil(persons / personsPerFamily) }, () => below(surnames))
  const relativeOf = (at: number): number => {
    const first = Math.floor(at / personsPerFamily) * personsPerFamily
    return Math.min(persons - 1, first + ((at - first + 1) % personsPerFamily))
  }

  const truth: number[][] = []
  const extracts = parties.map((party): WordExtract => {
    const held = people.flatMap((_, at) => (random() < party.coverage ? [at] : []))
    truth.push(held)
    const rows = held.map((at) => keysOf(people[at] as Person, surnameOf, party, random))
    const keys = Object.fromEntries(
      Object.keys(rows[0] ?? {}).map((id) => [id, rows.map((row) => [row[id as keyof typeof row]])]),
    )
    const { numbers } = party
    const numberOf = (at: number): string => {
      if (!numbers || random() < numbers.missing) return '-'
      return `number ${random() < numbers.relatives ? relativeOf(at) : at}`
    }
    const b1 = numbers ? { B1: held.map((at) => [numberOf(at)]) } : {}
    return { party: party.party, says: true, register: party.register === true, keys: { ...b1, ...keys } }
  })
  return { extracts, truth }
}

function keysOf(person: Person, surnameOf: readonly number[], rates: InventedParty, random: () => number) {
  const { family, given, initial } = person
  const sound = `s${surnameOf[family]}`
  const surname = random() < rates.misspelt ? `${sound} ${random()}` : sound
  // Half of the misspellings sound the same.
  const heard = random() < 0.5 ? sound : surname
  const born = random() < rates.wrongDate ? person.born + 1 + Math.floor(random() * 300) : person.born
  const address = random() < rates.moved ? `elsewhere ${family} ${Math.floor(random() * 3)}` : `at ${family}`
  const year = Math.floor(born / 365)
  return {
    N1: `${initial} ${surname} ${born}`,
    N2: `${given} ${surname} ${born}`,
    N3: `${initial} ${heard} ${born}`,
    N4: `${given} ${heard} ${born}`,
    N5: `${initial} ${born} ${address}`,
    N10: `${given} ${surname} ${year} ${address}`,
    N12: `${initial} ${surname} ${year} ${address}`,
  }
}

/** Precision and recall of the links between two extracts. */
export function trueQualityOf(
  { truth }: InventedLab,
  personOf: readonly Uint32Array[],
  a: number,
  b: number,
): { precision: number; recall: number } {
  const inB = new Map((truth[b] ?? []).map((person, row) => [person, row]))
  const joinedTo = new Map([...(personOf[b] ?? [])].map((person, row) => [person, row]))
  let [linked, right, both] = [0, 0, 0]
  for (const [row, person] of (truth[a] ?? []).entries()) {
    const same = inB.get(person)
    const joined = joinedTo.get(personOf[a]?.[row] as number)
    if (same !== undefined) both++
    if (joined !== undefined) linked++
    if (joined !== undefined && joined === same) right++
  }
  return { precision: right / linked, recall: right / both }
}
