/**
 * An invented lab for the counting benchmark: five parties that each hold half of the people, with tokens and codes.
 * @module
 */
import { createCipheriv } from 'node:crypto'

export const parties = ['gemeente', 'politie', 'corporatie', 'ggd', 'zorg'] as const
export const columnsPerParty = 4
/** Codes of a column, not counting 0 for whoever is not in the extract: from 4 to 16, another number for each column. */
export const codesOf = (column: number): number => 4 + (column % 4) * 4

export type PartyExtract = {
  readonly party: string
  /** per subject: 16 bytes that are the same for the same person at every party */
  readonly tokens: Uint8Array
  /** per column, per subject: code + 1 */
  readonly columns: readonly Uint8Array[]
  /** per record: the subject it is of, and its month, 1 to 12 */
  readonly records: { readonly subject: Uint32Array; readonly month: Uint8Array }
}

/** Which of so many categories somebody has, from a draw in [0, 1). */
type PickCode = (draw: number, codes: number) => number

const evenly: PickCode = (draw, codes) => Math.floor(draw * codes)

/** Each category is two thirds of the one before it, as in life: some categories are rare, and where two meet is nearly nobody. */
export const unevenly: PickCode = (draw, codes) =>
  Math.floor(Math.log(1 - draw * (1 - (2 / 3) ** codes)) / Math.log(2 / 3))

/** @param subjects - per party; twice as many people exist */
export function inventLab(subjects: number, pick: PickCode = evenly): PartyExtract[] {
  let state = 20_241_231
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(draw() * bound)
  return parties.map((party) => {
    const people = Uint32Array.from({ length: subjects * 2 }, (_, person) => person)
    for (let at = 0; at < subjects; at++) {
      const other = at + below(people.length - at)
      const kept = people[at] as number
      people[at] = people[other] as number
      people[other] = kept
    }
    return {
      party,
      tokens: tokensOf(people.subarray(0, subjects)),
      columns: Array.from({ length: columnsPerParty }, (_, column) =>
        Uint8Array.from({ length: subjects }, () => 1 + pick(draw(), codesOf(column))),
      ),
      records: {
        subject: Uint32Array.from({ length: subjects }, () => Math.floor(below(subjects) ** 2 / subjects)),
        month: Uint8Array.from({ length: subjects }, () => 1 + below(12)),
      },
    }
  })
}

function tokensOf(people: Uint32Array): Uint8Array {
  const blocks = Buffer.alloc(people.length * 16)
  for (const [at, person] of people.entries()) blocks.writeUInt32LE(person, at * 16)
  const cipher = createCipheriv('aes-128-ecb', Buffer.alloc(16, 7), null)
  cipher.setAutoPadding(false)
  return new Uint8Array(cipher.update(blocks))
}
