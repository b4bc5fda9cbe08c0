/**
 * Arbitrary rows for the properties of both profiles.
 * @module
 */
import fc from 'fast-check'
import type { RawPerson } from '../../../src/node/profiles/types.ts'

/** Any UTF-16 at all: lone surrogates, control characters, half a mojibake. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
  .map((units) => String.fromCharCode(...units))

/** Pieces that the readers look for, in orders nobody writes them. */
const pieces = fc.constantFrom(
  ...[
    'van',
    'de',
    'v.d.',
    "'t",
    "d'",
    'El',
    'a',
    'e/v',
    'geb.',
    'dr.',
    'Mac',
    'Saint',
    'jr',
    'nee',
    'Jansen',
    'Ü',
    'Ã¼',
  ],
  ...[
    'nn',
    'geb',
    'Th.',
    'IJ',
    'flat',
    'unit',
    'the',
    'street',
    'plein',
    '1945',
    '12',
    '012',
    'bis',
    'huis',
    '#',
    '1e',
  ],
  ...[' ', ' ', '-', '/', ',', '.', "'", '(', ')', '00', '31', '02', 'mei', 'T', '9911', 'DB', 'SW1A 1AA'],
)
const anyPieces = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(''))

export const anyText = fc.oneof(
  anyUnits,
  anyPieces,
  fc.string({ maxLength: 20 }),
  fc.string({ minLength: 190, maxLength: 260 }),
)

const fields = [
  ...(['surname', 'surnamePrefix', 'partnerSurname', 'partnerSurnamePrefix', 'givenNames', 'initials'] as const),
  ...(['callingName', 'birthDate', 'sex', 'postcode', 'houseNumber', 'houseNumberSuffix', 'street', 'place'] as const),
  'addressId' as const,
]

export const anyRow: fc.Arbitrary<RawPerson> = fc.record(Object.fromEntries(fields.map((field) => [field, anyText])), {
  requiredKeys: [],
})
