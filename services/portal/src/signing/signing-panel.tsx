/** From what somebody asks, through what that is in the statement's own bytes, to the passkey's signature. */
import { Alert, Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementDocument, LabId, StatementDraftRequest } from '@kruispunt/contracts'
import { Failure, Loading, useTexts } from '@kruispunt/ui'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { draftStatement, signDraft } from '../service.ts'
import { signingTexts } from '../texts/signing-texts.ts'
import { draftedBy } from './drafted.ts'
import { WhatIsSigned } from './what-is-signed.tsx'

type Props = {
  readonly lab: LabId
  readonly asked: StatementDraftRequest
  /** For names of partners and datasets. */
  readonly document: AgreementDocument
  readonly onSigned: () => void
  readonly onStop: () => void
}

export function SigningPanel({ lab, asked, document, onSigned, onStop }: Props) {
  const say = useTexts(signingTexts)
  const heading = useRef<HTMLHeadingElement>(null)
  const drafting = useMutation({
    mutationFn: async () => {
      const draft = await draftStatement(lab, asked)
      return { draft, drafted: await draftedBy(asked, draft) }
    },
  })
  const signing = useMutation({
    mutationFn: signDraft.bind(undefined, lab),
    onSuccess: onSigned,
  })
  const { mutate: write } = drafting
  useEffect(() => write(), [write])
  const { data } = drafting
  useEffect(() => {
    if (data !== undefined) heading.current?.focus()
  }, [data])
  return (
    <section className="kp-panel kp-stack" aria-busy={drafting.isPending || signing.isPending}>
      <Heading level={2} ref={heading} tabIndex={-1} className="kp-page-title">
        {say('signTitle')}
      </Heading>
      {drafting.isPending && <Loading />}
      {drafting.isError && <Failure error={drafting.error} onRetry={() => write()} level={3} />}
      {data !== undefined && data.drafted === undefined && (
        <Alert heading={say('signTitle')} headingLevel={3} severity="error" role="alert">
          <Paragraph>{say('signDiffers')}</Paragraph>
        </Alert>
      )}
      {data?.drafted !== undefined && (
        <WhatIsSigned drafted={data.drafted} statementHash={data.draft.statementHash} document={document} />
      )}
      <div className="kp-row">
        {data?.drafted !== undefined && (
          <Button aria-disabled={signing.isPending} onClick={() => signing.mutate(data.draft)}>
            {say(signing.isPending ? 'signing' : 'signIt')}
          </Button>
        )}
        <Button variant="secondary" onClick={onStop}>
          {say('signNot')}
        </Button>
      </div>
      {signing.isError && <Failure error={signing.error} level={3} />}
    </section>
  )
}
