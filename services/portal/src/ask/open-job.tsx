/** Opening a job, signed with the coordinator's passkey; and closing it. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import { type AgreementView, holdsNumber, type JobView, type LabId } from '@kruispunt/contracts'
import { Failure, TextField, useTexts } from '@kruispunt/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { closeJob, jobsQuery } from '../service.ts'
import { WithOwnKey } from '../signing/own-key.tsx'
import { SigningPanel } from '../signing/signing-panel.tsx'
import { savedTexts } from '../texts/saved-texts.ts'
import { signingTexts } from '../texts/signing-texts.ts'

type Props = { readonly lab: LabId; readonly agreement: AgreementView }

export function OpenJob({ lab, agreement }: Props) {
  const say = useTexts(signingTexts)
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('openJob')}</Heading>
      <Paragraph>{say('openJobText')}</Paragraph>
      <WithOwnKey
        lab={lab}
        command={`kruispunt-broker job open --question "…" --access ${lab}.access.json --key coordinator.key`}
      >
        <Form lab={lab} agreement={agreement} />
      </WithOwnKey>
    </section>
  )
}

function Form({ lab, agreement }: Props) {
  const say = useTexts(signingTexts)
  const kept = useTexts(savedTexts)
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [isTold, setTold] = useState(false)
  const [question, setQuestion] = useState<string>()
  const written = text.trim()
  const fault = holdsNumber(written) ? kept('faultNumber') : written.length < 10 ? say('jobQuestionWrong') : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(fault !== undefined)
    if (fault === undefined) setQuestion(written)
  }
  if (question !== undefined)
    return (
      <SigningPanel
        lab={lab}
        asked={{ kind: 'request', agreement: agreement.id, question, dimensions: null }}
        document={agreement.document}
        onSigned={() => void queries.invalidateQueries({ queryKey: jobsQuery(lab).queryKey })}
        onStop={() => setQuestion(undefined)}
      />
    )
  return (
    <form className="kp-panel kp-stack" onSubmit={submit} noValidate>
      <TextField
        label={say('jobQuestion')}
        hint={say('jobQuestionHint')}
        value={text}
        onChange={setText}
        maxLength={600}
        isLong
        error={isTold ? fault : undefined}
      />
      <div>
        <Button type="submit">{say('jobNext')}</Button>
      </div>
    </form>
  )
}

export function CloseJob({ lab, job }: { readonly lab: LabId; readonly job: JobView }) {
  const say = useTexts(signingTexts)
  const queries = useQueryClient()
  const closing = useMutation({
    mutationFn: () => closeJob(lab, job.requestId),
    onSuccess: () => queries.invalidateQueries({ queryKey: jobsQuery(lab).queryKey }),
  })
  return (
    <details>
      <summary>{say('closeJob')}</summary>
      <div className="kp-stack kp-stack--tight">
        <Paragraph>{say('closeJobText')}</Paragraph>
        <div>
          <Button variant="secondary" aria-disabled={closing.isPending} onClick={() => closing.mutate()}>
            {say('closeJob')}
          </Button>
        </div>
        {closing.isError && <Failure error={closing.error} level={3} />}
      </div>
    </details>
  )
}
