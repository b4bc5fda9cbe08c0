/**
 * The people behind a labelled set, as they are: what every partner gets more or less right.
 * @module
 */
import { createPeople, drawAddress } from '../people.ts'
import { createRandom, type Random } from '../random.ts'
import { createEnglishPeople } from './english-people.ts'
import type { Home, TruePerson } from './true-person.ts'

/** @returns a function from a person's number to that person; persons of one household stand together */
export function truePeople(
  population: 'dutch' | 'english',
  seed: number,
  persons: number,
): (person: number) => TruePerson {
  return population === 'dutch' ? dutchPeople(seed, persons) : createEnglishPeople(seed, persons)
}

/** Official name to the names its bearers go by; many share no first letter, which is what makes them hard. */
const callingNames: Readonly<Record<string, readonly string[]>> = {
  Abraham: ['Bram'],
  Adriaan: ['Ad', 'Arie', 'Janus'],
  Adriana: ['Sjaan', 'Adrie', 'Jana'],
  Albert: ['Bert', 'Appie'],
  Alexander: ['Alex', 'Sander', 'Lex'],
  Cornelia: ['Corrie', 'Cora', 'Nel'],
  Cornelis: ['Kees', 'Cor', 'Nelis'],
  Daniel: ['Daan'],
  Elisabeth: ['Els', 'Betty', 'Lies'],
  Elizabeth: ['Els', 'Liesbeth', 'Betsy'],
  Gerrit: ['Ger', 'Gert'],
  Hendrik: ['Henk', 'Rik', 'Hein'],
  Hendrika: ['Riek', 'Henny', 'Rika'],
  Jacob: ['Jaap', 'Koos', 'Co'],
  Johanna: ['Jopie', 'Annie', 'Hanneke'],
  Johannes: ['Jan', 'Hans', 'Joop', 'Johan'],
  Maria: ['Marie', 'Riet', 'Mia'],
  Matthijs: ['Thijs'],
  Nicolaas: ['Klaas', 'Nico'],
  Petrus: ['Piet', 'Peter'],
  Theodorus: ['Theo', 'Dorus'],
  Wilhelmina: ['Willy', 'Mien'],
  Willem: ['Wim', 'Pim'],
}
const invented = ['Bo', 'Dick', 'Fien', 'Guus', 'Ineke', 'Joke', 'Loes', 'Miep', 'Puck', 'Ria', 'Sjors', 'Ton'] as const

/** Share of people who go by another name than their first given name. */
const otherCallingNameShare = 0.06
/** Share of people who live in one of the institutions, and who were given 1 January as their date of birth. */
const institutionShare = 0.01
const newYearShare = 0.015

function dutchPeople(seed: number, persons: number): (person: number) => TruePerson {
  const people = createPeople(seed, persons)
  return (person) => {
    const { citizenNumber, givenNames, surname, partnerSurname, sex, birth, household, address } = people.at(person)
    const random = createRandom(seed, 3, person)
    const newYear = random.chance(newYearShare)
    // Some ten institutions per hundred thousand people, all at one door.
    const house = random.chance(institutionShare) ? 1 + random.below(1 + Math.floor(persons / 10_000)) : 0
    const first = givenNames[0] as string
    return {
      citizenNumber,
      givenNames,
      callingName: random.chance(otherCallingNameShare) ? calledBy(first, givenNames, random) : first,
      prefix: surname.prefix,
      surname: surname.core,
      partnerPrefix: partnerSurname?.prefix ?? '',
      partnerSurname: partnerSurname?.core ?? '',
      sex,
      year: birth.year,
      month: newYear ? 1 : birth.month,
      day: newYear ? 1 : birth.day,
      household,
      home: dutchHome(house > 0 ? drawAddress(createRandom(seed, 4, house), persons) : address),
      formerHome: dutchHome(drawAddress(createRandom(seed, 5, person), persons)),
    }
  }
}

function calledBy(first: string, givenNames: readonly string[], random: Random): string {
  const known = callingNames[first]
  if (known !== undefined) return random.pick(known)
  const second = givenNames[1]
  if (second !== undefined && random.chance(0.1)) return second
  // The short form of a name mostly keeps its beginning; now and then it is another name altogether.
  return random.chance(0.06) || first.length < 5 ? random.pick(invented) : first.slice(0, 3 + random.below(2))
}

function dutchHome({ postcode, houseNumber, addition }: ReturnType<typeof drawAddress>): Home {
  return { street: '', houseNumber: String(houseNumber), suffix: addition, postcode, place: '' }
}
