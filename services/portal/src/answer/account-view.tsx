/** Question, purpose, rules, sources, dates, release: under every table, on the screen and on paper. */
import { Heading } from '@amsterdam/design-system-react'
import { type Account, useTexts } from '@kruispunt/ui'
import { askTexts } from '../texts/ask-texts.ts'

export function AccountView({ account }: { readonly account: Account }) {
  const say = useTexts(askTexts)
  return (
    <section className="kp-stack kp-stack--tight kp-account">
      <Heading level={3}>{say('account')}</Heading>
      <dl>
        {account.map(({ heading, lines }) => (
          <div key={heading} className="kp-account__part">
            <dt>{heading}</dt>
            {lines.map((line) => (
              <dd key={line}>{line}</dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}
