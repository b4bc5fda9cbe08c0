/** The lines, newest first, with a search, two filters and pages. */
import { Button } from '@amsterdam/design-system-react'
import type { LabView } from '@kruispunt/contracts'
import { SelectField, TextField, useLanguage, useTexts } from '@kruispunt/ui'
import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createPaginatedRowModel,
  filterFn_equalsString,
  filterFn_includesString,
  globalFilteringFeature,
  rowPaginationFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import { kindWord } from '../texts/kind-words.ts'
import { logTexts } from '../texts/log-texts.ts'
import type { TrailLine } from './trail.ts'
import { outcomeWords, whoIs } from './words.ts'

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  filteredRowModel: createFilteredRowModel(),
  filterFns: { includesString: filterFn_includesString, equalsString: filterFn_equalsString },
  rowPaginationFeature,
  paginatedRowModel: createPaginatedRowModel(),
})
type Spoken = {
  readonly number: string
  readonly when: string
  readonly who: string
  readonly what: string
  readonly on: string
  readonly outcome: string
  readonly hash: string
}
const helper = createColumnHelper<typeof features, Spoken>()
const heads = ['number', 'when', 'who', 'what', 'on', 'outcome', 'hash'] as const
const columns = helper.columns(heads.map((head) => helper.accessor(head, { filterFn: 'equalsString' })))

type Props = { readonly lines: readonly TrailLine[]; readonly lab: LabView }

export function TrailTable({ lines, lab }: Props) {
  const say = useTexts(logTexts)
  const { language, moment } = useLanguage()
  const data = useMemo(
    () =>
      lines
        .map(
          (line): Spoken => ({
            number: String(line.index),
            when: moment(line.when),
            who: whoIs(line.from, lab, say),
            what: kindWord(line.kind, language),
            on: line.on,
            outcome: outcomeWords(line.outcome, say),
            hash: line.leafHex,
          }),
        )
        .toReversed(),
    [lines, lab, language, moment, say],
  )
  const table = useTable({
    features,
    columns,
    data,
    globalFilterFn: 'includesString',
    initialState: { pagination: { pageIndex: 0, pageSize: 50 } },
  })
  const choices = (head: 'who' | 'what') =>
    [...new Set(data.map((line) => line[head]))].toSorted((a, b) => a.localeCompare(b))
  const chosen = (head: 'who' | 'what') => String(table.getColumn(head)?.getFilterValue() ?? '')
  const choose = (head: 'who' | 'what', value: string) =>
    table.getColumn(head)?.setFilterValue(value === '' ? undefined : value)
  const { rows } = table.getRowModel()
  const found = table.getFilteredRowModel().rows.length
  const { pageIndex } = table.state.pagination
  return (
    <section className="kp-stack">
      <div className="kp-filters kp-no-print" role="search" aria-label={say('filter')}>
        <TextField
          label={say('search')}
          type="search"
          value={String(table.state.globalFilter ?? '')}
          onChange={(text) => table.setGlobalFilter(text)}
        />
        <SelectField label={say('who')} value={chosen('who')} onChange={(value) => choose('who', value)}>
          <option value="">{say('everybody')}</option>
          {choices('who').map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <SelectField label={say('what')} value={chosen('what')} onChange={(value) => choose('what', value)}>
          <option value="">{say('everything')}</option>
          {choices('what').map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      </div>
      <p role="status">{say('shown', { count: found, all: lines.length })}</p>
      <section className="kp-table-scroll kp-table-scroll--whole" aria-label={say('title')} tabIndex={0}>
        <table className="kp-table kp-trail">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, original }) => (
              <tr key={id}>
                <td className="kp-numeric">{original.number}</td>
                <td>{original.when}</td>
                <td>{original.who}</td>
                <td>{original.what}</td>
                <td>{original.on}</td>
                <td>{original.outcome}</td>
                <td>
                  <code className="kp-hash" title={original.hash}>
                    {original.hash.slice(0, 16)}
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {found === 0 && <p>{say('noneFound')}</p>}
      {table.getPageCount() > 1 && (
        <div className="kp-row kp-no-print">
          <Button variant="secondary" disabled={!table.getCanPreviousPage()} onClick={() => table.previousPage()}>
            {say('previous')}
          </Button>
          <span>{say('page', { page: pageIndex + 1, pages: table.getPageCount() })}</span>
          <Button variant="secondary" disabled={!table.getCanNextPage()} onClick={() => table.nextPage()}>
            {say('next')}
          </Button>
        </div>
      )}
    </section>
  )
}
