/** How every delivery that is asked of this partner is now: one line each, with what comes next. */
import { Heading } from '@amsterdam/design-system-react'
import type { nodeStatus } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { deliveryTexts } from '../texts/delivery-texts.ts'
import { type Assignment, newestOf } from './assignments.ts'
import { DeliveryState } from './delivery-state.tsx'

type Props = {
  readonly assignments: readonly Assignment[]
  readonly retention: z.infer<typeof nodeStatus>['retention']
}

export function DeliveryStates({ assignments, retention }: Props) {
  const say = useTexts(deliveryTexts)
  const { pick, moment, date } = useLanguage()
  const asked = assignments.filter(({ isActive }) => isActive)
  if (asked.length === 0) return null
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('states')}</Heading>
      <section className="kp-table-scroll" aria-label={say('states')} tabIndex={0}>
        <table className="kp-table">
          <thead>
            <tr>
              {(['hDataset', 'hState', 'hPeriod', 'hSent', 'hKeptUntil', 'hNext'] as const).map((head) => (
                <th key={head} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {asked.map((assignment) => {
              const { agreement, dataset, extracts } = assignment
              const sent = extracts.find(({ state }) => state === 'sent')
              const kept = retention.find((one) => one.dataset === dataset.id && one.period === sent?.period)
              return (
                <tr key={`${agreement}-${dataset.id}`}>
                  <th scope="row">
                    <Link to="/deliveries/$agreement/$dataset" params={{ agreement, dataset: dataset.id }}>
                      {pick(dataset.title)}
                    </Link>
                  </th>
                  <td>
                    <DeliveryState state={newestOf(assignment)?.state} />
                  </td>
                  <td>{dataset.period}</td>
                  <td>{sent?.sentAt == null ? '–' : moment(sent.sentAt)}</td>
                  <td>{kept === undefined ? '–' : date(kept.eraseFrom)}</td>
                  <td>{dataset.schedule}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </section>
  )
}
