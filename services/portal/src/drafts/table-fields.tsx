/** The cross-tabs that may be asked: about whom, which variables, which parts, how many at once. */
import { Button, Heading } from '@amsterdam/design-system-react'
import type { AgreementDocument, AllowedTable } from '@kruispunt/contracts'
import { SelectField, useLanguage, useTexts } from '@kruispunt/ui'
import { draftTexts } from '../texts/draft-texts.ts'
import { isWritten, withNewTable, withTable } from './draft-text.ts'
import { type DocumentFields, Part, Ticks, WholeNumber, Written } from './fields.tsx'

/** Everything a table of this document may cross, with the word for it. */
export function useVariables(document: AgreementDocument) {
  const say = useTexts(draftTexts)
  const { pick } = useLanguage()
  return [
    ...document.datasets.flatMap(({ dimensions }) =>
      dimensions.map(({ id, label }) => ({ id, label: isWritten(pick(label)) ? pick(label) : id })),
    ),
    ...document.parties.map(({ id, name }) => ({ id: `presence:${id}`, label: say('known', { party: name }) })),
  ]
}

export function TableFields({ document, change }: DocumentFields) {
  const say = useTexts(draftTexts)
  return (
    <Part title={say('tablesHead')}>
      {document.tables.map((table, at) => (
        <OneTable
          key={table.id}
          table={table}
          document={document}
          change={(changed) => change(withTable(document, at, changed))}
          onRemove={
            document.tables.length < 2
              ? undefined
              : () => change({ ...document, tables: document.tables.filter(({ id }) => id !== table.id) })
          }
        />
      ))}
      <div>
        <Button
          variant="secondary"
          onClick={() => change(withNewTable(document, { nl: say('newTable'), en: 'New table' }))}
        >
          {say('addTable')}
        </Button>
      </div>
    </Part>
  )
}

type Props = {
  readonly table: AllowedTable
  readonly document: AgreementDocument
  readonly change: (table: AllowedTable) => void
  readonly onRemove: (() => void) | undefined
}

function OneTable({ table, document, change, onRemove }: Props) {
  const say = useTexts(draftTexts)
  const { pick } = useLanguage()
  const variables = useVariables(document)
  const amounts = document.datasets.flatMap(({ measures = [] }) => measures)
  const title = isWritten(pick(table.title)) ? pick(table.title) : table.id
  return (
    <section className="kp-stack kp-part__one">
      <Heading level={2} size="level-4">
        {title}
      </Heading>
      <div className="kp-two">
        <Written
          label={say('fTableTitle')}
          value={table.title.nl}
          onChange={(nl) => change({ ...table, title: { ...table.title, nl } })}
          maxLength={600}
        />
        <Written
          label={say('fTableTitleEn')}
          value={table.title.en}
          onChange={(en) => change({ ...table, title: { ...table.title, en } })}
          maxLength={600}
        />
      </div>
      <SelectField
        label={say('fPopulation')}
        value={table.population}
        onChange={(population) => change({ ...table, population })}
      >
        {document.populations.map(({ id, label }) => (
          <option key={id} value={id}>
            {pick(label)}
          </option>
        ))}
      </SelectField>
      <Ticks
        legend={`${say('fDimensions')}: ${title}`}
        choices={variables}
        chosen={table.dimensions}
        // One at least: a table of nothing is no table.
        onChange={(dimensions) => dimensions.length > 0 && change({ ...table, dimensions })}
      />
      <Ticks
        legend={`${say('fFilters')}: ${title}`}
        choices={variables}
        chosen={table.filters}
        onChange={(filters) => change({ ...table, filters })}
      />
      {amounts.length > 0 && (
        <Ticks
          legend={`${say('fMeasures')}: ${title}`}
          choices={amounts.map(({ id, label }) => ({ id, label: pick(label) }))}
          chosen={table.measures ?? []}
          onChange={(measures) => change({ ...table, measures })}
        />
      )}
      <WholeNumber
        label={say('fMost')}
        value={table.maxDimensions}
        low={1}
        high={4}
        onChange={(maxDimensions) => change({ ...table, maxDimensions })}
      />
      {onRemove !== undefined && (
        <div>
          <Button variant="tertiary" aria-label={`${say('removeTable')}: ${title}`} onClick={onRemove}>
            {say('removeTable')}
          </Button>
        </div>
      )}
    </section>
  )
}
