/**
 * What has to be done at this node, and by whom. Made from what the node says; a page shows what belongs to the person first.
 * @module
 */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { nodeAgreement, nodeRequest, nodeStatus } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Assignment } from '../deliveries/assignments.ts'
import { isSoon } from '../node/is-soon.ts'
import { homeTexts } from '../texts/home-texts.ts'

type Kind =
  | 'frozen'
  | 'roster'
  | 'nextRoster'
  | 'sign'
  | 'approve'
  | 'deliver'
  | 'send'
  | 'rosterEnds'
  | 'certificateEnds'
  | 'backup'

export type Task = {
  readonly key: string
  readonly kind: Kind
  readonly of: 'sign' | 'deliver' | 'operate'
  /** What it is about, in words of the agreement; in both languages where it is a dataset. */
  readonly about?: string | { readonly nl: string; readonly en: string }
  readonly at?: string
  readonly agreement?: Assignment['agreement']
  readonly dataset?: string
}

type Seen = {
  readonly status: z.infer<typeof nodeStatus>
  readonly agreements: readonly z.infer<typeof nodeAgreement>[]
  readonly requests: readonly z.infer<typeof nodeRequest>[]
  readonly assignments: readonly Assignment[]
}

function toSign({ status, agreements, requests }: Seen): Task[] {
  const { party, rosterShortCode, rosterAccepted, nextRosterShortCode } = status
  return [
    ...(rosterShortCode !== null && !rosterAccepted ? [{ key: 'roster', kind: 'roster', of: 'sign' } as const] : []),
    ...(nextRosterShortCode === null ? [] : [{ key: 'next', kind: 'nextRoster', of: 'sign' } as const]),
    ...agreements
      .filter((one) => one.status === 'in-review' && one.waitingFor.includes(party))
      .map(({ id, title }) => ({ key: id, kind: 'sign', of: 'sign', about: title, agreement: id }) as const),
    ...requests
      .filter((one) => one.state === 'asked' && one.waitingForApprovalOf.includes(party))
      .map(({ hash, question }) => ({ key: hash, kind: 'approve', of: 'sign', about: question }) as const),
  ]
}

function toDeliver({ assignments }: Seen): Task[] {
  return assignments.flatMap(({ agreement, dataset, isActive, extracts }): Task[] => {
    if (!isActive) return []
    const [newest] = extracts
    const about = { about: dataset.title, agreement, dataset: dataset.id, of: 'deliver' } as const
    if (newest?.state === 'prepared') return [{ ...about, key: newest.extractId, kind: 'send' }]
    if (extracts.some(({ state }) => state === 'sent' || state === 'sending')) return []
    return [{ ...about, key: `${agreement}-${dataset.id}`, kind: 'deliver' }]
  })
}

function toKeepGoing({ status }: Seen): Task[] {
  const { frozen, backup, expires } = status
  const ends = (what: 'roster' | 'certificate') => expires.find((one) => one.what === what && isSoon(one.at))?.at
  const [roster, certificate] = [ends('roster'), ends('certificate')]
  return [
    ...(frozen.length > 0 ? [{ key: 'frozen', kind: 'frozen', of: 'sign' } as const] : []),
    ...(roster === undefined ? [] : [{ key: 'ends', kind: 'rosterEnds', of: 'sign', at: roster } as const]),
    ...(certificate === undefined
      ? []
      : [{ key: 'certificate', kind: 'certificateEnds', of: 'operate', at: certificate } as const]),
    ...(backup.isDue ? [{ key: 'backup', kind: 'backup', of: 'operate' } as const] : []),
  ]
}

/** What is most pressing first. */
export const tasksOf = (seen: Seen): Task[] => {
  const keeping = toKeepGoing(seen)
  return [
    ...keeping.filter(({ kind }) => kind === 'frozen'),
    ...toSign(seen),
    ...toDeliver(seen),
    ...keeping.filter(({ kind }) => kind !== 'frozen'),
  ]
}

function Way({ task, children }: { readonly task: Task; readonly children: ReactNode }) {
  const { kind, agreement, dataset } = task
  if (kind === 'sign' && agreement !== undefined)
    return (
      <Link to="/agreements/$agreement" params={{ agreement }}>
        {children}
      </Link>
    )
  if (agreement !== undefined && dataset !== undefined)
    return (
      <Link to="/deliveries/$agreement/$dataset" params={{ agreement, dataset }}>
        {children}
      </Link>
    )
  if (kind === 'approve') return <Link to="/requests">{children}</Link>
  if (kind === 'frozen') return <Link to="/recovery">{children}</Link>
  if (kind === 'backup' || kind === 'certificateEnds') return <Link to="/node">{children}</Link>
  return <Link to="/roster">{children}</Link>
}

function useAbout({ about, at }: Task): string {
  const { pick, date } = useLanguage()
  if (at !== undefined) return date(at)
  return about === undefined ? '' : typeof about === 'string' ? about : pick(about)
}

export function TaskCard({ task }: { readonly task: Task }) {
  const say = useTexts(homeTexts)
  const about = useAbout(task)
  return (
    <section className="kp-panel kp-stack kp-stack--tight">
      <Heading level={3}>{say(task.kind)}</Heading>
      <Paragraph>{say(`${task.kind}Text`, { about })}</Paragraph>
      <Paragraph>
        <Way task={task}>{say(`${task.kind}Link`)}</Way>
      </Paragraph>
    </section>
  )
}

/** One line, for who only has to know. */
export function TaskLine({ task }: { readonly task: Task }) {
  const say = useTexts(homeTexts)
  const about = useAbout(task)
  return (
    <li className="kp-row">
      <Way task={task}>{about === '' ? say(task.kind) : `${say(task.kind)}: ${about}`}</Way>
      <span className="kp-soft">{say(`by-${task.of}`)}</span>
    </li>
  )
}
