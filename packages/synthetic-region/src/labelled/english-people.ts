/**
 * People with English names at addresses whose postcode is four digits, in households, from a seed.
 * @module
 */
import data from '../../data/english-names.json' with { type: 'json' }
import { createRandom, type Random } from '../random.ts'
import type { Home, TruePerson } from './true-person.ts'

const isoDay = 86_400_000
const firstDay = Date.UTC(1905, 0, 1)
const days = 40_000
/** Share of people with a surname put together from parts instead of a common one. */
const rareShare = 0.6

/** @returns a function from a person's number to that person; persons of one household stand together */
export function createEnglishPeople(seed: number, persons: number): (person: number) => TruePerson {
  const householdOf = new Uint32Array(persons)
  const firstOf: number[] = []
  const sizes = createRandom(seed, 6)
  for (let person = 0; person < persons; ) {
    const size = Math.min(persons - person, 1 + (sizes.chance(0.6) ? 1 : 0) + (sizes.chance(0.4) ? sizes.below(4) : 0))
    householdOf.fill(firstOf.length, person, person + size)
    firstOf.push(person)
    person += size
  }
  return (person) => {
    const household = householdOf[person] as number
    const ofHousehold = createRandom(seed, 7, household)
    const surname = drawSurname(ofHousehold)
    const home = drawHome(ofHousehold, persons)
    const random = createRandom(seed, 8, person)
    const sex = random.chance(0.5) ? 'M' : 'V'
    const names = data[sex === 'M' ? 'given_m' : 'given_f']
    const first = drawGivenName(names, random)
    const given = random.chance(0.5) ? [first] : [first, drawGivenName(names, random)]
    // Every eighth keeps a name of its own, partners mostly.
    const own = random.chance(0.12) ? drawSurname(random) : surname
    const before = householdOf[person - 1] === household && random.chance(0.03)
    const twin = before ? createRandom(seed, 9, person - 1) : createRandom(seed, 9, person)
    const date = new Date(firstDay + twin.below(days) * isoDay)
    return {
      citizenNumber: String(1_000_000 + ((person * 7919) % 8_999_993)),
      givenNames: given,
      callingName: random.chance(0.2) && first.length > 4 ? first.slice(0, 3 + random.below(2)) : first,
      prefix: '',
      surname: own,
      partnerPrefix: '',
      partnerSurname: '',
      sex,
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      household,
      home,
      formerHome: drawHome(createRandom(seed, 5, person), persons),
    }
  }
}

function drawGivenName(names: readonly string[], random: Random): string {
  return names[Math.floor(random.next() ** 1.4 * names.length)] as string
}

function drawSurname(random: Random): string {
  if (random.chance(rareShare)) return random.pick(data.surname_stems) + random.pick(data.surname_endings)
  return data.surnames[Math.floor(random.next() ** 1.6 * data.surnames.length)] as string
}

function drawHome(random: Random, persons: number): Home {
  const postcodes = Math.min(8000, Math.max(40, Math.ceil(persons / 12)))
  const postcode = 1000 + Math.floor(random.below(postcodes) * (8999 / postcodes))
  return {
    street: `${random.pick(data.surname_stems)}${random.pick(data.surname_endings)} ${random.pick(data.streets)}`,
    houseNumber: String(1 + random.below(180)),
    suffix: '',
    postcode: String(postcode),
    // Every postcode is one place.
    place: data.places[postcode % data.places.length] as string,
  }
}
