/** How well people were linked, beside the table that rests on it. */
import { Heading, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import type { AgreementView, LinkQuality } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { askTexts } from '../texts/ask-texts.ts'

type Estimate = LinkQuality['quality']['precision']

export function Links({ links, agreement }: { readonly links: LinkQuality; readonly agreement: AgreementView }) {
  const say = useTexts(askTexts)
  const { language, pick, number } = useLanguage()
  const percent = new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
  })
  const estimate = ({ share, flaw }: Estimate) =>
    share === null ? '–' : `${flaw === null ? '' : '~ '}${percent.format(share)}`
  const nameOf = (party: string) => agreement.document.parties.find(({ id }) => id === party)?.name ?? party
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={3}>{say('links')}</Heading>
      <Paragraph>{say('linksLead', { persons: links.persons === null ? '–' : number(links.persons) })}</Paragraph>
      <section className="kp-table-scroll" aria-label={say('linksCaption')} tabIndex={0}>
        <table className="kp-table">
          <thead>
            <tr>
              <th scope="col">{say('linksPairHead')}</th>
              <th scope="col" className="kp-numeric">
                {say('linked')}
              </th>
              <th scope="col" className="kp-numeric">
                {say('recall')}
              </th>
              <th scope="col" className="kp-numeric">
                {say('precision')}
              </th>
            </tr>
          </thead>
          <tbody>
            {links.pairs.map(({ a, b, linked, quality }) => (
              <tr key={`${a} ${b}`}>
                <th scope="row">{say('linksPair', { a: nameOf(a), b: nameOf(b) })}</th>
                <td className="kp-numeric">{linked === null ? '–' : number(linked)}</td>
                <td className="kp-numeric">{estimate(quality.recall)}</td>
                <td className="kp-numeric">{estimate(quality.precision)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Paragraph size="small" className="kp-soft">
        {say('linksNote')}
      </Paragraph>
      <details>
        <summary>{say('linksMeaning')}</summary>
        <UnorderedList>
          {links.explanation.map((line) => (
            <UnorderedList.Item key={line.en}>{pick(line)}</UnorderedList.Item>
          ))}
        </UnorderedList>
      </details>
    </section>
  )
}
