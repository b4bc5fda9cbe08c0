import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeColumns } from '../../src/link/choose-columns.ts'
import { readPeopleFile } from '../../src/link/read-file.ts'
import { joinDate, splitWholeName } from '../../src/link/whole-names.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'columns-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const settings = { profile: 'nl1', columns: {}, useCitizenNumber: true, truth: null } as const
const write = async (text: string | Uint8Array): Promise<string> => {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.csv`)
  await writeFile(path, text)
  return path
}
const columnsOf = async (text: string, more: Partial<Parameters<typeof readPeopleFile>[1]> = {}) => {
  const people = await readPeopleFile(await write(text), { ...settings, ...more })
  return Object.fromEntries(describeColumns(people.mapping).map(({ field, header }) => [field, header]))
}
const practice = (name: string) => readFileSync(new URL(`../../../../infra/practice-region/${name}`, import.meta.url))

describe('columns are found by their headers', () => {
  it.each([
    ['gemeente-brp-wmo.csv', 'BSN', 'Geslachtsnaam', 'Geboortedatum'],
    ['politie-meldingen.csv', 'bsn', 'achternaam', 'geb_datum'],
    ['corporatie-huurders.csv', undefined, 'Huurder', 'Geb.datum'],
    ['ggd-oggz.txt', 'bsn', 'naam', 'geboortedatum'],
    ['zorg-clienten.csv', 'BSN', 'Achternaam', 'GebDat'],
    ['scholen-leerlingen.csv', 'burgerservicenummer', 'achternaam', 'geboortedatum'],
  ])('in the practice file %s', async (name, citizenNumber, surname, birthDate) => {
    const people = await readPeopleFile(await write(practice(name)), settings)
    const columns = Object.fromEntries(describeColumns(people.mapping).map(({ field, header }) => [field, header]))
    expect([columns['citizenNumber'], columns['surname'], columns['birthDate']]).toStrictEqual([
      citizenNumber,
      surname,
      birthDate,
    ])
    expect(columns['postcode']).toBeDefined()
    expect(columns['houseNumber']).toBeDefined()
    expect(columns['sex']).toBeDefined()
    expect(people.rows).toBeGreaterThan(100)
  })

  it('of a public English test set, whose national id stays out', async () => {
    const header =
      'rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id'
    const text = `${header}\nr-1, amy, stone, 7, oak street, , upton, 2119, sa, 19560409, 1804974\n`
    expect(await columnsOf(text, { profile: 'en1' })).toStrictEqual({
      givenNames: 'given_name',
      surname: 'surname',
      houseNumber: 'street_number',
      street: 'address_1',
      place: 'suburb',
      postcode: 'postcode',
      birthDate: 'date_of_birth',
    })
  })

  it('keeps the name of a row apart, and the truth where it is asked for', async () => {
    const path = await write('id;achternaam;voornaam;geboortedatum\n17;Vos;Jan;1950-02-03\n18;Bos;Els;1951-02-03\n')
    const people = await readPeopleFile(path, { ...settings, truth: 'id' })
    expect([people.ids, people.truth]).toStrictEqual([
      ['17', '18'],
      ['17', '18'],
    ])
    expect(people.texts).toStrictEqual({
      surname: ['Vos', 'Bos'],
      givenNames: ['Jan', 'Els'],
      birthDate: ['1950-02-03', '1951-02-03'],
    })
  })

  it('takes a whole name apart where there is no other, and puts a date in three columns together', async () => {
    const path = await write('name,dob_day,dob_mon,dob_year\nJan van der Berg,3,2,1950\nAmy Stone,13,12,1951\n')
    const people = await readPeopleFile(path, {
      ...settings,
      columns: { birthDay: 'dob_day', birthMonth: 'dob_mon', birthYear: 'dob_year' },
    })
    expect(people.texts).toStrictEqual({
      surname: ['van der Berg', 'Stone'],
      givenNames: ['Jan', 'Amy'],
      birthDate: ['1950-02-03', '1951-12-13'],
    })
  })

  it('takes the columns the recipe names before those it knows', async () => {
    const text = 'klantnummer;naam_a;achternaam;roepnaam;geboortedatum\n1;Vos;weg;Jan;1950-02-03\n'
    const columns = await columnsOf(text, { columns: { surname: 'naam_a' } })
    expect(columns).toStrictEqual({ surname: 'naam_a', callingName: 'roepnaam', birthDate: 'geboortedatum' })
    await expect(columnsOf(text, { columns: { surname: 'nergens' } })).rejects.toMatchObject({
      code: 'column_not_found',
    })
  })

  it.each([
    ['Voorn.;Achternaam eigen;Geb;Sekse;PCode;Hnr;Hnr toev', 'Jan;Vos;1950-02-03;M;1234AB;5;a'],
    ['fname_c1;lname_c1;birth_dt;gender_cd;zip5;house_nr;house_number_addition', 'Jan;Vos;1950-02-03;M;1234AB;5;a'],
    ['first_nm;maiden_name;DOB (yyyy-mm-dd);M/V/X;Postcode (6);street_nr;nr_toev', 'Jan;Vos;1950-02-03;M;1234AB;5;a'],
  ])('under headers that others use: %s', async (header, row) => {
    const columns = await columnsOf(`${header}\n${row}\n`)
    const fields = ['givenNames', 'surname', 'birthDate', 'sex', 'postcode', 'houseNumber', 'houseNumberSuffix']
    expect(fields.map((field) => columns[field])).toStrictEqual(header.split(';'))
  })

  it.each(['Naam huurder', 'naam_cliënt', 'Patiënt', 'Inwoner'])('takes %s for a whole name', async (header) => {
    const people = await readPeopleFile(await write(`${header};geb_datum\nJan Vos;1950-02-03\n`), settings)
    expect(people.texts).toMatchObject({ surname: ['Vos'], givenNames: ['Jan'] })
  })

  it('takes a birth day for a date, and beside a year of birth for a day', async () => {
    expect(await columnsOf('naam;birthday\nJan Vos;1950-02-03\n')).toMatchObject({ birthDate: 'birthday' })
    const path = await write('naam;birth_year;birth_month;birth_day\nJan Vos;1950;2;3\n')
    expect((await readPeopleFile(path, settings)).texts.birthDate).toStrictEqual(['1950-02-03'])
  })

  it('names a row by its own id before that of a person, wherever it stands', async () => {
    const path = await write('person_id;achternaam;voornaam;geboortedatum;record_id\n7;Vos;Jan;1950-02-03;r1\n')
    expect((await readPeopleFile(path, settings)).ids).toStrictEqual(['r1'])
  })

  it('does not look at a citizen number that may not be used', async () => {
    const text = 'bsn;achternaam;voorletters;geboortedatum\n999996216;Vos;J;1950-02-03\n'
    expect(await columnsOf(text)).toHaveProperty('citizenNumber')
    const people = await readPeopleFile(await write(text), { ...settings, useCitizenNumber: false })
    expect(people.bsn).toBeNull()
  })

  it.each([
    ['is missing', null, 'file_not_found'],
    ['is no table', '%PDF-1.4 not a table', 'file_unreadable'],
    ['has nothing to recognise people by', 'kleur;maat\nrood;3\n', 'no_usable_columns'],
    ['has names and nothing else', 'voornaam;achternaam\nJan;Vos\n', 'no_usable_columns'],
  ])('refuses a file that %s', async (_, text, code) => {
    const path = text === null ? join(folder, 'nowhere.csv') : await write(text)
    await expect(readPeopleFile(path, settings)).rejects.toMatchObject({ code })
  })
})

describe('whole names and split dates', () => {
  it.each([
    ['Jan Pieter van der Berg', 'Jan Pieter', 'van der Berg'],
    ['Berg, Jan Pieter van der', 'Jan Pieter', 'van der Berg'],
    ['Berg, J.P.', 'J.P.', 'Berg'],
    ['amy stone', 'amy', 'stone'],
    ['Stone', '', 'Stone'],
    ['', '', ''],
  ])('%s', (whole, givenNames, surname) => {
    expect(splitWholeName(whole)).toStrictEqual({ givenNames, surname })
  })

  it.each([
    ['1968', '6', '12', '1968-06-12'],
    ['1968', '', '', '1968-00-00'],
    ['68', '6', '12', ''],
    ['', '6', '12', ''],
  ])('%s %s %s', (year, month, day, date) => {
    expect(joinDate(year, month, day)).toBe(date)
  })
})
