/** Read, checked and encrypted: the totals to confirm, what exactly will leave, and the button that sends it. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { NodeExtract } from '@kruispunt/contracts'
import { Failure, useLanguage, useTexts } from '@kruispunt/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { deliveriesQuery, discard, send } from '../service.ts'
import { deliveryTexts } from '../texts/delivery-texts.ts'
import { Findings } from './findings.tsx'
import { Leaves } from './leaves.tsx'
import { Totals } from './totals.tsx'

type Props = {
  readonly extract: NodeExtract
  readonly mayDeliver: boolean
  /** Of a dataset that is opened for single requests only: there is nothing to send. */
  readonly staysHere: boolean
}

export function PreparedPanel({ extract, mayDeliver, staysHere }: Props) {
  const say = useTexts(deliveryTexts)
  const { number } = useLanguage()
  const queries = useQueryClient()
  const lookAgain = () => queries.invalidateQueries({ queryKey: deliveriesQuery.queryKey })
  const sending = useMutation({
    mutationFn: () => send(extract.extractId),
    onMutate: () => void lookAgain(),
    onSettled: lookAgain,
  })
  const dropping = useMutation({ mutationFn: () => discard(extract.extractId), onSettled: lookAgain })
  const { report, subjects, rowsLeftOut, state } = extract
  if (state === 'sending') return <Paragraph>{say('sendingOn')}</Paragraph>
  return (
    <div className="kp-stack">
      <section className="kp-panel kp-stack kp-stack--tight">
        <Heading level={2}>{say('preparedTitle')}</Heading>
        <Paragraph>{say(staysHere ? 'staysHere' : 'nothingSent')}</Paragraph>
        <Paragraph>
          {say('preparedLine', {
            rows: number(report?.rowsRead ?? 0),
            persons: number(subjects ?? 0),
          })}{' '}
          {(rowsLeftOut ?? 0) > 0 && say('leftOutLine', { count: rowsLeftOut ?? 0 })}
        </Paragraph>
        {report?.objections !== undefined && (
          <Paragraph>
            {say(report.objections.found === 0 ? 'objectionNone' : 'objectionDone', { ...report.objections })}
          </Paragraph>
        )}
        {sending.error !== null && <Failure error={sending.error} level={3} />}
        {dropping.error !== null && <Failure error={dropping.error} level={3} />}
        {mayDeliver && (
          <div className="kp-row">
            {!staysHere && (
              <Button disabled={sending.isPending} onClick={() => sending.mutate()}>
                {say('confirmAndSend')}
              </Button>
            )}
            <Button
              variant="secondary"
              disabled={sending.isPending || dropping.isPending}
              onClick={() => dropping.mutate()}
            >
              {say('discard')}
            </Button>
          </div>
        )}
      </section>
      {report !== null && (
        <>
          <Totals report={report} />
          <Leaves report={report} />
          <Findings findings={report.findings} />
        </>
      )}
    </div>
  )
}
