/** Who takes part, with which keys: the code is compared by telephone before it is accepted. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { Failure, Loading, PageTitle, StatusTag, Term, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMay } from '../frame/session.ts'
import { OfficerForm } from '../parts/officer-form.tsx'
import { acceptRoster, fingerprintsQuery, rosterQuery, statusQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { rosterTexts } from '../texts/roster-texts.ts'

const inFours = (hex: string) => hex.match(/.{1,4}/g)?.join(' ') ?? hex

export function RosterPage() {
  const say = useTexts(rosterTexts)
  const frame = useTexts(frameTexts)
  const { date } = useLanguage()
  const may = useMay()
  const queries = useQueryClient()
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
          <section className="kp-panel kp-stack kp-stack--tight">
            <Heading level={2}>{say('code')}</Heading>
            <Paragraph>
              <code className="kp-code">{data.shortCode}</code>
            </Paragraph>
            <Paragraph className="kp-measure">{say('codeText')}</Paragraph>
            <Paragraph className="kp-soft">
              {say('line', { broker: data.brokerName, quorum: data.quorum, until: date(data.expires) })}
            </Paragraph>
          </section>
          <ul className="kp-plain-list">
            {data.parties.map(({ id, name, officers, accepted }) => (
              <li key={id} className="kp-row">
                <span>{name}</span>
                <span className="kp-soft">{say('officers', { count: officers })}</span>
                <StatusTag tone={accepted ? 'good' : 'busy'}>{say(accepted ? 'accepted' : 'waiting')}</StatusTag>
              </li>
            ))}
          </ul>
          {may.sign && status !== undefined && !status.rosterAccepted && (
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
          )}
        </>
      )}
      {keys !== undefined && (
        <section className="kp-stack kp-stack--tight">
          <Heading level={2}>{say('ownKeys')}</Heading>
          <dl className="kp-document">
            <Term name={say('nodeKey')}>
              <code>{inFours(keys.nodeKey.keyId)}</code>
            </Term>
            <Term name={say('witnessKey')}>
              <code>{inFours(keys.witnessKey.keyId)}</code>
            </Term>
            {keys.officers.map(({ name, role, keyId }) => (
              <Term key={keyId} name={`${name} (${frame(role)})`}>
                <code>{inFours(keyId)}</code>
              </Term>
            ))}
          </dl>
        </section>
      )}
    </div>
  )
}
