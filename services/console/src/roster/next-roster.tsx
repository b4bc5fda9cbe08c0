/** The roster that was put forward and is not in force yet: what it changes, who accepted, and accepting it oneself. */
import { Alert, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { nodeRoster } from '@kruispunt/contracts'
import { Term, useLanguage, useTexts } from '@kruispunt/ui'
import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { OfficerForm } from '../parts/officer-form.tsx'
import { acceptRoster } from '../service.ts'
import { rosterTexts } from '../texts/roster-texts.ts'

type Roster = z.infer<typeof nodeRoster>
type Next = NonNullable<Roster['next']>

const inFours = (hex: string) => hex.match(/.{1,4}/g)?.join(' ') ?? hex

export function NextRoster({ roster, next, maySign }: { roster: Roster; next: Next; maySign: boolean }) {
  const say = useTexts(rosterTexts)
  const { date } = useLanguage()
  const queries = useQueryClient()
  const nameOf = (id: string) => roster.parties.find((party) => party.id === id)?.name ?? id
  return (
    <section className="kp-panel kp-stack">
      <Heading level={2}>{say('next', { version: next.version })}</Heading>
      <Alert heading={say('nextLead')} headingLevel={3} severity="warning" className="kp-measure">
        <Paragraph>{say('nextText', { needed: roster.threshold })}</Paragraph>
      </Alert>
      <dl className="kp-document">
        <Term name={say('nextCode')}>
          <code className="kp-code">{next.shortCode}</code>
        </Term>
        <Term name={say('changes')}>
          <ul className="kp-plain-list">
            {next.differences.map(({ what, who, value }) => (
              <li key={what + who + value}>
                {say(`change-${what}`, { who: nameOf(who) })}{' '}
                {value !== null && (what === 'expires' ? date(value) : <code>{inFours(value)}</code>)}
              </li>
            ))}
          </ul>
        </Term>
        <Term name={say('acceptedBy')}>
          {next.acceptedBy.length === 0 ? say('nobodyYet') : next.acceptedBy.map(nameOf).join(', ')}
        </Term>
        <Term name={say('waitsFor')}>
          {say(next.waitsFor === 'acceptances' ? 'waitsForPartners' : 'waitsForKeys', { needed: roster.threshold })}
        </Term>
      </dl>
      {maySign && (
        <OfficerForm
          needs={{ code: true }}
          officersOf="everybody"
          codeHint={say('heard')}
          action={say('acceptNext')}
          send={({ officer, passphrase, shortCode }) => acceptRoster({ officer, passphrase, shortCode })}
          onDone={() => queries.invalidateQueries()}
        />
      )}
    </section>
  )
}
