/** Which column of the file is which variable, as the node proposes it; a person confirms. */
import { Alert, Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { StagedInspection } from '@kruispunt/contracts'
import { SelectField, useLanguage, useTexts } from '@kruispunt/ui'
import { deliveryTexts } from '../texts/delivery-texts.ts'

/** Field → place of its column. */
export type Columns = Readonly<Record<string, number | null>>

export const columnsOf = ({ mapping }: StagedInspection): Columns =>
  Object.fromEntries(mapping.map(({ field, column }) => [field, column]))

/** Confirmed by a person for an earlier file with the same headings, and nothing stands in the way now. */
export const isRemembered = ({ mapping, obstacle }: StagedInspection): boolean =>
  obstacle === null &&
  mapping.some(({ column }) => column !== null) &&
  mapping.every(({ column, confidence }) => column === null || confidence === 'remembered')

type Props = {
  readonly found: StagedInspection
  readonly columns: Columns
  readonly onColumns: (columns: Columns) => void
  readonly isBusy: boolean
  readonly onConfirm: () => void
}

const none = ''

export function MappingForm({ found, columns, onColumns, isBusy, onConfirm }: Props) {
  const say = useTexts(deliveryTexts)
  const { pick } = useLanguage()
  const { mapping, headings, unused, obstacle } = found
  return (
    <form
      className="kp-stack"
      onSubmit={(event) => {
        event.preventDefault()
        onConfirm()
      }}
    >
      <Heading level={2}>{say('mappingTitle')}</Heading>
      <Paragraph className="kp-measure">{say('mappingText', { encoding: found.encoding })}</Paragraph>
      {obstacle !== null && (
        <Alert heading={pick(obstacle.message)} headingLevel={3} severity="warning">
          <Paragraph>{pick(obstacle.remedy)}</Paragraph>
        </Alert>
      )}
      <div className="kp-cards">
        {mapping.map(({ field, label, confidence, reason }) => (
          <SelectField
            key={field}
            label={pick(label)}
            hint={`${say(`confidence-${confidence}`)}: ${pick(reason)}`}
            value={columns[field] === null || columns[field] === undefined ? none : String(columns[field])}
            onChange={(value) => onColumns({ ...columns, [field]: value === none ? null : Number(value) })}
          >
            <option value={none}>{say('noColumn')}</option>
            {headings.map((heading, at) => (
              <option key={at} value={at}>
                {heading}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
      {unused.length > 0 && (
        <Paragraph className="kp-measure">{say('unused', { headings: unused.join(', ') })}</Paragraph>
      )}
      <div>
        <Button type="submit" disabled={isBusy}>
          {say('check')}
        </Button>
      </div>
    </form>
  )
}
