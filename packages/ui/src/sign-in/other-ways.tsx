/** Coming in without a link: a passkey, the own organisation, or a password with a code. */
import { Alert, Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import { accountName, passwordSignIn } from '@kruispunt/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { TextField } from '../forms/fields.tsx'
import { Failure } from '../states/notices.tsx'
import { useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { canUsePasskeys } from './passkey.ts'
import type { Session, SessionCalls } from './session-calls.ts'

type Props<G> = {
  readonly calls: SessionCalls<G>
  readonly onSignedIn: (session: Session<G>) => void
  /** The own organisation sent somebody back without having signed in. */
  readonly wasRefused: boolean
}

export function OtherWays<G>({ calls, onSignedIn, wasRefused }: Props<G>) {
  const say = useTexts(uiTexts)
  const providers = useQuery({ queryKey: ['session', 'providers'], queryFn: ({ signal }) => calls.providers(signal) })
  const byPasskey = useMutation({ mutationFn: calls.signInWithPasskey, onSuccess: onSignedIn })
  const away = useMutation({
    mutationFn: calls.startAtProvider,
    onSuccess: (url) => window.location.assign(url),
  })
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('otherWays')}</Heading>
      {wasRefused && (
        <Alert heading={say('providerNot')} headingLevel={3} severity="warning" role="alert">
          <Paragraph>{say('providerNotText')}</Paragraph>
        </Alert>
      )}
      <div className="kp-row">
        {canUsePasskeys() && (
          <Button variant="secondary" aria-disabled={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
            {say('withPasskey')}
          </Button>
        )}
        {providers.data?.providers.map(({ id, name }) => (
          <Button key={id} variant="secondary" aria-disabled={away.isPending} onClick={() => away.mutate(id)}>
            {say('withProvider', { name })}
          </Button>
        ))}
      </div>
      {byPasskey.isError && <Failure error={byPasskey.error} level={3} />}
      {away.isError && <Failure error={away.error} level={3} />}
      <details>
        <summary>{say('withPassword')}</summary>
        <PasswordForm calls={calls} onSignedIn={onSignedIn} />
      </details>
    </section>
  )
}

function PasswordForm<G>({ calls, onSignedIn }: Omit<Props<G>, 'wasRefused'>) {
  const say = useTexts(uiTexts)
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [isTold, setTold] = useState(false)
  const entering = useMutation({
    mutationFn: calls.signInWithPassword,
    onSuccess: onSignedIn,
    // Neither is kept for a next time, right or wrong.
    onSettled: () => {
      setPassword('')
      setCode('')
    },
  })
  const told = { account: account.trim(), password, code: code.replaceAll(' ', '') }
  const isWhole = accountName.safeParse(told.account).success && passwordSignIn.safeParse(told).success
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(!isWhole)
    if (isWhole && !entering.isPending) entering.mutate(told)
  }
  return (
    <form className="kp-panel kp-stack" onSubmit={submit} noValidate>
      <TextField label={say('accountName')} value={account} onChange={setAccount} autoComplete="username" />
      <TextField
        label={say('password')}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="current-password"
      />
      <TextField
        label={say('passwordCode')}
        hint={say('passwordCodeHint')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
      />
      <div role="alert">{isTold && !isWhole && <Paragraph>{say('passwordWrong')}</Paragraph>}</div>
      <div>
        <Button type="submit" aria-disabled={entering.isPending}>
          {say('signInAction')}
        </Button>
      </div>
      {entering.isError && <Failure error={entering.error} level={3} />}
    </form>
  )
}
