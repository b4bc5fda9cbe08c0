/** Who takes part, with which keys: the code is compared by telephone before it is accepted; and what changes next. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { nodeRoster } from '@kruispunt/contracts'
import { Failure, Loading, PageTitle, StatusTag, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { useMay } from '../frame/session.ts'
import { OfficerForm } from '../parts/officer-form.tsx'
import { acceptRoster, fingerprintsQuery, rosterQuery, statusQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { rosterTexts } from '../texts/roster-texts.ts'
import { NextRoster } from './next-roster.tsx'
import { OwnKeys } from './own-keys.tsx'
import { ProposalForm } from './proposal-form.tsx'

export function RosterPage() {
  const frame = useTexts(frameTexts)
  const may = useMay()
  const { data, error, isPending, refetch } = useQuery(rosterQuery)
  const { data: status } = useQuery(statusQuery)
  const { data: keys } = useQuery(fingerprintsQuery)
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{frame('roster')}</PageTitle>
      {isPending && <Loading />}
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          {data.next !== null && <NextRoster roster={data} next={data.next} maySign={may.sign} />}
          <InForce roster={data} />
          {may.sign && status !== undefined && !status.rosterAccepted && <Accepting />}
        </>
      )}
      {keys !== undefined && <OwnKeys keys={keys} maySign={may.sign} />}
      {may.sign && data !== undefined && keys !== undefined && status?.rosterAccepted === true && (
        <ProposalForm roster={data} keys={keys} />
      )}
    </div>
  )
}

function InForce({ roster }: { readonly roster: z.infer<typeof nodeRoster> }) {
  const say = useTexts(rosterTexts)
  const { date } = useLanguage()
  return (
    <>
      <section className="kp-panel kp-stack kp-stack--tight">
        <Heading level={2}>{say('code')}</Heading>
        <Paragraph>
          <code className="kp-code">{roster.shortCode}</code>
        </Paragraph>
        <Paragraph className="kp-measure">{say('codeText')}</Paragraph>
        <Paragraph className="kp-soft">
          {say('line', {
            version: roster.version,
            broker: roster.brokerName,
            quorum: roster.quorum,
            until: date(roster.expires),
          })}
        </Paragraph>
      </section>
      <ul className="kp-plain-list">
        {roster.parties.map(({ id, name, officers, accepted }) => (
          <li key={id} className="kp-row">
            <span>{name}</span>
            <span className="kp-soft">{say('officers', { count: officers })}</span>
            <StatusTag tone={accepted ? 'good' : 'busy'}>{say(accepted ? 'accepted' : 'waiting')}</StatusTag>
          </li>
        ))}
      </ul>
    </>
  )
}

function Accepting() {
  const say = useTexts(rosterTexts)
  const queries = useQueryClient()
  return (
    <section className="kp-panel kp-stack">
      <Heading level={2}>{say('accept')}</Heading>
      <OfficerForm
        needs={{ code: true }}
        codeHint={say('heard')}
        action={say('accept')}
        send={({ officer, passphrase, shortCode }) => acceptRoster({ officer, passphrase, shortCode })}
        onDone={() => queries.invalidateQueries()}
      />
    </section>
  )
}
