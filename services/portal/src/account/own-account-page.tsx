/** The own account, and for who coordinates the key to sign with in each lab. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { LabId } from '@kruispunt/contracts'
import { AccountPage, canUsePasskeys, Failure, Loading, StatusTag, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePerson } from '../frame/session.ts'
import { addCoordinatorKey, coordinatorKeysQuery, labQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { signingTexts } from '../texts/signing-texts.ts'

export function OwnAccountPage() {
  const frame = useTexts(frameTexts)
  const say = useTexts(signingTexts)
  const { grants } = usePerson()
  const labs = [...new Set(grants.filter(({ role }) => role === 'coordinator').map(({ lab }) => lab))]
  return (
    <AccountPage within={frame('within')}>
      {labs.length > 0 && (
        <section className="kp-stack">
          <Heading level={2}>{say('keys')}</Heading>
          <Paragraph>{say('keysText')}</Paragraph>
          {labs.map((lab) => (
            <Keys key={lab} lab={lab} />
          ))}
        </section>
      )}
    </AccountPage>
  )
}

function Keys({ lab }: { readonly lab: LabId }) {
  const say = useTexts(signingTexts)
  const queries = useQueryClient()
  const { data: view } = useQuery(labQuery(lab))
  const { data, error, isPending, refetch } = useQuery(coordinatorKeysQuery(lab))
  const making = useMutation({
    mutationFn: () => addCoordinatorKey(lab),
    onSuccess: () => queries.invalidateQueries({ queryKey: coordinatorKeysQuery(lab).queryKey }),
  })
  if (isPending) return <Loading />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} level={3} />
  const title = view?.title ?? lab
  return (
    <section className="kp-panel kp-stack kp-stack--tight">
      <Heading level={3}>{title}</Heading>
      {data.keys.length === 0 && <Paragraph>{say('keysNone')}</Paragraph>}
      <ul className="kp-plain-list">
        {data.keys.map(({ key, isOwn, inRoster }) => (
          <li key={key.keyId} className="kp-row">
            <code>{key.keyId.slice(0, 8)}</code>
            <span>
              {say(key.kind === 'webauthn' ? 'keyPasskey' : 'keyFile')}
              {isOwn && `, ${say('keyOwn')}`}
            </span>
            <StatusTag tone={inRoster ? 'good' : 'busy'}>{say(inRoster ? 'keyIn' : 'keyWaits')}</StatusTag>
          </li>
        ))}
      </ul>
      {canUsePasskeys() && (
        <div>
          <Button variant="secondary" aria-disabled={making.isPending} onClick={() => making.mutate()}>
            {say('keyMake', { lab: title })}
          </Button>
        </div>
      )}
      <div role="status">{making.isSuccess && <Paragraph>{say('keyMade')}</Paragraph>}</div>
      {making.isError && <Failure error={making.error} level={3} />}
    </section>
  )
}
