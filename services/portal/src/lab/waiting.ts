/**
 * What a lab waits for, and whom. Read from how it stands, in the order in which things are done. Pure: knows no page.
 * @module
 */
import type { AgreementView, JobList, LabView } from '@kruispunt/contracts'

export type Waiting =
  | { readonly for: 'waitEnrol' | 'waitRoster' | 'waitJob'; readonly party: string }
  | { readonly for: 'waitRosterDraft' | 'waitAgreement' }
  | { readonly for: 'waitSign'; readonly party: string; readonly agreement: string }
  | { readonly for: 'waitCeremony'; readonly agreement: string }
  | { readonly for: 'waitDelivery'; readonly party: string; readonly dataset: string }

type Known = {
  readonly lab: LabView
  readonly jobs: JobList | undefined
  /** Of the active agreement, for what it expects of whom. */
  readonly active: AgreementView | undefined
}

export function waitingIn({ lab, jobs, active }: Known, language: 'nl' | 'en'): Waiting[] {
  const nameOf = (id: string) => lab.parties.find((party) => party.id === id)?.name ?? id
  const toEnrol = lab.parties.filter(({ enrolled }) => !enrolled)
  const toAccept = lab.rosterHash === null ? [] : lab.parties.filter(({ rosterAccepted }) => !rosterAccepted)
  const needsRoster = toEnrol.length === 0 && lab.rosterHash === null
  const needsAgreement = lab.rosterHash !== null && toAccept.length === 0 && lab.agreements.length === 0
  const inReview = lab.agreements.filter(({ status }) => status === 'in-review')
  const running = lab.agreements.find(({ status }) => status === 'active')
  const undelivered = (active?.document.datasets ?? []).filter(
    ({ id }) => running?.deliveries.every(({ dataset }) => dataset !== id) ?? false,
  )
  return [
    ...toEnrol.map(({ name }): Waiting => ({ for: 'waitEnrol', party: name })),
    ...(needsRoster ? [{ for: 'waitRosterDraft' } as const] : []),
    ...toAccept.map(({ name }): Waiting => ({ for: 'waitRoster', party: name })),
    ...(needsAgreement ? [{ for: 'waitAgreement' } as const] : []),
    ...inReview.flatMap(({ title, waitingFor }) =>
      waitingFor.map((id): Waiting => ({ for: 'waitSign', party: nameOf(id), agreement: title })),
    ),
    ...(running !== undefined && running.ceremony !== 'complete'
      ? [{ for: 'waitCeremony', agreement: running.title } as const]
      : []),
    ...(running?.ceremony === 'complete'
      ? undelivered.map(
          ({ party, title }): Waiting => ({ for: 'waitDelivery', party: nameOf(party), dataset: title[language] }),
        )
      : []),
    ...(jobs?.jobs ?? []).flatMap(({ job }) =>
      job.state === 'waiting' ? job.waitingFor.map((id): Waiting => ({ for: 'waitJob', party: nameOf(id) })) : [],
    ),
  ]
}
