/** Files that the node makes of this agreement, to keep or to send to colleagues. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { type AgreementId, agreementExport } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { agreementTexts } from '../texts/agreement-texts.ts'

export function Downloads({ id }: { readonly id: AgreementId }) {
  const say = useTexts(agreementTexts)
  const { language } = useLanguage()
  return (
    <section className="kp-stack kp-stack--tight kp-no-print">
      <Heading level={2}>{say('downloads')}</Heading>
      <Paragraph className="kp-measure">{say('downloadsLead')}</Paragraph>
      <ul className="kp-plain-list">
        {agreementExport.options.map((kind) => (
          <li key={kind}>
            <a href={`/v1/agreements/${id}/exports/${kind}?lang=${language}`} download>
              {say(`export-${kind}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
