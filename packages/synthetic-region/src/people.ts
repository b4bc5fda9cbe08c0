/**
 * The people of the region and the households they live in, and a few who live elsewhere but are known to partners.
 *
 * Kept as columns of numbers, some 40 bytes a person, so that a million fit easily; a person is looked up when needed.
 * @module
 */
import { citizenNumbers } from './citizen-numbers.ts'
import { drawGivenName, drawSurname, givenNameAt, type Surname, surnameAt } from './names.ts'
import { createRandom, type Random } from './random.ts'

export type Address = {
  /** 0 to 39: five neighbourhoods in each of eight districts */
  readonly neighbourhood: number
  readonly postcode: string
  readonly houseNumber: number
  readonly addition: string
}

export type Person = {
  /** 0 to people − 1: the truth that exports hide */
  readonly id: number
  readonly citizenNumber: string
  readonly givenNames: readonly string[]
  readonly surname: Surname
  readonly partnerSurname: Surname | undefined
  readonly sex: 'M' | 'V'
  readonly birth: { readonly year: number; readonly month: number; readonly day: number }
  /** at the end of 2024, in years */
  readonly age: number
  readonly household: number
  readonly isResident: boolean
  readonly address: Address
}

export type People = {
  /** residents first, then the others */
  readonly count: number
  readonly residents: number
  readonly households: number
  readonly at: (id: number) => Person
}

const additions = ['A', 'B', 'HS', 'bis', '1', '2'] as const
const neighbourhoods = 40
/** People elsewhere, as a share of the residents. */
const elsewhereShare = 0.05
const none = 0xffff
const dayMs = 86_400_000
const lastDay = Date.UTC(2024, 11, 31)

/**
 * @param seed - same seed, same people
 * @param residents - how many live in the region
 */
export function createPeople(seed: number, residents: number): People {
  const random = createRandom(seed, 1)
  const count = residents + Math.ceil(residents * elsewhereShare)
  const numbers = citizenNumbers(count, random)
  const surnames = new Uint16Array(count)
  const partners = new Uint16Array(count).fill(none)
  const given = [0, 1, 2].map(() => new Uint16Array(count).fill(none)) as [Uint16Array, Uint16Array, Uint16Array]
  const isMale = new Uint8Array(count)
  const daysOld = new Uint16Array(count)
  const householdOf = new Uint32Array(count)
  let made = 0
  let households = 0

  const add = (surname: number, male: boolean, days: number): number => {
    const person = made++
    surnames[person] = surname
    isMale[person] = male ? 1 : 0
    daysOld[person] = Math.min(days, 38_000)
    householdOf[person] = households
    const names = 1 + (random.chance(0.55) ? 1 : 0) + (random.chance(0.2) ? 1 : 0)
    for (let at = 0; at < names; at++) (given[at] as Uint16Array)[person] = drawGivenName(male ? 'M' : 'V', random)
    return person
  }
  while (made < count) {
    // Whoever lives elsewhere lives alone there, as far as this region knows.
    addHousehold(made < residents ? residents - made : 1, random, add, partners)
    households++
  }

  return {
    count,
    residents,
    households,
    at: (id) => {
      const sex = isMale[id] === 1 ? 'M' : 'V'
      const days = daysOld[id] as number
      const date = new Date(lastDay - days * dayMs)
      const partner = partners[id] as number
      const household = householdOf[id] as number
      return {
        id,
        citizenNumber: String(numbers[id]),
        givenNames: given.flatMap((column) => (column[id] === none ? [] : [givenNameAt(sex, column[id] as number)])),
        surname: surnameAt(surnames[id] as number),
        partnerSurname: partner === none ? undefined : surnameAt(partner),
        sex,
        birth: { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
        age: Math.floor(days / 365.25),
        household,
        isResident: id < residents,
        address: drawAddress(createRandom(seed, 2, household), residents),
      }
    },
  }
}

type Add = (surname: number, male: boolean, daysOld: number) => number

function addHousehold(room: number, random: Random, add: Add, partners: Uint16Array): void {
  const share = random.next()
  const size = Math.min(room, share < 0.38 ? 1 : share < 0.71 ? 2 : share < 0.83 ? 3 : share < 0.95 ? 4 : 5)
  const surname = drawSurname(random)
  const years = size > 2 ? 25 + random.below(30) : 18 + Math.floor(80 * random.next() ** 1.1)
  const headDays = years * 365 + random.below(365)
  const isMale = random.chance(0.5)
  const head = add(surname, isMale, headDays)
  if (size === 1) return
  const isCouple = random.chance(0.85)
  if (isCouple) {
    const other = drawSurname(random)
    const partner = add(
      other,
      random.chance(0.95) ? !isMale : isMale,
      Math.max(6600, headDays + random.below(3000) - 1500),
    )
    if (random.chance(0.45)) {
      if (isMale) partners[partner] = surname
      else partners[head] = other
    }
  }
  let childDays = random.below(Math.max(1, Math.min(22 * 365, headDays - 18 * 365)))
  for (let child = isCouple ? 2 : 1; child < size; child++) {
    add(surname, random.chance(0.5), childDays)
    // Now and then the next one is a twin; otherwise brothers and sisters are some years younger or older.
    if (!random.chance(0.03))
      childDays = Math.max(0, childDays + (random.chance(0.7) ? -1 : 1) * (400 + random.below(1200)))
  }
}

/** An address in the region, as many streets as its size asks for. */
export function drawAddress(random: Random, residents: number): Address {
  const streets = Math.min(400, Math.max(14, Math.ceil(residents / 560)))
  const neighbourhood = random.below(neighbourhoods)
  const street = random.below(streets) * 17 + neighbourhood * 5
  const letters = String.fromCharCode(65 + (Math.floor(street / 26) % 26), 65 + (street % 26))
  return {
    neighbourhood,
    postcode: `${9901 + neighbourhood}${letters}`,
    houseNumber: 1 + random.below(150),
    addition: random.chance(0.106) ? random.pick(additions) : '',
  }
}
