/** Everything that will leave this node, column by column. What is not in this list stays. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { NodeExtract } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { deliveryTexts } from '../texts/delivery-texts.ts'

type Report = NonNullable<NodeExtract['report']>

export function Leaves({ report: { leaves } }: { readonly report: Report }) {
  const say = useTexts(deliveryTexts)
  const { number } = useLanguage()
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('leaves')}</Heading>
      <Paragraph className="kp-measure">{say('leavesText', { count: leaves.length })}</Paragraph>
      <details>
        <summary>{say('leavesShow')}</summary>
        <section className="kp-table-scroll" aria-label={say('leaves')} tabIndex={0}>
          <table className="kp-table">
            <thead>
              <tr>
                <th scope="col">{say('leaveColumn')}</th>
                <th scope="col">{say('leaveTable')}</th>
                <th scope="col">{say('leaveBytes')}</th>
              </tr>
            </thead>
            <tbody>
              {leaves.map(({ column, table, bytes }) => (
                <tr key={`${table}-${column}`}>
                  <th scope="row">
                    <code>{column}</code>
                  </th>
                  <td>{table}</td>
                  <td className="kp-numeric">{number(bytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </section>
  )
}
