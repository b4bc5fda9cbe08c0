/** Signing, sending back or refusing, below the text: the code proves which text was read. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementId, AgreementOutcome } from '@kruispunt/contracts'
import { useTexts } from '@kruispunt/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { OfficerForm } from '../parts/officer-form.tsx'
import { decideAgreement } from '../service.ts'
import { agreementTexts } from '../texts/agreement-texts.ts'

const outcomes = ['approved', 'approved-with-conditions', 'returned', 'rejected'] as const

export function Decision({ id }: { readonly id: AgreementId }) {
  const say = useTexts(agreementTexts)
  const [decision, setDecision] = useState<AgreementOutcome>()
  return (
    <section className="kp-panel kp-stack kp-no-print">
      <Heading level={2}>{say('decide')}</Heading>
      <Paragraph className="kp-measure">{say('decideText')}</Paragraph>
      {decision === undefined ? (
        <>
          <div className="kp-row">
            {outcomes.map((outcome) => (
              <Button
                key={outcome}
                variant={outcome === 'approved' ? 'primary' : 'secondary'}
                onClick={() => setDecision(outcome)}
              >
                {say(`do-${outcome}`)}
              </Button>
            ))}
          </div>
          <Paragraph size="small" className="kp-soft kp-measure">
            {say('deputyLead')} <Link to="/roster">{say('deputyLink')}</Link>
          </Paragraph>
        </>
      ) : (
        <Deciding id={id} decision={decision} onCancel={() => setDecision(undefined)} />
      )}
    </section>
  )
}

type Props = { readonly id: AgreementId; readonly decision: AgreementOutcome; readonly onCancel: () => void }

function Deciding({ id, decision, onCancel }: Props) {
  const say = useTexts(agreementTexts)
  const queries = useQueryClient()
  return (
    <>
      <Paragraph className="kp-measure">{say(`means-${decision}`)}</Paragraph>
      <OfficerForm
        needs={{ code: true, reason: decision !== 'approved' }}
        {...(decision === 'approved-with-conditions' ? { reasonLabel: say('conditions') } : {})}
        action={say(`do-${decision}`)}
        send={({ officer, passphrase, shortCode, reason }) =>
          decideAgreement(id, { officer, passphrase, shortCode, decision, reason: reason === '' ? null : reason })
        }
        onDone={() => queries.invalidateQueries()}
        onCancel={onCancel}
      />
    </>
  )
}
