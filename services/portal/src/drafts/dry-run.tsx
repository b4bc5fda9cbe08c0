/** What a table of the draft may be expected to show, over invented people, before anybody is asked to sign. */
import { Button, Heading, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import type { AgreementDocument, LabId } from '@kruispunt/contracts'
import { Failure, SelectField, useLanguage, useTexts } from '@kruispunt/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { rehearse } from '../service.ts'
import { draftTexts } from '../texts/draft-texts.ts'
import { inField } from './draft-text.ts'
import { WholeNumber } from './fields.tsx'
import { useVariables } from './table-fields.tsx'

const percent = (share: number) => Math.round(share * 100)

export function DryRun({ lab, document }: { readonly lab: LabId; readonly document: AgreementDocument }) {
  const say = useTexts(draftTexts)
  const { pick, number } = useLanguage()
  const variables = useVariables(document)
  const [chosen, setChosen] = useState(document.tables[0]?.id ?? '')
  const table = document.tables.find(({ id }) => id === chosen) ?? document.tables[0]
  const possible = variables.filter(({ id }) => table?.dimensions.includes(id))
  const [names, setNames] = useState<readonly (string | undefined)[]>([])
  const [persons, setPersons] = useState(10_000)
  const first = names[0] ?? possible[0]?.id ?? ''
  const second = names[1] ?? ''
  const running = useMutation({ mutationFn: (body: Parameters<typeof rehearse>[1]) => rehearse(lab, body) })
  if (table === undefined) return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const dimensions = [...new Set([first, second].filter((one) => one !== ''))]
    if (!running.isPending) running.mutate({ document, table: table.id, dimensions, persons })
  }
  const { data } = running
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('dryRun')}</Heading>
      <Paragraph>{say('dryRunText')}</Paragraph>
      <form className="kp-panel kp-stack" onSubmit={submit} noValidate>
        <SelectField
          label={say('dryTable')}
          value={table.id}
          onChange={(id) => {
            setChosen(id)
            setNames([])
          }}
        >
          {document.tables.map(({ id, title }) => (
            <option key={id} value={id}>
              {inField(pick(title)) || id}
            </option>
          ))}
        </SelectField>
        <div className="kp-two">
          {(['dryFirst', 'drySecond'] as const).map((word, at) => (
            <SelectField
              key={word}
              label={say(word)}
              value={at === 0 ? first : second}
              onChange={(id) => setNames(at === 0 ? [id, second] : [first, id])}
            >
              {at === 1 && <option value="">{say('dryNone')}</option>}
              {possible.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </SelectField>
          ))}
        </div>
        <WholeNumber label={say('dryPersons')} value={persons} low={1} high={50_000_000} onChange={setPersons} />
        <div className="kp-row">
          <Button type="submit" variant="secondary" aria-disabled={running.isPending}>
            {say('dryGo')}
          </Button>
          <span role="status">{running.isPending && say('dryBusy')}</span>
        </div>
        {running.isError && <Failure error={running.error} level={3} />}
        {data !== undefined && (
          <div role="status" className="kp-stack kp-stack--tight">
            <Paragraph>
              {say('dryResult', {
                middle: percent(data.withheldShare.middle),
                low: percent(data.withheldShare.low),
                high: percent(data.withheldShare.high),
                cells: number(data.cells),
              })}
            </Paragraph>
            {data.refused > 0 && (
              <Paragraph>{say('dryRefused', { refused: data.refused, draws: data.draws })}</Paragraph>
            )}
            {data.advice.length > 0 && (
              <UnorderedList>
                {data.advice.map((line) => (
                  <UnorderedList.Item key={line.en}>{pick(line)}</UnorderedList.Item>
                ))}
              </UnorderedList>
            )}
          </div>
        )}
      </form>
    </section>
  )
}
