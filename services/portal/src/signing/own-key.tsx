/** Whether whoever is here can sign with a passkey, and if not what is missing and what can be done meanwhile. */
import { Paragraph } from '@amsterdam/design-system-react'
import type { LabId } from '@kruispunt/contracts'
import { Failure, Loading, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { coordinatorKeysQuery } from '../service.ts'
import { signingTexts } from '../texts/signing-texts.ts'

type Props = {
  readonly lab: LabId
  /** What does the same with a key file. */
  readonly command: string
  readonly children: ReactNode
}

export function WithOwnKey({ lab, command, children }: Props) {
  const say = useTexts(signingTexts)
  const { data, error, isPending, refetch } = useQuery(coordinatorKeysQuery(lab))
  if (isPending) return <Loading />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} level={3} />
  const own = data.keys.filter(({ isOwn }) => isOwn)
  if (own.some(({ inRoster }) => inRoster)) return children
  return (
    <div className="kp-stack kp-stack--tight">
      <Paragraph>{say(own.length === 0 ? 'needKey' : 'needRoster')}</Paragraph>
      <p>
        <code>{command}</code>
      </p>
      <p>
        <Link to="/account">{say('toAccount')}</Link>
      </p>
    </div>
  )
}
