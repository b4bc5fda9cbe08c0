/** The own account: passkeys, password, and where one is signed in. The same at portal and console. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import { displayName } from '@kruispunt/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type PropsWithChildren, useState } from 'react'
import { TextField } from '../forms/fields.tsx'
import { PageTitle } from '../frame/page-title.tsx'
import { canUsePasskeys } from '../sign-in/passkey.ts'
import { Failure, Loading } from '../states/notices.tsx'
import { useLanguage, useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { accountCalls } from './account-calls.ts'
import type { AccountParts, Change } from './account-parts.ts'
import { PasswordPanel } from './password-panel.tsx'

const queryKey = ['account']

/** @param children - what the application adds */
export function AccountPage({ within, children }: PropsWithChildren<{ readonly within: string }>) {
  const say = useTexts(uiTexts)
  const queries = useQueryClient()
  const { data, error, isPending, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => accountCalls.read(signal),
  })
  const changing = useMutation({
    mutationFn: (work: Change) => work(accountCalls),
    onSuccess: (now) => queries.setQueryData(queryKey, now),
  })
  const parts = data && { account: data, change: changing.mutate, isBusy: changing.isPending }
  return (
    <div className="kp-stack kp-stack--wide kp-measure">
      <div className="kp-stack">
        <PageTitle within={within}>{say('ownAccount')}</PageTitle>
        {data !== undefined && (
          <Paragraph size="large">{say('accountIs', { account: data.account, name: data.name })}</Paragraph>
        )}
        <Paragraph>{say('accountLead')}</Paragraph>
      </div>
      {changing.isError && <Failure error={changing.error} />}
      {isPending && <Loading />}
      {data === undefined && !isPending && <Failure error={error} onRetry={() => void refetch()} />}
      {parts !== undefined && (
        <>
          <Passkeys {...parts} />
          {children}
          <PasswordPanel {...parts} />
          <Sessions {...parts} />
        </>
      )}
    </div>
  )
}

function Passkeys({ account, change, isBusy }: AccountParts) {
  const say = useTexts(uiTexts)
  const { moment } = useLanguage()
  const [label, setLabel] = useState('')
  const [isTold, setTold] = useState(false)
  const isNamed = displayName.safeParse(label.trim()).success
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(!isNamed)
    if (!isNamed || isBusy) return
    change((calls) => calls.addPasskey(label.trim()))
    setLabel('')
  }
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('passkeys')}</Heading>
      <Paragraph>{say('passkeysText')}</Paragraph>
      {account.passkeys.length === 0 ? (
        <Paragraph>{say('passkeysNone')}</Paragraph>
      ) : (
        <ul className="kp-plain-list">
          {account.passkeys.map(({ id, label: name, addedAt }) => (
            <li key={id} className="kp-row">
              <strong>{name}</strong>
              <span className="kp-soft">{say('passkeyAdded', { moment: moment(addedAt) })}</span>
              <Button
                variant="tertiary"
                aria-label={`${say('removeIt')}: ${name}`}
                onClick={() => change((calls) => calls.removePasskey(id))}
              >
                {say('removeIt')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {canUsePasskeys() ? (
        <form className="kp-panel kp-stack" onSubmit={submit} noValidate>
          <TextField
            label={say('passkeyName')}
            hint={say('passkeyNameHint')}
            value={label}
            onChange={setLabel}
            maxLength={120}
            error={isTold && !isNamed ? say('passkeyNameWrong') : undefined}
          />
          <div>
            <Button type="submit" variant="secondary" aria-disabled={isBusy}>
              {say('passkeyAdd')}
            </Button>
          </div>
        </form>
      ) : (
        <Paragraph>{say('passkeysCannot')}</Paragraph>
      )}
    </section>
  )
}

function Sessions({ account, change }: AccountParts) {
  const say = useTexts(uiTexts)
  const { moment } = useLanguage()
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('sessions')}</Heading>
      <ul className="kp-plain-list">
        {account.sessions.map(({ id, method, signedInAt, lastSeen, isThis }) => {
          const since = say('sessionSince', { moment: moment(signedInAt), seen: moment(lastSeen) })
          return (
            <li key={id} className="kp-row">
              <span>
                {since}, {say(`method-${method}`)}
              </span>
              {isThis ? (
                <strong>{say('sessionHere')}</strong>
              ) : (
                <Button
                  variant="tertiary"
                  aria-label={`${say('sessionEnd')}: ${since}`}
                  onClick={() => change((calls) => calls.endSession(id))}
                >
                  {say('sessionEnd')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
