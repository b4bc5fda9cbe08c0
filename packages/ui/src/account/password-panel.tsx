/** A password, which never comes without an authenticator app beside it. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import { passwordChange, type totpOffer } from '@kruispunt/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { TextField } from '../forms/fields.tsx'
import { Failure } from '../states/notices.tsx'
import { useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { accountCalls } from './account-calls.ts'
import type { AccountParts } from './account-parts.ts'

export function PasswordPanel({ account, change, isBusy }: AccountParts) {
  const say = useTexts(uiTexts)
  const offering = useMutation({ mutationFn: accountCalls.offerTotp })
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('passwordHead')}</Heading>
      <Paragraph>{say(account.hasPassword ? 'passwordHas' : 'passwordHasNot')}</Paragraph>
      <div className="kp-row">
        <Button variant="secondary" aria-disabled={offering.isPending} onClick={() => offering.mutate()}>
          {say('passwordOffer')}
        </Button>
        {account.hasPassword && (
          <Button
            variant="tertiary"
            aria-label={`${say('removeIt')}: ${say('password')}`}
            onClick={() => change((calls) => calls.removePassword())}
          >
            {say('removeIt')}
          </Button>
        )}
      </div>
      {offering.isError && <Failure error={offering.error} level={3} />}
      {offering.data !== undefined && (
        <Setting
          offer={offering.data}
          isBusy={isBusy}
          onSet={(told) => {
            change((calls) => calls.setPassword(told))
            offering.reset()
          }}
        />
      )}
    </section>
  )
}

type SettingProps = {
  readonly offer: z.infer<typeof totpOffer>
  readonly isBusy: boolean
  readonly onSet: (told: { readonly password: string; readonly code: string }) => void
}

function Setting({ offer: { secret, uri }, isBusy, onSet }: SettingProps) {
  const say = useTexts(uiTexts)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const told = { password, code: code.replaceAll(' ', '') }
  const isWhole = passwordChange.safeParse(told).success
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isWhole && !isBusy) onSet(told)
  }
  return (
    <form className="kp-panel kp-stack" onSubmit={submit} noValidate>
      <Paragraph>{say('passwordScan')}</Paragraph>
      <div className="kp-row">
        <QrCode text={uri} label={say('passwordQr')} />
        <p>
          {say('passwordSecret')}: <code>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
      </div>
      <TextField
        label={say('password')}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="new-password"
        maxLength={200}
      />
      <TextField
        label={say('passwordCode')}
        hint={say('passwordCodeHint')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
      />
      <div>
        <Button type="submit" aria-disabled={!isWhole || isBusy}>
          {say('passwordSet')}
        </Button>
      </div>
    </form>
  )
}

/** Drawn here: a secret goes to nobody who draws pictures. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data } = useQuery({
    queryKey: ['qr', text],
    queryFn: async () => (await import('uqr')).encode(text, { border: 2 }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (data === undefined) return null
  const dark = data.data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg className="kp-qr" viewBox={`0 0 ${data.size} ${data.size}`} role="img" aria-label={label}>
      <path className="kp-qr__ground" d={`M0 0h${data.size}v${data.size}H0z`} />
      <path className="kp-qr__dark" d={dark.join('')} />
    </svg>
  )
}
