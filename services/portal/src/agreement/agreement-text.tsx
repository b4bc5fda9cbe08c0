/** The text of an agreement, every field under the glossary's name for it. */
import { Heading, UnorderedList } from '@amsterdam/design-system-react'
import type { AgreementDocument } from '@kruispunt/contracts'
import { Term, useLanguage, useTexts } from '@kruispunt/ui'
import { labTexts } from '../texts/lab-texts.ts'
import { DatasetText } from './dataset-text.tsx'
import { PartyText } from './party-text.tsx'

type Props = { readonly document: AgreementDocument }

export function AgreementText({ document }: Props) {
  const say = useTexts(labTexts)
  const { pick, date } = useLanguage()
  const labelOf = (id: string) => {
    const found = document.datasets.flatMap(({ dimensions }) => dimensions).find((dimension) => dimension.id === id)
    if (found !== undefined) return pick(found.label)
    const party = document.parties.find((one) => id === `presence:${one.id}`)
    return party === undefined ? id : pick({ nl: `bekend bij ${party.name}`, en: `known to ${party.name}` })
  }
  const { retention, disclosure, dpia } = document
  return (
    <article className="kp-stack kp-document">
      <dl className="kp-measure">
        <Term name={say('fReference')}>{`${document.reference}, ${document.version}`}</Term>
        <Term name={say('fIssue')}>{document.issue}</Term>
        <Term name={say('fSummary')}>{document.audienceSummary}</Term>
        <Term name={say('fPurpose')}>{document.purpose}</Term>
        <Term name={say('fQuestions')}>
          <UnorderedList>
            {document.questions.map((question) => (
              <UnorderedList.Item key={question}>{question}</UnorderedList.Item>
            ))}
          </UnorderedList>
        </Term>
        <Term name={say('fNotUsedFor')}>{document.notUsedFor}</Term>
        <Term name={say('fDates')}>
          {say('datesLine', { from: date(document.validFrom), until: date(document.validUntil) })}
        </Term>
      </dl>
      <Heading level={2}>{say('fParties')}</Heading>
      <div className="kp-cards">
        {document.parties.map((party) => (
          <PartyText key={party.id} party={party} />
        ))}
      </div>
      <Heading level={2}>{say('fDatasets')}</Heading>
      {document.datasets.map((dataset) => (
        <DatasetText key={dataset.id} dataset={dataset} document={document} />
      ))}
      <Heading level={2}>{say('fTables')}</Heading>
      <dl className="kp-measure">
        {document.tables.map(({ id, title, dimensions, filters, maxDimensions }) => (
          <Term key={id} name={pick(title)}>
            {say('fTableLine', { count: maxDimensions, dimensions: dimensions.map(labelOf).join(', ') })}{' '}
            {filters.length === 0
              ? say('fNoFilters')
              : say('fFilterLine', { filters: filters.map(labelOf).join(', ') })}
          </Term>
        ))}
      </dl>
      <Heading level={2}>{say('fDisclosure')}</Heading>
      <UnorderedList>
        <UnorderedList.Item>{say('fMinimum', { minimum: disclosure.minimum })}</UnorderedList.Item>
        <UnorderedList.Item>{say('fGroup', { percent: disclosure.groupSharePercent })}</UnorderedList.Item>
        <UnorderedList.Item>
          {say('fBudget', {
            count: disclosure.questionBudget,
            jobs: document.requestBudget,
            minutes: document.jobMinutes,
          })}
        </UnorderedList.Item>
      </UnorderedList>
      <dl className="kp-measure">
        <Term name={say('fRecipients')}>{document.recipients}</Term>
        <Term name={say('fOnward')}>{say(`onward-${document.onwardSharing}`)}</Term>
        <Term name={say('fPublication')}>{document.publication}</Term>
        <Term name={say('fLocation')}>{document.location}</Term>
        <Term name={say('fTransfers')}>{document.transfers}</Term>
        <Term name={say('fRetention')}>
          {say('retentionLine', {
            days: retention.deliveryDays,
            results: retention.results,
            logs: retention.logs,
            reason: retention.reason,
          })}
        </Term>
        <Term name={say('fJoint')}>{document.jointArrangement}</Term>
        <Term name={say('fProcessor')}>{document.processor}</Term>
        <Term name={say('fDpia')}>{[dpia.reference, dpia.outcome, dpia.dpoAdvice].filter(Boolean).join('. ')}</Term>
        {document.risks.length > 0 && (
          <Term name={say('fRisks')}>
            <UnorderedList>
              {document.risks.map(({ description, measure, remaining }) => (
                <UnorderedList.Item key={description}>
                  {say('riskLine', { description, measure, remaining: say(`risk-${remaining}`) })}
                </UnorderedList.Item>
              ))}
            </UnorderedList>
          </Term>
        )}
        <Term name={say('fEvaluation')}>{document.evaluation}</Term>
        <Term name={say('fExit')}>{document.exit}</Term>
      </dl>
    </article>
  )
}
