/** Of every partner what its officer decided: when, in which role, with which key, and in which words. */
import { Heading } from '@amsterdam/design-system-react'
import type { AgreementOutcome, nodeAgreementText } from '@kruispunt/contracts'
import { StatusTag, useLanguage, useTexts } from '@kruispunt/ui'
import type { z } from 'zod'
import { agreementTexts } from '../texts/agreement-texts.ts'
import { officerTexts } from '../texts/officer-texts.ts'

type Shown = z.infer<typeof nodeAgreementText>
type Decision = Shown['decisions'][number]

const tones = {
  approved: 'good',
  'approved-with-conditions': 'good',
  returned: 'bad',
  rejected: 'bad',
} as const satisfies Record<AgreementOutcome, string>

export function WhoSigned({ agreement: { document, decisions, waitingFor } }: { readonly agreement: Shown }) {
  const say = useTexts(agreementTexts)
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('whoSigned')}</Heading>
      <ul className="kp-plain-list">
        {document.parties.map(({ id, name }) => (
          <li key={id}>
            <div className="kp-row">
              <strong>{name}</strong>
              {waitingFor.includes(id) && <StatusTag tone="busy">{say('waiting')}</StatusTag>}
            </div>
            {decisions
              .filter(({ party }) => party === id)
              .map((decision) => (
                <Decided key={decision.entry} decision={decision} />
              ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Decided({ decision }: { readonly decision: Decision }) {
  const say = useTexts(agreementTexts)
  const officer = useTexts(officerTexts)
  const { moment, number } = useLanguage()
  const { outcome, role, keyId, at, entry, reason } = decision
  const line = {
    role: role === null ? say('someone') : officer(role),
    at: moment(at),
    key: keyId.slice(0, 8),
    entry: number(entry),
  }
  return (
    <div>
      <div className="kp-row">
        <StatusTag tone={tones[outcome]}>{say(`outcome-${outcome}`)}</StatusTag>
        <span className="kp-soft">{say('decidedLine', line)}</span>
      </div>
      {reason !== null && (
        <p className="kp-measure">
          {say(outcome === 'approved-with-conditions' ? 'conditionsAre' : 'reasonIs')} {reason}
        </p>
      )}
    </div>
  )
}
