/** One agreement: the text this node made of the bytes, who signed, and signing, refusing or withdrawing. */
import { Alert, Button, Paragraph } from '@amsterdam/design-system-react'
import type { nodeAgreementText } from '@kruispunt/contracts'
import { Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { z } from 'zod'
import { useMay } from '../frame/session.ts'
import { agreementQuery, statusQuery } from '../service.ts'
import { agreementTexts } from '../texts/agreement-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { AgreementState } from './agreement-state.tsx'
import { AgreementText } from './agreement-text.tsx'
import { Decision } from './decision.tsx'
import { Differences } from './differences.tsx'
import { Downloads } from './downloads.tsx'
import { WhoSigned } from './who-signed.tsx'
import { Withdrawal } from './withdrawal.tsx'

type Shown = z.infer<typeof nodeAgreementText>

export function AgreementPage() {
  const { agreement: id } = useParams({ from: '/agreements/$agreement' })
  const { language } = useLanguage()
  const { data, error, isPending, refetch } = useQuery(agreementQuery(id, language))
  if (isPending) return <Loading />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} />
  return <View agreement={data} />
}

function View({ agreement }: { readonly agreement: Shown }) {
  const say = useTexts(agreementTexts)
  const frame = useTexts(frameTexts)
  const may = useMay()
  const { data: status } = useQuery(statusQuery)
  const { title, text, shortCode, isOurs, status: state, waitingFor } = agreement
  const own = status?.party
  const mayDecide = may.sign && isOurs && state === 'in-review' && waitingFor.some((id) => id === own)
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{title}</PageTitle>
      <div className="kp-row">
        <AgreementState state={state} />
        <span>
          {say('shortCode')}: <code className="kp-code">{shortCode}</code>
        </span>
        <Button variant="secondary" className="kp-no-print" onClick={() => window.print()}>
          {say('print')}
        </Button>
      </div>
      <WhoSigned agreement={agreement} />
      <Differences id={agreement.id} />
      <Downloads id={agreement.id} />
      <Alert heading={say('ownText')} headingLevel={2} className="kp-measure">
        <Paragraph>{say('ownTextLine')}</Paragraph>
      </Alert>
      <AgreementText text={text} />
      {mayDecide && <Decision id={agreement.id} />}
      {!may.sign && state === 'in-review' && <Paragraph className="kp-soft">{say('onlyOfficers')}</Paragraph>}
      {may.sign && isOurs && (state === 'active' || (state === 'in-review' && !mayDecide)) && (
        <Withdrawal id={agreement.id} />
      )}
    </div>
  )
}
