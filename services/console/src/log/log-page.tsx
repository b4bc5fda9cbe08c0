/** The own copy of the log, replayed at the node from nothing, on the spot. */
import { Alert, Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { logVerification } from '@kruispunt/contracts'
import { Failure, PageTitle, Term, useLanguage, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { requestsQuery, verifyLog } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { logTexts } from '../texts/log-texts.ts'

type Verdict = z.infer<typeof logVerification>

export function LogPage() {
  const say = useTexts(logTexts)
  const frame = useTexts(frameTexts)
  const verifying = useMutation({ mutationFn: verifyLog })
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{frame('log')}</PageTitle>
      <Paragraph className="kp-measure">{say('lead')}</Paragraph>
      <div className="kp-row kp-no-print">
        <Button disabled={verifying.isPending} onClick={() => verifying.mutate()}>
          {say(verifying.isPending ? 'verifying' : 'verify')}
        </Button>
        <a href="/v1/log/copy" download>
          {say('copy')}
        </a>
      </div>
      {verifying.error !== null && <Failure error={verifying.error} />}
      <div role="status">{verifying.data !== undefined && <VerdictView verdict={verifying.data} />}</div>
    </div>
  )
}

function VerdictView({ verdict }: { readonly verdict: Verdict }) {
  const say = useTexts(logTexts)
  const { number } = useLanguage()
  const { data: asked } = useQuery(requestsQuery)
  const { valid, size, root, problem, quorum, requests } = verdict
  return (
    <div className="kp-stack">
      <Alert
        heading={say(valid ? 'valid' : 'invalid')}
        headingLevel={2}
        severity={valid ? 'success' : 'error'}
        className="kp-measure"
      >
        <Paragraph>
          {valid ? say('validText', { count: size }) : say('invalidText', { problem: problem ?? '' })}
        </Paragraph>
      </Alert>
      <dl className="kp-document">
        <Term name={say('size')}>{number(size)}</Term>
        <Term name={say('root')}>
          <code>{root}</code>
        </Term>
        <Term name={say('witnesses')}>
          {quorum === null ? say('noWitnesses') : `${quorum.witnesses.join(', ')} (${number(quorum.size)})`}
        </Term>
      </dl>
      {requests.length > 0 && (
        <section className="kp-stack kp-stack--tight">
          <Heading level={2}>{say('answers')}</Heading>
          <section className="kp-table-scroll" aria-label={say('answers')} tabIndex={0}>
            <table className="kp-table">
              <thead>
                <tr>
                  <th scope="col">{say('question')}</th>
                  <th scope="col">{say('releasedBy')}</th>
                  <th scope="col" className="kp-numeric">
                    {say('tables')}
                  </th>
                  <th scope="col" className="kp-numeric">
                    {say('released')}
                  </th>
                  <th scope="col" className="kp-numeric">
                    {say('withheld')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {requests.map(({ requestId, releasedBy, results }) => (
                  <tr key={requestId}>
                    <th scope="row">{asked?.find((one) => one.requestId === requestId)?.question ?? requestId}</th>
                    <td>{releasedBy.join(', ')}</td>
                    <td className="kp-numeric">{number(results.length)}</td>
                    <td className="kp-numeric">{number(results.reduce((sum, one) => sum + one.released, 0))}</td>
                    <td className="kp-numeric">{number(results.reduce((sum, one) => sum + one.withheld, 0))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </section>
      )}
    </div>
  )
}
