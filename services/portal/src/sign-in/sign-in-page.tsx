/** Nobody is signed in: how to, and a place for a link that did not open by itself. */
import { Button, Paragraph } from '@amsterdam/design-system-react'
import { Failure, PageTitle, TextField, useTexts } from '@kruispunt/ui'
import { type FormEvent, useState } from 'react'
import { frameTexts } from '../texts/frame-texts.ts'
import { codeIn } from './code-in-address.ts'

type Props = { readonly onCode: (code: string) => void; readonly failure: unknown; readonly isBusy: boolean }

export function SignInPage({ onCode, failure, isBusy }: Props) {
  const say = useTexts(frameTexts)
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
      <PageTitle within={say('within')} takesFocus={false}>
        {say('signIn')}
      </PageTitle>
      {failure !== null && <Failure error={failure} />}
      <Paragraph size="large">{say('signInLead')}</Paragraph>
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
    </div>
  )
}
