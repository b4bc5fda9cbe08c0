/**
 * Going on after the log contradicted itself: the own copy beside what the broker offers, compared by telephone, and an officer's
 * word from which checkpoint the lab goes on.
 * @module
 */
import { Alert, Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { nodeRecovery } from '@kruispunt/contracts'
import { Failure, Loading, PageTitle, StatusTag, Term, TextField, useLanguage, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { z } from 'zod'
import { useMay } from '../frame/session.ts'
import { OfficerForm } from '../parts/officer-form.tsx'
import { recoveryQuery, restored, signRecovery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { recoveryTexts } from '../texts/recovery-texts.ts'

type Recovery = z.infer<typeof nodeRecovery>

export function RecoveryPage() {
  const say = useTexts(recoveryTexts)
  const frame = useTexts(frameTexts)
  const { data, error, isPending, refetch } = useQuery(recoveryQuery)
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{say('title')}</PageTitle>
      <Paragraph className="kp-measure">{say('lead')}</Paragraph>
      {isPending && <Loading />}
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Shown recovery={data} />}
    </div>
  )
}

function Shown({ recovery }: { readonly recovery: Recovery }) {
  const say = useTexts(recoveryTexts)
  const { number, moment } = useLanguage()
  const may = useMay()
  const { frozen, own, offered, isSame, signed, needed } = recovery
  const isFrozen = frozen.length > 0
  return (
    <>
      <Alert
        heading={say(isFrozen ? 'frozen' : 'running')}
        headingLevel={2}
        severity={isFrozen ? 'error' : 'success'}
        className="kp-measure"
      >
        <Paragraph>{say(isSame ? 'same' : 'differs')}</Paragraph>
        {frozen.map(({ reason, foundAt }) => (
          <Paragraph key={reason + foundAt}>
            <code>{reason}</code>, {moment(foundAt)}
          </Paragraph>
        ))}
      </Alert>
      <dl className="kp-document">
        <Term name={say('own')}>
          {say('checkpoint', { size: number(own.size) })} <code className="kp-code">{own.code}</code>
        </Term>
        <Term name={say('offered')}>
          {say('checkpoint', { size: number(offered.size) })} <code className="kp-code">{offered.code}</code>
        </Term>
      </dl>
      <section className="kp-stack kp-stack--tight">
        <Heading level={2}>{say('signed')}</Heading>
        {signed.length === 0 && <Paragraph>{say('signedNone')}</Paragraph>}
        <ul className="kp-plain-list">
          {signed.map(({ size, code, by }) => (
            <li key={code} className="kp-row">
              <span>{say('checkpoint', { size: number(size) })}</span>
              <code>{code}</code>
              <StatusTag tone={by.length >= needed ? 'good' : 'busy'}>
                {say('signedBy', { count: by.length, needed })}
              </StatusTag>
              <span className="kp-soft">{by.join(', ')}</span>
            </li>
          ))}
        </ul>
      </section>
      {isFrozen && may.sign && <SignForm offered={offered} />}
      {isFrozen && !may.sign && <Paragraph className="kp-soft">{say('officersSign')}</Paragraph>}
      {isFrozen && may.operate && <Restored />}
    </>
  )
}

function SignForm({ offered }: { readonly offered: Recovery['offered'] }) {
  const say = useTexts(recoveryTexts)
  const queries = useQueryClient()
  const [size, setSize] = useState(String(offered.size))
  const id = useId()
  const isWhole = /^[1-9]\d{0,9}$/.test(size)
  return (
    <section className="kp-panel kp-stack kp-no-print">
      <Heading level={2}>{say('sign')}</Heading>
      <Paragraph className="kp-measure">{say('signText')}</Paragraph>
      <div className="kp-measure">
        <TextField id={id} label={say('size')} hint={say('sizeHint')} value={size} onChange={setSize} type="number" />
      </div>
      <OfficerForm
        needs={{ code: true, reason: true }}
        codeHint={say('codeHint')}
        alsoMissing={() => (isWhole ? [] : [{ fieldId: id, text: say('sizeWrong') }])}
        action={say('sign')}
        send={({ officer, passphrase, shortCode, reason }) =>
          signRecovery({ officer, passphrase, size: Number(size), code: shortCode, reason })
        }
        onDone={() => queries.invalidateQueries()}
      />
    </section>
  )
}

/** A copy at work and a backup put back look the same to the log: a person says which it is. */
function Restored() {
  const say = useTexts(recoveryTexts)
  const queries = useQueryClient()
  const [isSure, setSure] = useState(false)
  const saying = useMutation({ mutationFn: restored, onSettled: () => queries.invalidateQueries() })
  return (
    <section className="kp-panel kp-stack kp-stack--tight kp-no-print">
      <Heading level={2}>{say('restored')}</Heading>
      <Paragraph className="kp-measure">{say('restoredText')}</Paragraph>
      {saying.error !== null && <Failure error={saying.error} level={3} />}
      {saying.isSuccess && <Paragraph role="status">{say('restoredDone')}</Paragraph>}
      <div className="kp-row">
        {isSure ? (
          <>
            <Button disabled={saying.isPending} onClick={() => saying.mutate()}>
              {say('restoredSure')}
            </Button>
            <Button variant="secondary" onClick={() => setSure(false)}>
              {say('no')}
            </Button>
          </>
        ) : (
          <Button variant="secondary" onClick={() => setSure(true)}>
            {say('restoredAsk')}
          </Button>
        )}
      </div>
    </section>
  )
}
