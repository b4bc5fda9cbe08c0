import { type AgreementDocument, citizenNumberRecipe, type MatchKeyId } from '@kruispunt/contracts'
import { expect, it } from 'vitest'
import { agreedColumns, agreementFaults } from '../src/index.ts'
import { agreementDocument } from './support/agreement.ts'
import { ggd } from './support/cast.ts'
import { createScribe } from './support/scribe.ts'

const names = 'N1' as MatchKeyId
const recipe: AgreementDocument['linkage'] = {
  ...citizenNumberRecipe,
  keys: [...citizenNumberRecipe.keys, { id: names, parts: ['initial', 'surname', 'birthDate'] }],
  selfTest: 40,
}
/** The first so many datasets link on names too. */
const documentOf = (linked: number): AgreementDocument => ({
  ...agreementDocument(),
  linkage: recipe,
  datasets: agreementDocument().datasets.map((dataset, at) =>
    at < linked ? { ...dataset, linkageKeys: [...dataset.linkageKeys, names] } : dataset,
  ),
})

it('lists columns about invented people for every key but the citizen number, where some were agreed', () => {
  const [dataset, , onNumbers] = documentOf(2).datasets
  if (!dataset || !onNumbers) throw new Error('no dataset')
  const { selfTest: _, ...rest } = recipe
  const without: AgreementDocument['linkage'] = rest
  const before = agreedColumns(dataset, without)
  expect(before.some(({ table }) => table === 'decoys')).toBe(false)
  expect(agreedColumns(dataset, recipe)).toStrictEqual([
    ...before,
    { name: 'decoy:N1', table: 'decoys' },
    { name: 'decoy:person', table: 'decoys' },
  ])
  expect(agreedColumns(onNumbers, recipe)).toStrictEqual(agreedColumns(onNumbers, without))
})

it('is a fault where fewer than two datasets could be compared', () => {
  expect(agreementFaults(documentOf(2)).join()).not.toContain('selfTest')
  expect(agreementFaults(documentOf(1)).join()).toContain('linkage.selfTest')
  expect(agreementFaults({ ...agreementDocument(), linkage: recipe }).join()).toContain('linkage.selfTest')
})

it('refuses a delivery with invented people that nobody agreed to', () => {
  const scribe = createScribe()
  const agreement = scribe.until.keyed()
  const sign = (change: Record<string, unknown>) =>
    scribe.sign('ggd', [ggd.node], scribe.extractBody(agreement, ggd, change))
  const { columns } = scribe.extractBody(agreement, ggd)
  const [first] = columns
  scribe.refuses('column_not_agreed', sign({ decoys: 0 }))
  const extra = { ...first, name: 'decoy:person', table: 'decoys' }
  scribe.refuses('column_not_agreed', sign({ decoys: 10, columns: [...columns, extra] }))
})

it('refuses a delivery without the invented people that all agreed to, or with more than there are', () => {
  const scribe = createScribe()
  const agreement = scribe.until.keyed(documentOf(3))
  const [first] = scribe.extractBody(agreement, ggd).columns
  const columns = [
    ...scribe.extractBody(agreement, ggd).columns,
    { ...first, name: 'token:N1' },
    { ...first, name: 'decoy:N1', table: 'decoys' },
    { ...first, name: 'decoy:person', table: 'decoys', type: 'codes-8' },
  ]
  const sign = (change: Record<string, unknown>) =>
    scribe.sign('ggd', [ggd.node], scribe.extractBody(agreement, ggd, { columns, ...change }))
  scribe.refuses('column_not_agreed', sign({}))
  scribe.refuses('column_not_agreed', sign({ decoys: 30, columns: columns.slice(0, -1) }))
  scribe.refuses('too_many_records', sign({ decoys: 41 }))
  const inSubjects = columns.map((column) => ({ ...column, table: 'subjects' }))
  scribe.refuses('column_not_agreed', sign({ decoys: 30, columns: inSubjects }))
  scribe.byNode(ggd, scribe.extractBody(agreement, ggd, { columns, decoys: 40 }))
  expect([...scribe.record.state.extracts.values()][0]?.recorded.statement.decoys).toBe(40)
})
