/** How many rows fall in every category, for comparing with the source. These counts stay at the node. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { NodeExtract } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { deliveryTexts } from '../texts/delivery-texts.ts'

type Report = NonNullable<NodeExtract['report']>

export function Totals({ report: { totals } }: { readonly report: Report }) {
  const say = useTexts(deliveryTexts)
  const { pick, number } = useLanguage()
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('totals')}</Heading>
      <Paragraph className="kp-measure">{say('totalsText')}</Paragraph>
      <div className="kp-cards kp-totals">
        {totals.map(({ dimension, label, codes }) => (
          <section key={dimension} className="kp-table-scroll" aria-label={pick(label)} tabIndex={0}>
            <table className="kp-table">
              <caption>{pick(label)}</caption>
              <tbody>
                {codes.map((one) => (
                  <tr key={one.code}>
                    <th scope="row">{pick(one.label)}</th>
                    <td className="kp-numeric">{number(one.rows)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
    </section>
  )
}
