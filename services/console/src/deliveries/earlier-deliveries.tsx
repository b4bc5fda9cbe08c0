/** Every delivery of this node, as its own record has it. */
import { Heading } from '@amsterdam/design-system-react'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { deliveryTexts } from '../texts/delivery-texts.ts'
import type { Assignment } from './assignments.ts'
import { DeliveryState } from './delivery-state.tsx'

export function EarlierDeliveries({ assignments }: { readonly assignments: readonly Assignment[] }) {
  const say = useTexts(deliveryTexts)
  const { pick, number, moment } = useLanguage()
  const rows = assignments.flatMap(({ extracts, dataset }) => extracts.map((extract) => ({ extract, dataset })))
  if (rows.length === 0) return null
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('earlier')}</Heading>
      <section className="kp-table-scroll" aria-label={say('earlier')} tabIndex={0}>
        <table className="kp-table">
          <thead>
            <tr>
              {(['hDataset', 'hPeriod', 'hVersion', 'hState', 'hPersons', 'hRecords', 'hSent'] as const).map((head) => (
                <th key={head} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ extract, dataset }) => (
              <tr key={extract.extractId}>
                <th scope="row">{pick(dataset.title)}</th>
                <td>{extract.period}</td>
                <td>{extract.version ?? '–'}</td>
                <td>
                  <DeliveryState state={extract.state} />
                </td>
                <td>{extract.subjects === null ? '–' : number(extract.subjects)}</td>
                <td>{extract.records === null ? '–' : number(extract.records)}</td>
                <td>{extract.sentAt === null ? '–' : moment(extract.sentAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
