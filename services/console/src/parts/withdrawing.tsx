/** Taking something back: what that does stands above the form, as the node tells it. */
import { Alert, Button, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import { Failure, Loading, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ComponentProps, useState } from 'react'
import { consequencesQuery } from '../service.ts'
import { officerTexts } from '../texts/officer-texts.ts'
import { OfficerForm } from './officer-form.tsx'

type Props = {
  readonly of: Parameters<typeof consequencesQuery>[0]
  /** What the button says. */
  readonly action: string
  readonly send: ComponentProps<typeof OfficerForm>['send']
}

export function Withdrawing({ of, action, send }: Props) {
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <Opened of={of} action={action} send={send} onCancel={() => setOpen(false)} />
  return (
    <div className="kp-no-print">
      <Button variant="secondary" onClick={() => setOpen(true)}>
        {`${action} …`}
      </Button>
    </div>
  )
}

function Opened({ of, action, send, onCancel }: Props & { readonly onCancel: () => void }) {
  const say = useTexts(officerTexts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(consequencesQuery(of, language))
  if (isPending) return <Loading />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} level={3} />
  const lines = data.text.split('\n').filter((line) => line.trim() !== '')
  return (
    <div className="kp-stack kp-stack--tight">
      <Alert heading={say('atOnce')} headingLevel={3} severity="warning" className="kp-measure">
        <UnorderedList>
          {lines.map((line) => (
            <UnorderedList.Item key={line}>{line.replace(/^[\s•-]+/u, '')}</UnorderedList.Item>
          ))}
        </UnorderedList>
        <Paragraph>{say('forGood')}</Paragraph>
      </Alert>
      <OfficerForm
        needs={{ reason: true }}
        action={action}
        send={send}
        onDone={() => queries.invalidateQueries()}
        onCancel={onCancel}
      />
    </div>
  )
}
