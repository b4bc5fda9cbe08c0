/** The receipt of what was sent, and taking it back. Withdrawing is an officer's act: it destroys the key. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { NodeExtract } from '@kruispunt/contracts'
import { Failure, Term, useLanguage, useTexts } from '@kruispunt/ui'
import { useMutation } from '@tanstack/react-query'
import { Withdrawing } from '../parts/withdrawing.tsx'
import { send, withdrawDelivery } from '../service.ts'
import { deliveryTexts } from '../texts/delivery-texts.ts'

type Props = { readonly extract: NodeExtract; readonly maySign: boolean; readonly mayDeliver: boolean }

export function SentPanel({ extract, maySign, mayDeliver }: Props) {
  const say = useTexts(deliveryTexts)
  const { number, moment } = useLanguage()
  /** What is on record already answers with its place in the trail; nothing is sent twice. */
  const receipt = useMutation({ mutationFn: () => send(extract.extractId) })
  return (
    <section className="kp-panel kp-stack kp-stack--tight">
      <Heading level={2}>{say('receipt')}</Heading>
      <dl className="kp-document">
        <Term name={say('hSent')}>{extract.sentAt === null ? '–' : moment(extract.sentAt)}</Term>
        <Term name={say('hVersion')}>{extract.version}</Term>
        <Term name={say('hPersons')}>{number(extract.subjects ?? 0)}</Term>
        {(extract.records ?? 0) > 0 && <Term name={say('hRecords')}>{number(extract.records ?? 0)}</Term>}
        <Term name={say('number')}>
          <code>{extract.extractId}</code>
        </Term>
        {receipt.data !== undefined && (
          <>
            <Term name={say('trailLine')}>{receipt.data.index ?? say('trailWaiting')}</Term>
            <Term name={say('statementHash')}>
              <code>{receipt.data.statementHash}</code>
            </Term>
          </>
        )}
      </dl>
      {receipt.error !== null && <Failure error={receipt.error} level={3} />}
      <div className="kp-row kp-no-print">
        {mayDeliver && receipt.data === undefined && (
          <Button variant="secondary" disabled={receipt.isPending} onClick={() => receipt.mutate()}>
            {say('showReceipt')}
          </Button>
        )}
        <Button variant="secondary" onClick={() => window.print()}>
          {say('print')}
        </Button>
      </div>
      {maySign && (
        <Withdrawing
          of={`deliveries/${extract.extractId}`}
          action={say('withdraw')}
          send={({ officer, passphrase, reason }) =>
            withdrawDelivery(extract.extractId, { officer, passphrase, reason })
          }
        />
      )}
      {!maySign && <Paragraph className="kp-soft">{say('withdrawByOfficer')}</Paragraph>}
    </section>
  )
}
