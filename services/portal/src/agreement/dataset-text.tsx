/** What one partner delivers: about whom, why, and which variables with which categories. */
import { Heading } from '@amsterdam/design-system-react'
import type { AgreementDocument, Dataset } from '@kruispunt/contracts'
import { Term, useLanguage, useTexts } from '@kruispunt/ui'
import { labTexts } from '../texts/lab-texts.ts'

type Props = { readonly dataset: Dataset; readonly document: AgreementDocument }

export function DatasetText({ dataset, document }: Props) {
  const say = useTexts(labTexts)
  const { pick } = useLanguage()
  const owner = document.parties.find(({ id }) => id === dataset.party)?.name ?? dataset.party
  const title = `${owner}: ${pick(dataset.title)}`
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={3}>{title}</Heading>
      <dl className="kp-measure">
        <Term name={say('fDataSubjects')}>{dataset.dataSubjects}</Term>
        <Term name={say('fOriginalPurpose')}>{dataset.originalPurpose}</Term>
        <Term name={say('fCompatibility')}>{dataset.compatibility}</Term>
        <Term name={say('fPeriod')}>{dataset.period}</Term>
        <Term name={say('fSchedule')}>{dataset.schedule}</Term>
        {dataset.extractMode === 'per-request' && <Term name={say('fKeeping')}>{say('keptSingle')}</Term>}
      </dl>
      <section className="kp-table-scroll" aria-label={`${title}, ${say('fFields')}`} tabIndex={0}>
        <table className="kp-table">
          <thead>
            <tr>
              {(['fField', 'fMeaning', 'fKind', 'fWhy', 'fCodes'] as const).map((head) => (
                <th key={head} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {dataset.dimensions.map(({ id, label, meaning, dataKind, whyNeeded, codes }) => (
              <tr key={id}>
                <th scope="row">{pick(label)}</th>
                <td>{meaning}</td>
                <td>{say(`kind-${dataKind}`)}</td>
                <td>{whyNeeded}</td>
                <td>
                  <details>
                    <summary>{codes.length}</summary>
                    {codes.map((code) => pick(code.label)).join(', ')}
                  </details>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
