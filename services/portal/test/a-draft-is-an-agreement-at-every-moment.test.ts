import type { AgreementDocument, Dataset } from '@kruispunt/contracts'
import { describe, expect, it } from 'vitest'
import {
  fromField,
  inField,
  instantOf,
  withDataset,
  withNewTable,
  withoutEmptyLines,
  withParty,
} from '../src/drafts/draft-text.ts'

const dimension = (id: string) => ({ id }) as Dataset['dimensions'][number]
const dataset = {
  id: 'town.people',
  party: 'town',
  identifiers: [
    { field: 'citizenNumber', headers: ['bsn'] },
    { field: 'surname', headers: ['naam'] },
  ],
  linkageKeys: ['B1', 'N1'],
  dimensions: ['age', 'home'].map(dimension),
  measures: [{ id: 'hours' }],
} as unknown as Dataset
const document = {
  parties: [{ id: 'town', citizenNumber: { allowed: true, statute: 'wet' } }],
  datasets: [dataset],
  populations: [{ id: 'all' }],
  tables: [
    {
      id: 'tabel2',
      population: 'all',
      dimensions: ['age', 'home', 'presence:town'],
      filters: ['home'],
      measures: ['hours'],
      maxDimensions: 2,
    },
  ],
  disclosure: { minimum: 10, neutral: [{ dimension: 'home', codes: ['no'] }] },
  questions: ['Een?'],
} as unknown as AgreementDocument

describe('a draft is an agreement at every moment', () => {
  it('shows what is still to be written as an empty field, and an emptied field is to be written again', () => {
    expect(inField('<het doel>')).toBe('')
    expect(inField('tellen')).toBe('tellen')
    expect(fromField('', '<het doel>')).toBe('<het doel>')
    expect(fromField('  ', 'tellen')).toBe('<…>')
    expect(inField(fromField('', 'tellen'))).toBe('')
    expect(fromField('optellen', 'tellen')).toBe('optellen')
  })

  it('takes a variable that is not delivered out of every table, filter and list', () => {
    const changed = withDataset(document, 0, { ...dataset, dimensions: [dimension('age')], measures: [] })
    expect(changed.tables[0]).toMatchObject({ dimensions: ['age', 'presence:town'], filters: [], measures: [] })
    expect(changed.disclosure.neutral).toStrictEqual([])
    expect(document.tables[0]?.filters, 'the one before stays as it is').toStrictEqual(['home'])
  })

  it('has the citizen number read and keyed only where its party may use it', () => {
    const [party] = document.parties
    if (party === undefined) throw new Error('no party')
    const without = withParty(document, 0, { ...party, citizenNumber: { allowed: false, statute: null } })
    expect(without.datasets[0]).toMatchObject({
      identifiers: [{ field: 'surname', headers: ['naam'] }],
      linkageKeys: ['N1'],
    })
    const again = withParty(without, 0, { ...party, citizenNumber: { allowed: true, statute: 'wet' } })
    expect(again.datasets[0]?.linkageKeys).toStrictEqual(['B1', 'N1'])
    expect(again.datasets[0]?.identifiers.map(({ field }) => field)).toStrictEqual(['citizenNumber', 'surname'])
  })

  it('gives a new table a name that no other has', () => {
    const ids = withNewTable(withNewTable(document, { nl: 'a', en: 'a' }), { nl: 'b', en: 'b' }).tables.map(
      ({ id }) => id,
    )
    expect(new Set(ids).size).toBe(3)
  })

  it('keeps a date that was right when another is half typed, and no empty questions', () => {
    expect(instantOf('2026-13-40', '2026-01-01T00:00:00.000Z')).toBe('2026-01-01T00:00:00.000Z')
    expect(instantOf('2026-03-01', '')).toBe('2026-03-01T00:00:00.000Z')
    expect(withoutEmptyLines({ ...document, questions: ['Een?', ' ', ' Twee? '] }).questions).toStrictEqual([
      'Een?',
      'Twee?',
    ])
    expect(withoutEmptyLines({ ...document, questions: [' '] }).questions).toStrictEqual(['<…>'])
  })
})
