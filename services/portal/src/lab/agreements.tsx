/** The agreements of a lab: status, signatures, joint key, deliveries. */
import { Heading, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import type { AgreementView, LabView } from '@kruispunt/contracts'
import { Empty, StatusTag, useLanguage, useTexts } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import { labTexts } from '../texts/lab-texts.ts'

const tone = { 'in-review': 'busy', active: 'good', rejected: 'bad', withdrawn: 'bad', expired: 'quiet' } as const

type Props = { readonly lab: LabView; readonly active: AgreementView | undefined }

export function Agreements({ lab, active }: Props) {
  const say = useTexts(labTexts)
  const { number, pick } = useLanguage()
  const datasets = active?.document.datasets ?? []
  const titleOf = (id: string) => {
    const found = datasets.find((dataset) => dataset.id === id)
    return found === undefined ? id : pick(found.title)
  }
  if (lab.agreements.length === 0) return <Empty title={say('agreementsNone')}>{say('agreementsNoneText')}</Empty>
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('agreements')}</Heading>
      <div className="kp-stack">
        {lab.agreements.map(({ id, title, status, signedBy, waitingFor, ceremony, deliveries }) => (
          <section key={id} className="kp-panel kp-stack kp-stack--tight">
            <div className="kp-row kp-spread">
              <Heading level={3}>
                <Link to="/labs/$lab/agreements/$agreement" params={{ lab: lab.lab, agreement: id }}>
                  {title}
                </Link>
              </Heading>
              <StatusTag tone={tone[status]}>{say(`status-${status}`)}</StatusTag>
            </div>
            <Paragraph>
              {say('signedBy', { signed: signedBy.length, all: signedBy.length + waitingFor.length })}.{' '}
              {say('ceremony')}: {say(`ceremony-${ceremony}`)}.
            </Paragraph>
            {deliveries.length > 0 && (
              <>
                <Heading level={4}>{say('deliveries')}</Heading>
                <UnorderedList>
                  {deliveries.map(({ extractId, dataset, version, subjects, records }) => (
                    <UnorderedList.Item key={extractId}>
                      {say(records === 0 ? 'deliveryLine' : 'deliveryLineRecords', {
                        dataset: titleOf(dataset),
                        version,
                        subjects: number(subjects),
                        records: number(records),
                      })}
                    </UnorderedList.Item>
                  ))}
                </UnorderedList>
              </>
            )}
          </section>
        ))}
      </div>
    </section>
  )
}
