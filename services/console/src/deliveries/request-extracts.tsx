/** What approved requests ask of datasets that stay here: the question, what would leave, and the steward's yes or no. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { RequestExtract } from '@kruispunt/contracts'
import { Failure, StatusTag, Term, useLanguage, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMay } from '../frame/session.ts'
import { confirmExtract, declineExtract, requestExtractsQuery } from '../service.ts'
import { requestExtractTexts } from '../texts/request-extract-texts.ts'

const tones = {
  'waits-for-approval': 'busy',
  'no-delivery': 'bad',
  'to-confirm': 'busy',
  'being-made': 'busy',
  sent: 'good',
  declined: 'bad',
  over: 'quiet',
} as const

/** Nothing where nothing is asked. */
export function RequestExtracts() {
  const say = useTexts(requestExtractTexts)
  const { data } = useQuery(requestExtractsQuery)
  const open = (data?.asked ?? []).filter(({ state, needsConfirmation }) => needsConfirmation && state !== 'over')
  if (open.length === 0) return null
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('title')}</Heading>
      <Paragraph className="kp-measure">{say('lead')}</Paragraph>
      {open.map((asked) => (
        <AskedPanel key={asked.extractId} asked={asked} />
      ))}
    </section>
  )
}

function AskedPanel({ asked }: { readonly asked: RequestExtract }) {
  const say = useTexts(requestExtractTexts)
  const { moment } = useLanguage()
  const may = useMay()
  const queries = useQueryClient()
  const { requestHash, dataset, source, state, question, columns, inTheWay, until } = asked
  const onSettled = () => queries.invalidateQueries({ queryKey: requestExtractsQuery.queryKey })
  const confirming = useMutation({
    mutationFn: (shown: NonNullable<typeof source>) => confirmExtract(requestHash, { dataset, source: shown }),
    onSettled,
  })
  const declining = useMutation({ mutationFn: () => declineExtract(requestHash, { dataset }), onSettled })
  const isBusy = confirming.isPending || declining.isPending
  const failure = confirming.error ?? declining.error
  return (
    <section className="kp-panel kp-stack kp-stack--tight">
      <div>
        <StatusTag tone={tones[state]}>{say(`state-${state}`)}</StatusTag>
      </div>
      <Heading level={3}>{question}</Heading>
      <dl className="kp-measure">
        <Term name={say('dataset')}>{dataset}</Term>
        <Term name={say('leaves')}>{columns.join(', ')}</Term>
        <Term name={say('until')}>{moment(until)}</Term>
        {inTheWay !== null && <Term name={say('inTheWay')}>{inTheWay}</Term>}
      </dl>
      {failure !== null && <Failure error={failure} level={3} />}
      {may.deliver && state === 'to-confirm' && source !== null && (
        <div className="kp-row">
          <Button disabled={isBusy} onClick={() => confirming.mutate(source)}>
            {say('confirm')}
          </Button>
          <Button variant="secondary" disabled={isBusy} onClick={() => declining.mutate()}>
            {say('decline')}
          </Button>
        </div>
      )}
    </section>
  )
}
