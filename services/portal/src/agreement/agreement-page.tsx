/** An agreement to read along with. It is signed elsewhere: at each partner, by its own node's rendering. */
import { Alert, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementView } from '@kruispunt/contracts'
import { Failure, Loading, PageTitle, StatusTag, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { agreementQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { labTexts } from '../texts/lab-texts.ts'
import { AgreementText } from './agreement-text.tsx'

export function AgreementPage() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const { agreement: id } = useParams({ from: '/labs/$lab/agreements/$agreement' })
  const { data, error, isPending, refetch } = useQuery(agreementQuery(lab, id))
  if (isPending) return <Loading />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} />
  return <Shown view={data} />
}

function Shown({ view }: { readonly view: AgreementView }) {
  const say = useTexts(labTexts)
  const frame = useTexts(frameTexts)
  const { moment } = useLanguage()
  const { document, decisions } = view
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{document.title}</PageTitle>
      <Alert heading={say('agreementTitle')} headingLevel={2} className="kp-measure">
        <Paragraph>{say('readOnly')}</Paragraph>
      </Alert>
      <section className="kp-stack kp-stack--tight">
        <Heading level={2}>{say('decisions')}</Heading>
        <ul className="kp-plain-list">
          {document.parties.map(({ id, name }) => {
            const decision = decisions.find(({ party }) => party === id)
            return (
              <li key={id} className="kp-row">
                <StatusTag tone={decision === undefined ? 'busy' : decision.decision === 'approved' ? 'good' : 'bad'}>
                  {say(decision?.review ?? decision?.decision ?? 'undecided')}
                </StatusTag>
                <span>{name}</span>
                {decision !== undefined && <span className="kp-soft">{moment(decision.at)}</span>}
                {decision?.reason != null && <span>{decision.reason}</span>}
              </li>
            )
          })}
        </ul>
      </section>
      <AgreementText document={document} />
    </div>
  )
}
