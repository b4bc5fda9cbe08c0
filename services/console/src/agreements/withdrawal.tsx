/** Taking part in an agreement no longer. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { useTexts } from '@kruispunt/ui'
import { Withdrawing } from '../parts/withdrawing.tsx'
import { withdrawAgreement } from '../service.ts'
import { agreementTexts } from '../texts/agreement-texts.ts'
import type { Shown } from './agreement-page.tsx'

export function Withdrawal({ agreement: { id } }: { readonly agreement: Shown }) {
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
