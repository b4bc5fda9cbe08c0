/**
 * Ready-made sets to measure with: six Dutch partners, five Dutch parties with other mistakes, an English pair with
 * heavy typing errors, and five registers read from old paper.
 * @module
 */
import type { LabelledPartner, LabelledSetOptions } from './labelled-set.ts'

export const labelledPresets = ['six-partners', 'five-parties', 'febrl', 'historical'] as const
export type LabelledPreset = (typeof labelledPresets)[number]

/** @param name - which set; give `seed` and `persons` to {@link generateLabelledSet} beside it */
export function labelledPreset(name: LabelledPreset): Pick<LabelledSetOptions, 'population' | 'partners'> {
  switch (name) {
    case 'six-partners':
      return { population: 'dutch', partners: sixPartners }
    case 'five-parties':
      return { population: 'dutch', partners: fiveParties }
    case 'febrl':
      return { population: 'english', partners: pair }
    case 'historical':
      return { population: 'english', partners: registers }
  }
}

const dutch = ['birthDate', 'sex', 'postcode', 'houseNumber'] as const

const sixPartners: readonly LabelledPartner[] = [
  {
    name: 'gemeente',
    coverage: 0.95,
    columns: [
      'citizenNumber',
      'givenNames',
      'initials',
      'surnamePrefix',
      'surname',
      'partnerSurname',
      ...dutch,
      'houseNumberSuffix',
    ],
    errors: {
      nameTypo: 0.002,
      wrongCharset: 0.003,
      dayMonthSwapped: 0.001,
      missing: { citizenNumber: 0.001, sex: 0.001, postcode: 0.001 },
    },
  },
  {
    name: 'zorg',
    coverage: 0.2,
    columns: ['citizenNumber', 'initials', 'surname', ...dutch],
    anotherRow: 0.03,
    errors: {
      nameTypo: 0.012,
      partnerName: 0.25,
      doubleName: 0.3,
      dayMonthSwapped: 0.003,
      dateDigit: 0.003,
      moved: 0.06,
      numberDigit: 0.004,
      missing: { citizenNumber: 0.02, sex: 0.01, postcode: 0.02, houseNumber: 0.02 },
    },
  },
  {
    name: 'politie',
    coverage: 0.12,
    columns: ['citizenNumber', 'callingName', 'surnamePrefix', 'surname', ...dutch, 'houseNumberSuffix'],
    anotherRow: 0.2,
    mostRows: 4,
    errors: {
      nameTypo: 0.025,
      capitals: 1,
      initialsOnly: 0.05,
      namesSwapped: 0.004,
      dayMonthSwapped: 0.006,
      dateDigit: 0.006,
      yearOnly: 0.005,
      moved: 0.12,
      relativesNumber: 0.002,
      missing: { citizenNumber: 0.3, callingName: 0.015, sex: 0.02, postcode: 0.06, birthDate: 0.01 },
    },
  },
  {
    name: 'corporatie',
    coverage: 0.35,
    byHousehold: true,
    columns: ['initials', 'surname', ...dutch, 'houseNumberSuffix'],
    anotherRow: 0.01,
    errors: {
      nameTypo: 0.012,
      partnerName: 0.15,
      doubleName: 0.2,
      wrongCharset: 0.003,
      dayMonthSwapped: 0.004,
      dateDigit: 0.003,
      moved: 0.01,
      missing: { sex: 0.03, postcode: 0.02, birthDate: 0.003 },
    },
  },
  {
    name: 'ggd',
    coverage: 0.15,
    columns: ['citizenNumber', 'callingName', 'surname', ...dutch],
    anotherRow: 0.05,
    errors: {
      nameTypo: 0.02,
      partnerName: 0.2,
      dayMonthSwapped: 0.006,
      dateDigit: 0.006,
      moved: 0.08,
      numberDigit: 0.006,
      relativesNumber: 0.003,
      missing: { citizenNumber: 0.1, sex: 0.01, postcode: 0.03 },
    },
  },
  {
    name: 'scholen',
    coverage: 0.15,
    columns: ['citizenNumber', 'callingName', 'surnamePrefix', 'surname', ...dutch, 'houseNumberSuffix'],
    anotherRow: 0.02,
    errors: {
      nameTypo: 0.008,
      partnerName: 0.02,
      dayMonthSwapped: 0.002,
      moved: 0.03,
      missing: { citizenNumber: 0.01, postcode: 0.01 },
    },
  },
]

const five = ['citizenNumber', 'givenNames', 'initials', 'surnamePrefix', 'surname', ...dutch, 'place'] as const
const fiveParties: readonly LabelledPartner[] = [0.7, 0.5, 0.4, 0.3, 0.3].map((coverage, at) => ({
  name: `partij-${at + 1}`,
  coverage,
  columns: at < 2 ? five : five.slice(1),
  anotherRow: 0.02,
  errors: {
    nameTypo: 0.01 + 0.01 * at,
    badlyRead: 0.004 * at,
    namesSwapped: 0.003 * at,
    callingName: 0.1 + 0.1 * at,
    initialsOnly: at === 3 ? 0.5 : 0.02,
    partnerName: 0.1 * at,
    doubleName: 0.2,
    capitals: at === 4 ? 1 : 0,
    wrongCharset: 0.004,
    dayMonthSwapped: 0.005,
    dateDigit: 0.004 + 0.002 * at,
    yearOnly: 0.003 * at,
    sexWrong: 0.003,
    moved: 0.03 * (1 + at),
    postcodeTypo: 0.005,
    houseNumberTypo: 0.006,
    numberDigit: 0.01,
    missing: { sex: 0.02, postcode: 0.02, houseNumber: 0.02, birthDate: 0.004 * at },
  },
}))

const english = [
  'citizenNumber',
  'givenNames',
  'surname',
  'houseNumber',
  'street',
  'place',
  'postcode',
  'birthDate',
] as const
const pair: readonly LabelledPartner[] = ['originals', 'copies'].map((name, at) => ({
  name,
  coverage: at === 0 ? 1 : 0.9,
  columns: english,
  errors:
    at === 0
      ? { missing: { givenNames: 0.02, surname: 0.01, street: 0.02, houseNumber: 0.03, birthDate: 0.02 } }
      : {
          nameTypo: 0.2,
          badlyRead: 0.05,
          namesSwapped: 0.05,
          dayMonthSwapped: 0.03,
          dateDigit: 0.08,
          moved: 0.02,
          postcodeTypo: 0.1,
          houseNumberTypo: 0.1,
          missing: {
            givenNames: 0.06,
            surname: 0.03,
            street: 0.06,
            houseNumber: 0.08,
            postcode: 0.03,
            birthDate: 0.07,
          },
        },
}))

const paper = ['givenNames', 'surname', 'birthDate', 'sex', 'postcode', 'place'] as const
const registers: readonly LabelledPartner[] = [0.7, 0.6, 0.5, 0.5, 0.4].map((coverage, at) => ({
  name: `register-${at + 1}`,
  coverage,
  columns: paper,
  anotherRow: 0.02,
  errors: {
    nameTypo: 0.08 + 0.03 * at,
    badlyRead: 0.08 + 0.04 * at,
    namesSwapped: 0.02,
    callingName: 0.3,
    initialsOnly: 0.05 * at,
    dayMonthSwapped: 0.02,
    dateDigit: 0.05 + 0.02 * at,
    yearOnly: 0.05 * at,
    sexWrong: 0.01,
    moved: 0.1,
    postcodeTypo: 0.05,
    missing: { givenNames: 0.02, surname: 0.01, birthDate: 0.08, sex: 0.15, postcode: 0.15, place: 0.1 },
  },
}))
