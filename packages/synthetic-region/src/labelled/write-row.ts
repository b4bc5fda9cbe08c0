/**
 * One person as one partner wrote them down: all columns, in the manner of its file, with its errors.
 * @module
 */
import type { Random } from '../random.ts'
import type { ErrorRates, LabelledColumn } from './labelled-set.ts'
import { badlyRead, otherDigit, readAsLatin1, slip } from './slips.ts'
import type { TruePerson } from './true-person.ts'

/** How a file writes things; a matter of the system, not of the row. */
export type Manner = {
  readonly columns: readonly LabelledColumn[]
  readonly errors: ErrorRates
  readonly date: 'yyyymmdd' | 'yyyy-mm-dd' | 'dd-mm-yyyy'
  readonly sex: readonly [string, string]
  /** given names in one column: all of them, or the first */
  readonly allGivenNames: boolean
  readonly lowerCase: boolean
}

/**
 * @param relative - somebody of the same household, or the person
 * @returns one text per column of the manner
 */
export function writeRow(person: TruePerson, relative: TruePerson, manner: Manner, random: Random): string[] {
  const { errors, columns } = manner
  const name = (text: string): string => {
    let written = text
    if (random.chance(errors.nameTypo)) written = slip(written, random)
    if (random.chance(errors.badlyRead)) written = badlyRead(written, random)
    if (random.chance(errors.capitals)) written = written.toUpperCase()
    if (random.chance(errors.wrongCharset)) written = readAsLatin1(written)
    return manner.lowerCase ? written.toLowerCase() : written
  }
  const initials = person.givenNames.map((given) => `${given[0]}.`).join('')
  const called = random.chance(errors.callingName) ? person.callingName : (person.givenNames[0] as string)
  let given = manner.allGivenNames ? name([called, ...person.givenNames.slice(1)].join(' ')) : name(called)
  let calling = name(person.callingName)
  if (random.chance(errors.initialsOnly)) {
    given = initials
    calling = initials
  }
  let { prefix, surname } = writtenSurname(person, errors, random)
  surname = name(surname)
  // A file without a column for it writes the prefix with the name.
  if (!columns.includes('surnamePrefix') && prefix !== '') surname = `${prefix} ${surname}`
  if (random.chance(errors.namesSwapped)) {
    if (columns.includes('givenNames')) [given, surname] = [surname, given]
    else [calling, surname] = [surname, calling]
  }
  const home = random.chance(errors.moved) ? person.formerHome : person.home
  const written: Record<LabelledColumn, string> = {
    citizenNumber: writtenNumber(person, relative, errors, random),
    surname,
    surnamePrefix: prefix,
    partnerSurname: person.partnerSurname === '' ? '' : `${person.partnerPrefix} ${name(person.partnerSurname)}`.trim(),
    givenNames: given,
    initials,
    callingName: calling,
    birthDate: writtenDate(person, manner, random),
    sex: manner.sex[(person.sex === 'M') !== random.chance(errors.sexWrong) ? 0 : 1],
    postcode: random.chance(errors.postcodeTypo) ? otherDigit(home.postcode, random) : home.postcode,
    houseNumber: random.chance(errors.houseNumberTypo) ? otherDigit(home.houseNumber, random) : home.houseNumber,
    houseNumberSuffix: home.suffix,
    street: name(home.street),
    place: name(home.place),
  }
  // A file without a column for the suffix writes it with the number.
  if (!columns.includes('houseNumberSuffix') && home.suffix !== '') {
    written.houseNumber += `${random.pick(['', ' ', '-'])}${home.suffix}`
  }
  return columns.map((column) => (random.chance(errors.missing[column] ?? 0) ? '' : written[column]))
}

function writtenSurname(person: TruePerson, errors: ErrorRates, random: Random): { prefix: string; surname: string } {
  const own = { prefix: person.prefix, surname: person.surname }
  if (person.partnerSurname === '') return own
  const partner = { prefix: person.partnerPrefix, surname: person.partnerSurname }
  if (random.chance(errors.partnerName)) return partner
  if (!random.chance(errors.doubleName)) return own
  const [first, second] = random.chance(0.5) ? [own, partner] : [partner, own]
  return { prefix: first.prefix, surname: `${first.surname}-${`${second.prefix} ${second.surname}`.trim()}` }
}

function writtenNumber(person: TruePerson, relative: TruePerson, errors: ErrorRates, random: Random): string {
  const number = random.chance(errors.relativesNumber) ? relative.citizenNumber : person.citizenNumber
  return random.chance(errors.numberDigit) ? otherDigit(number, random) : number
}

function writtenDate({ year, month, day }: TruePerson, { errors, date }: Manner, random: Random): string {
  const swapped = day <= 12 && random.chance(errors.dayMonthSwapped)
  const yearOnly = random.chance(errors.yearOnly)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [mm, dd] = yearOnly ? ['00', '00'] : swapped ? [two(day), two(month)] : [two(month), two(day)]
  const written =
    date === 'dd-mm-yyyy' ? `${dd}-${mm}-${year}` : date === 'yyyymmdd' ? `${year}${mm}${dd}` : `${year}-${mm}-${dd}`
  return random.chance(errors.dateDigit) ? otherDigit(written, random) : written
}
