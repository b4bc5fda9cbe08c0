/** A session as its page is told of it. */
import type { Person } from '@kruispunt/accounts'
import { pageSession } from '@kruispunt/contracts'
import type { z } from 'zod'

const instantOf = (at: number) => new Date(at).toISOString()

/** @param grant - what a role looks like at this service */
export function showSession<G>(grant: z.ZodType<G>) {
  const view = pageSession(grant)
  const show = (person: Person<G> | undefined) =>
    view.parse(
      person === undefined
        ? { state: 'signed-out' }
        : {
            state: 'signed-in',
            account: person.account.name,
            name: person.account.displayName,
            grants: person.account.grants,
            method: person.session.method,
            signedInAt: instantOf(person.session.signedInAt),
            idleUntil: instantOf(person.session.idleUntil),
            endsAt: instantOf(person.session.endsAt),
          },
    )
  return { view, show }
}
