/** Signing or refusing, below the text: the code proves which text was read. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementId } from '@kruispunt/contracts'
import { useTexts } from '@kruispunt/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { OfficerForm } from '../parts/officer-form.tsx'
import { decideAgreement } from '../service.ts'
import { agreementTexts } from '../texts/agreement-texts.ts'

export function Decision({ id }: { readonly id: AgreementId }) {
  const say = useTexts(agreementTexts)
  const queries = useQueryClient()
  const [decision, setDecision] = useState<'approved' | 'rejected'>()
  return (
    <section className="kp-panel kp-stack kp-no-print">
      <Heading level={2}>{say('decide')}</Heading>
      <Paragraph className="kp-measure">{say('decideText')}</Paragraph>
      {decision === undefined ? (
        <div className="kp-row">
          <Button onClick={() => setDecision('approved')}>{say('sign')}</Button>
          <Button variant="secondary" onClick={() => setDecision('rejected')}>
            {say('refuse')}
          </Button>
        </div>
      ) : (
        <OfficerForm
          key={decision}
          needs={{ code: true, reason: decision === 'rejected' }}
          action={say(decision === 'approved' ? 'sign' : 'refuse')}
          send={({ officer, passphrase, shortCode, reason }) =>
            decideAgreement(id, { officer, passphrase, shortCode, decision, reason: reason === '' ? null : reason })
          }
          onDone={() => queries.invalidateQueries()}
          onCancel={() => setDecision(undefined)}
        />
      )}
    </section>
  )
}
