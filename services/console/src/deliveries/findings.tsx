/** What was found while reading: which rows, why, and what to do. Rows by their number, never by what stands in them. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { RowFinding } from '@kruispunt/contracts'
import { csvText, SelectField, saveFile, useLanguage, useTexts } from '@kruispunt/ui'
import { useState } from 'react'
import { deliveryTexts } from '../texts/delivery-texts.ts'

const severities = ['error', 'warning', 'notice'] as const

export function Findings({ findings }: { readonly findings: readonly RowFinding[] }) {
  const say = useTexts(deliveryTexts)
  const { pick, number } = useLanguage()
  const [only, setOnly] = useState('')
  const shown = findings.filter(({ severity }) => only === '' || severity === only)
  const heads = (['fSeverity', 'fColumn', 'fCount', 'fRows', 'fReason', 'fRemedy'] as const).map((head) => say(head))
  const cells = ({ severity, column, count, rows, message, remedy }: RowFinding) => [
    say(`severity-${severity}`),
    column ?? say('wholeRow'),
    number(count),
    `${rows.join(', ')}${count > rows.length ? ' …' : ''}`,
    pick(message),
    pick(remedy),
  ]
  const download = () => saveFile('bevindingen.csv', csvText([heads, ...shown.map(cells)], 'excel-nl'), 'text/csv')
  if (findings.length === 0) return <Paragraph>{say('noFindings')}</Paragraph>
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('findings')}</Heading>
      <div className="kp-row">
        <SelectField label={say('showOnly')} value={only} onChange={setOnly}>
          <option value="">{say('everything')}</option>
          {severities.map((severity) => (
            <option key={severity} value={severity}>
              {say(`severity-${severity}`)}
            </option>
          ))}
        </SelectField>
        <Button variant="secondary" onClick={download}>
          {say('downloadFindings')}
        </Button>
      </div>
      <section className="kp-table-scroll" aria-label={say('findings')} tabIndex={0}>
        <table className="kp-table">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((finding) => (
              <tr key={`${finding.code}-${finding.column}`}>
                {cells(finding).map((cell, at) => (
                  <td key={heads[at]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
