/** Taking part in an agreement no longer. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementId } from '@kruispunt/contracts'
import { useTexts } from '@kruispunt/ui'
import { Withdrawing } from '../parts/withdrawing.tsx'
import { withdrawAgreement } from '../service.ts'
import { agreementTexts } from '../texts/agreement-texts.ts'

export function Withdrawal({ id }: { readonly id: AgreementId }) {
  const say = useTexts(agreementTexts)
  return (
    <section className="kp-panel kp-stack kp-stack--tight kp-no-print">
      <Heading level={2}>{say('withdraw')}</Heading>
      <Paragraph className="kp-measure">{say('withdrawLead')}</Paragraph>
      <Withdrawing
        of={`agreements/${id}`}
        action={say('withdraw')}
        send={({ officer, passphrase, reason }) => withdrawAgreement(id, { officer, passphrase, reason })}
      />
    </section>
  )
}
