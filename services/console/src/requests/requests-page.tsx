/** What the coordinator asked of our data: to approve, on its way, and answered. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { nodeRequest } from '@kruispunt/contracts'
import { Empty, Failure, Loading, PageTitle, StatusTag, Term, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { useMay } from '../frame/session.ts'
import { OfficerForm } from '../parts/officer-form.tsx'
import { Withdrawing } from '../parts/withdrawing.tsx'
import { agreementsQuery, decideRequest, requestsQuery, rosterQuery, statusQuery, withdrawRequest } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { useRefusalWords } from '../texts/refusal-texts.ts'
import { requestTexts } from '../texts/request-texts.ts'

type Request = z.infer<typeof nodeRequest>
const tones = { asked: 'busy', 'job-open': 'good', closed: 'quiet', rejected: 'bad', withdrawn: 'bad' } as const

export function RequestsPage() {
  const say = useTexts(requestTexts)
  const frame = useTexts(frameTexts)
  const { data, error, isPending, refetch } = useQuery(requestsQuery)
  const newestFirst = [...(data ?? [])].sort((a, b) => b.askedAt.localeCompare(a.askedAt))
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{frame('requests')}</PageTitle>
      <Paragraph className="kp-measure">{say('lead')}</Paragraph>
      {isPending && <Loading />}
      {data === undefined && error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <Empty title={say('none')}>{say('noneText')}</Empty>}
      {newestFirst.map((request) => (
        <RequestPanel key={request.hash} request={request} />
      ))}
    </div>
  )
}

function RequestPanel({ request }: { readonly request: Request }) {
  const say = useTexts(requestTexts)
  const { moment } = useLanguage()
  const may = useMay()
  const queries = useQueryClient()
  const { data: status } = useQuery(statusQuery)
  const { data: agreements } = useQuery(agreementsQuery)
  const { data: roster } = useQuery(rosterQuery)
  const [decision, setDecision] = useState<'approved' | 'rejected'>()
  const { hash, question, askedAt, columns, state, waitingForApprovalOf, refusals, released, inTheWay, results } =
    request
  const wordsOf = useRefusalWords()
  const nameOf = (id: string) => roster?.parties.find((party) => party.id === id)?.name ?? id
  const isWaiting = state === 'asked' && waitingForApprovalOf.some((id) => id === status?.party)
  return (
    <section className="kp-panel kp-stack kp-stack--tight">
      <div>
        <StatusTag tone={tones[state]}>{say(`state-${state}`)}</StatusTag>
      </div>
      <Heading level={2} size="level-3">
        {question}
      </Heading>
      <Paragraph className="kp-soft">
        {say('askedLine', {
          at: moment(askedAt),
          title: agreements?.find(({ id }) => id === request.agreement)?.title ?? '…',
        })}
      </Paragraph>
      <dl className="kp-document">
        <Term name={say('left')}>
          {released ? (
            <details>
              <summary>{say('leftLine', { count: columns.flatMap((one) => one.columns).length })}</summary>
              {columns.map((one) => (
                <p key={one.dataset}>
                  <code>{one.dataset}</code>: {one.columns.join(', ')}
                </p>
              ))}
            </details>
          ) : (
            say('leftNothing')
          )}
        </Term>
        <Term name={say('answered')}>{say('answeredLine', { count: results })}</Term>
        {waitingForApprovalOf.length > 0 && (
          <Term name={say('waitingFor')}>{waitingForApprovalOf.map(nameOf).join(', ')}</Term>
        )}
        {refusals.length > 0 && (
          <Term name={say('refusals')}>
            {refusals.map(({ party, code }) => (
              <p key={party}>
                {nameOf(party)}: {wordsOf(code)} <code className="kp-soft">{code}</code>
              </p>
            ))}
          </Term>
        )}
        {inTheWay !== null && !released && (
          <Term name={say('inTheWay')}>
            {wordsOf(inTheWay)} <code className="kp-soft">{inTheWay}</code>
          </Term>
        )}
      </dl>
      {isWaiting && may.sign && decision === undefined && (
        <div className="kp-row">
          <Button onClick={() => setDecision('approved')}>{say('approve')}</Button>
          <Button variant="secondary" onClick={() => setDecision('rejected')}>
            {say('reject')}
          </Button>
        </div>
      )}
      {may.sign && (state === 'asked' || state === 'job-open') && (
        <Withdrawing
          of={`requests/${hash}`}
          action={say('withdraw')}
          send={({ officer, passphrase, reason }) => withdrawRequest(hash, { officer, passphrase, reason })}
        />
      )}
      {decision !== undefined && (
        <OfficerForm
          key={decision}
          needs={{ reason: decision === 'rejected' }}
          action={say(decision === 'approved' ? 'approve' : 'reject')}
          send={({ officer, passphrase, reason }) =>
            decideRequest(hash, { officer, passphrase, decision, reason: reason === '' ? null : reason })
          }
          onDone={() => queries.invalidateQueries()}
          onCancel={() => setDecision(undefined)}
        />
      )}
    </section>
  )
}
