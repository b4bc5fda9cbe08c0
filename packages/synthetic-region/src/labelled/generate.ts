/**
 * Labelled sets: files of several partners about invented people, with the truth beside them.
 * @module
 */
import { SyntheticRegionError } from '../errors.ts'
import { createRandom, type Random, shuffled } from '../random.ts'
import {
  type LabelledColumn,
  type LabelledFile,
  type LabelledPartner,
  type LabelledSetOptions,
  noErrors,
} from './labelled-set.ts'
import { truePeople } from './true-people.ts'
import type { TruePerson } from './true-person.ts'
import { type Manner, writeRow } from './write-row.ts'

const dutchHeaders: Readonly<Record<LabelledColumn, string>> = {
  citizenNumber: 'bsn',
  surname: 'achternaam',
  surnamePrefix: 'tussenvoegsel',
  partnerSurname: 'naam partner',
  givenNames: 'voornamen',
  initials: 'voorletters',
  callingName: 'roepnaam',
  birthDate: 'geboortedatum',
  sex: 'geslacht',
  postcode: 'postcode',
  houseNumber: 'huisnummer',
  houseNumberSuffix: 'toevoeging',
  street: 'straat',
  place: 'woonplaats',
}
const englishHeaders: Readonly<Record<LabelledColumn, string>> = {
  citizenNumber: 'soc_sec_id',
  surname: 'surname',
  surnamePrefix: 'surname_prefix',
  partnerSurname: 'partner_surname',
  givenNames: 'given_name',
  initials: 'initials',
  callingName: 'known_as',
  birthDate: 'date_of_birth',
  sex: 'sex',
  postcode: 'postcode',
  houseNumber: 'street_number',
  houseNumberSuffix: 'unit',
  street: 'address_1',
  place: 'suburb',
}

/**
 * Same options, same files.
 * @returns one file per partner, in the order given
 * @throws {@link SyntheticRegionError} `seed_malformed`, `residents_malformed`, `rate_malformed`
 */
export function generateLabelledSet(options: LabelledSetOptions): LabelledFile[] {
  const { seed, persons, population, partners } = options
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) throw new SyntheticRegionError('seed_malformed')
  if (!Number.isInteger(persons) || persons < 1 || persons > 8_000_000) {
    throw new SyntheticRegionError('residents_malformed')
  }
  for (const { coverage, anotherRow, errors } of partners) {
    const { missing, ...rates } = errors
    const shares = [coverage, anotherRow ?? 0, ...Object.values(rates), ...Object.values(missing ?? {})]
    if (!shares.every((share) => share >= 0 && share <= 1)) throw new SyntheticRegionError('rate_malformed')
  }
  const personAt = truePeople(population, seed, persons)
  return partners.map((partner, number) => {
    const stream = 100 + number
    const rows = drawRows(partner, persons, personAt, createRandom(seed, stream))
    return writeFile(partner, rows, { seed, stream, population, personAt, persons })
  })
}

function drawRows(
  partner: LabelledPartner,
  persons: number,
  personAt: (person: number) => TruePerson,
  random: Random,
): Uint32Array {
  const rows: number[] = []
  const salt = random.below(2 ** 31)
  for (let person = 0; person < persons; person++) {
    const lot = partner.byHousehold === true ? createRandom(salt, personAt(person).household) : random
    if (!lot.chance(partner.coverage)) continue
    rows.push(person)
    for (let row = 1; row < (partner.mostRows ?? 2) && random.chance(partner.anotherRow ?? 0); row++) rows.push(person)
  }
  return shuffled(Uint32Array.from(rows), random)
}

type Writing = {
  readonly seed: number
  readonly stream: number
  readonly population: 'dutch' | 'english'
  readonly persons: number
  readonly personAt: (person: number) => TruePerson
}

function writeFile(
  partner: LabelledPartner,
  rows: Uint32Array,
  { seed, stream, population, persons, personAt }: Writing,
): LabelledFile {
  const isDutch = population === 'dutch'
  // Systems differ in how they write dates and sexes; which one a partner has is drawn once.
  const system = createRandom(seed, stream, 1)
  const manner: Manner = {
    columns: partner.columns,
    errors: { ...noErrors, ...partner.errors },
    date: isDutch ? system.pick(['yyyymmdd', 'yyyy-mm-dd', 'dd-mm-yyyy']) : 'yyyymmdd',
    sex: isDutch ? system.pick([['M', 'V'] as const, ['1', '2'] as const, ['man', 'vrouw'] as const]) : ['M', 'F'],
    allGivenNames: isDutch && system.chance(0.3),
    lowerCase: !isDutch,
  }
  const headers = isDutch ? dutchHeaders : englishHeaders
  const delimiter = isDutch ? ';' : ','
  const lines = [['id', ...partner.columns.map((column) => headers[column])].join(delimiter)]
  for (const [row, person] of rows.entries()) {
    const random = createRandom(seed, stream, 2, row)
    const self = personAt(person)
    const next = personAt((person + 1) % persons)
    const relative = next.household === self.household ? next : personAt(Math.max(0, person - 1))
    lines.push([String(person), ...writeRow(self, relative, manner, random)].join(delimiter))
  }
  return {
    partner: partner.name,
    fileName: `${partner.name}.csv`,
    delimiter,
    csv: `${lines.join('\n')}\n`,
    personOfRows: rows,
  }
}
