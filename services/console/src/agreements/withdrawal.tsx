/** Taking part no longer: what happens then stands above the form. */
import { Alert, Button, Heading, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import { useTexts } from '@kruispunt/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { OfficerForm } from '../parts/officer-form.tsx'
import { deliveriesQuery, requestsQuery, withdrawAgreement } from '../service.ts'
import { agreementTexts } from '../texts/agreement-texts.ts'
import type { Shown } from './agreement-page.tsx'

export function Withdrawal({ agreement: { id } }: { readonly agreement: Shown }) {
  const say = useTexts(agreementTexts)
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const { data: made } = useQuery(deliveriesQuery)
  const { data: requests } = useQuery(requestsQuery)
  const keys = (made?.deliveries ?? []).filter(({ agreement, keyPresent }) => agreement === id && keyPresent).length
  const running = (requests ?? []).filter(({ agreement, state }) => agreement === id && state === 'job-open').length
  return (
    <section className="kp-panel kp-stack kp-no-print">
      <Heading level={2}>{say('withdraw')}</Heading>
      {isOpen ? (
        <>
          <Alert heading={say('withdrawTitle')} headingLevel={3} severity="warning" className="kp-measure">
            <UnorderedList>
              <UnorderedList.Item>{say('withdrawKeys', { count: keys })}</UnorderedList.Item>
              <UnorderedList.Item>{say('withdrawJobs', { count: running })}</UnorderedList.Item>
              <UnorderedList.Item>{say('withdrawTables')}</UnorderedList.Item>
              <UnorderedList.Item>{say('withdrawForGood')}</UnorderedList.Item>
            </UnorderedList>
          </Alert>
          <OfficerForm
            needs={{ reason: true }}
            action={say('withdraw')}
            send={({ officer, passphrase, reason }) => withdrawAgreement(id, { officer, passphrase, reason })}
            onDone={() => queries.invalidateQueries()}
            onCancel={() => setOpen(false)}
          />
        </>
      ) : (
        <>
          <Paragraph className="kp-measure">{say('withdrawLead')}</Paragraph>
          <div>
            <Button variant="secondary" onClick={() => setOpen(true)}>
              {say('withdrawShow')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
