/** Every agreement of the lab that this partner is in, what waits for a signature first. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { Empty, Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { agreementsQuery } from '../service.ts'
import { agreementTexts } from '../texts/agreement-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { AgreementState } from './agreement-state.tsx'

export function AgreementsPage() {
  const say = useTexts(agreementTexts)
  const frame = useTexts(frameTexts)
  const { date } = useLanguage()
  const { data, error, isPending, refetch } = useQuery(agreementsQuery)
  const ours = (data ?? []).filter(({ isOurs }) => isOurs)
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{frame('agreements')}</PageTitle>
      {isPending && <Loading />}
      {data === undefined && error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data !== undefined && ours.length === 0 && <Empty title={say('none')}>{say('noneText')}</Empty>}
      <div className="kp-cards">
        {ours.map(({ id, title, reference, version, status, signedBy, waitingFor, validFrom, validUntil }) => (
          <section key={id} className="kp-panel kp-stack kp-stack--tight">
            <div>
              <AgreementState state={status} />
            </div>
            <Heading level={2} size="level-3">
              <Link to="/agreements/$agreement" params={{ agreement: id }}>
                {title}
              </Link>
            </Heading>
            <Paragraph>
              {say('cardLine', { reference, version, from: date(validFrom), until: date(validUntil) })}
            </Paragraph>
            <Paragraph className="kp-soft">
              {say('signedLine', { signed: signedBy.length, all: signedBy.length + waitingFor.length })}
            </Paragraph>
          </section>
        ))}
      </div>
    </div>
  )
}
