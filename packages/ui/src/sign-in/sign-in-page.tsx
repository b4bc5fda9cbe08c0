/** Nobody is signed in: how to, and a place for a link that did not open by itself. */
import { Button, Paragraph } from '@amsterdam/design-system-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { TextField } from '../forms/fields.tsx'
import { PageTitle } from '../frame/page-title.tsx'
import { Failure } from '../states/notices.tsx'
import { useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { codeIn } from './code-in-address.ts'

type Props = {
  readonly within: string
  readonly lead: string
  readonly onCode: (code: string) => void
  readonly failure: unknown
  readonly isBusy: boolean
  /** Other ways to come in. */
  readonly children?: ReactNode
}

export function SignInPage({ within, lead, onCode, failure, isBusy, children }: Props) {
  const say = useTexts(uiTexts)
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const code = codeIn(text)
    setWrong(code === undefined)
    if (code === undefined) return
    setText('')
    onCode(code)
  }
  return (
    <div className="kp-stack kp-measure">
      <PageTitle within={within} takesFocus={false}>
        {say('signIn')}
      </PageTitle>
      {failure !== null && <Failure error={failure} />}
      <Paragraph size="large">{lead}</Paragraph>
      <Paragraph>{say('signInOnce')}</Paragraph>
      <form className="kp-panel kp-stack" onSubmit={submit} noValidate>
        <TextField
          label={say('signInCode')}
          hint={say('signInCodeHint')}
          error={isWrong ? say('signInWrong') : undefined}
          value={text}
          onChange={setText}
          type="password"
          autoComplete="off"
        />
        <div>
          <Button type="submit" disabled={isBusy}>
            {say(isBusy ? 'signingIn' : 'signInAction')}
          </Button>
        </div>
      </form>
      {children}
    </div>
  )
}
