/** For who keeps the node going: whether it runs, what it waits for, what to do. */
import { Alert, Heading, Paragraph } from '@amsterdam/design-system-react'
import { Failure, Loading, PageTitle, StatusTag, Term, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ceremoniesQuery, statusQuery } from '../service.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { nodeTexts } from '../texts/node-texts.ts'
import { isSoon } from './is-soon.ts'

const tones = { connected: 'good', starting: 'busy', waiting: 'bad', frozen: 'bad' } as const

export function NodePage() {
  const say = useTexts(nodeTexts)
  const frame = useTexts(frameTexts)
  const { moment, date, number } = useLanguage()
  const { data, error, isPending, refetch } = useQuery(statusQuery)
  const { data: ceremonies } = useQuery(ceremoniesQuery)
  if (isPending) return <Loading />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} />
  const { broker, frozen, log, outbox, backup, retention, expires, partners, version, runtime, partyName, labTitle } =
    data
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{frame('node')}</PageTitle>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {frozen.length > 0 && (
        <Alert heading={say('frozen')} headingLevel={2} severity="error" className="kp-measure">
          <Paragraph>{say('frozenDo')}</Paragraph>
          {frozen.map(({ reason, foundAt }) => (
            <Paragraph key={reason + foundAt}>
              <code>{reason}</code>, {moment(foundAt)}
            </Paragraph>
          ))}
          <Paragraph>
            <Link to="/recovery">{say('toRecovery')}</Link>
          </Paragraph>
        </Alert>
      )}
      <dl className="kp-document">
        <Term name={say('connection')}>
          <StatusTag tone={tones[broker.state]}>{say(`state-${broker.state}`)}</StatusTag>{' '}
          {broker.code !== null && <code>{broker.code}</code>}
        </Term>
        <Term name={say('lastContact')}>{broker.lastContact === null ? say('never') : moment(broker.lastContact)}</Term>
        <Term name={say('broker')}>{`${broker.name}, ${broker.url}`}</Term>
        <Term name={say('lab')}>{`${labTitle}, ${partyName}`}</Term>
        <Term name={say('version')}>{`Kruispunt ${version}, Node.js ${runtime}`}</Term>
        <Term name={say('trail')}>{say('trailLine', { count: log.size, witnessed: number(log.quorumSize) })}</Term>
        <Term name={say('outbox')}>
          {outbox.length === 0 ? say('outboxEmpty') : say('outboxLine', { count: outbox.length })}
        </Term>
      </dl>
      <section className="kp-panel kp-stack kp-stack--tight">
        <div>
          <StatusTag tone={backup.isDue ? 'bad' : 'good'}>{say(backup.isDue ? 'backupDue' : 'backupGood')}</StatusTag>
        </div>
        <Heading level={2}>{say('backup')}</Heading>
        <Paragraph>
          {backup.lastAt === null ? say('backupNever') : say('backupLast', { at: moment(backup.lastAt) })}
        </Paragraph>
        <Paragraph className="kp-measure">{say('backupHow')}</Paragraph>
        <Paragraph>
          <code>kruispunt-node backup FILE</code>
        </Paragraph>
      </section>
      <section className="kp-stack kp-stack--tight">
        <Heading level={2}>{say('partners')}</Heading>
        <Paragraph className="kp-measure">{say('partnersText')}</Paragraph>
        <ul className="kp-plain-list">
          {partners.map(({ party, name, lastSeen }) => (
            <li key={party} className="kp-row">
              <span>{name}</span>
              {lastSeen === null ? (
                <StatusTag tone="busy">{say('notSeen')}</StatusTag>
              ) : (
                <span className="kp-soft">{moment(lastSeen)}</span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section className="kp-stack kp-stack--tight">
        <Heading level={2}>{say('expires')}</Heading>
        {expires.length === 0 && <Paragraph>{say('expiresNone')}</Paragraph>}
        <ul className="kp-plain-list">
          {expires.map(({ what, name, at }) => (
            <li key={what + name + at} className="kp-row">
              <span>{say(`expires-${what}`, { name, date: date(at) })}</span>
              {isSoon(at) && <StatusTag tone="bad">{say('soon')}</StatusTag>}
            </li>
          ))}
        </ul>
      </section>
      <section className="kp-stack kp-stack--tight">
        <Heading level={2}>{say('retention')}</Heading>
        <Paragraph className="kp-measure">{say('retentionText')}</Paragraph>
        {retention.length === 0 && <Paragraph>{say('retentionNone')}</Paragraph>}
        <ul className="kp-plain-list">
          {retention.map(({ dataset, period, eraseFrom }) => (
            <li key={dataset + period + eraseFrom}>
              {say('retentionLine', { dataset, period, date: date(eraseFrom) })}
            </li>
          ))}
        </ul>
      </section>
      <section className="kp-stack kp-stack--tight">
        <Heading level={2}>{say('ceremonies')}</Heading>
        {ceremonies?.length === 0 && <Paragraph>{say('ceremoniesNone')}</Paragraph>}
        <ul className="kp-plain-list">
          {ceremonies?.map(({ agreement, title, status, keyUsable, waitingFor }) => (
            <li key={agreement} className="kp-row">
              <span>{title}</span>
              <StatusTag tone={keyUsable ? 'good' : 'busy'}>{say(`ceremony-${status}`)}</StatusTag>
              {waitingFor.length > 0 && <span>{say('waitingFor', { parties: waitingFor.join(', ') })}</span>}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
