/** Questions of every type about tables of area, care and age, and about months. */
import type { Counted } from './tables.ts'

const areas = ['n', 'z', 'o', 'w']
export const people = (counts: readonly number[]): Counted => ({
  sides: [
    { dimension: 'gebied', codes: areas, groups: { noord: ['n', 'o'], zuid: ['z', 'w'] } },
    { dimension: 'wmo', codes: ['ja', 'nee'] },
    { dimension: 'leeftijd', codes: ['jong', 'oud'] },
  ],
  counts,
})

const outcome = { dimension: 'wmo', category: 'ja' }
const by = { dimension: 'gebied' }

export const questionsAboutPeople = [
  { type: 'shares', of: by, within: { wmo: 'ja' } },
  { type: 'shares', of: { ...by, except: ['w'] }, within: { leeftijd: 'oud' } },
  { type: 'differences', of: by, first: { within: { leeftijd: 'jong' } }, second: { within: { leeftijd: 'oud' } } },
  { type: 'rates', by, outcome },
  { type: 'rates', by, outcome, within: { leeftijd: 'oud' }, reference: 'z', confidence: 0.99 },
  { type: 'rates', by: { ...by, level: 'gebied-group' }, outcome, within: { leeftijd: 'jong' } },
  { type: 'association', rows: by, columns: { dimension: 'wmo' } },
  {
    type: 'association',
    rows: { ...by, codes: ['n', 'z', 'o'] },
    columns: { dimension: 'leeftijd' },
    within: { wmo: 'ja' },
  },
  { type: 'standardised-rates', by, over: [{ dimension: 'leeftijd' }], outcome },
  {
    type: 'standardised-rates',
    by,
    over: [{ dimension: 'leeftijd' }],
    outcome,
    standard: {
      kind: 'given',
      source: 'a made-up standard',
      weights: [
        { at: ['jong'], weight: 3 },
        { at: ['oud'], weight: 2 },
      ],
    },
  },
  { type: 'funnel', by, cases: { within: { wmo: 'ja' } }, population: {}, model: 'binomial' },
  {
    type: 'funnel',
    by,
    cases: { within: { wmo: 'ja', leeftijd: 'oud' } },
    population: { within: { leeftijd: 'jong' } },
    model: 'poisson',
  },
] as const

const quarterCodes = Array.from({ length: 16 }, (_, at) => `${2022 + Math.floor(at / 4)}-Q${(at % 4) + 1}`)

/** Quarters by kind, the last side fastest. */
export const quarters = (counts: readonly number[]): Counted => ({
  sides: [
    { dimension: 'kwartaal', codes: quarterCodes },
    { dimension: 'soort', codes: ['a', 'b'] },
  ],
  counts,
})

export const questionsAboutQuarters = [
  { type: 'trend', period: { dimension: 'kwartaal' }, within: { soort: 'a' } },
  { type: 'forecast', period: { dimension: 'kwartaal' }, by: { dimension: 'soort' }, horizon: 3 },
] as const
