/** Somebody at a service: the account, with roles as they are now, and the session that runs. */
import type { AccountRecord, SessionRecord } from './records.ts'
import type { SessionTimes } from './sessions.ts'

export type Account<G> = Omit<AccountRecord, 'grants'> & { readonly grants: readonly G[] }
/** Somebody with a session that runs. */
export type Person<G> = { readonly account: Account<G>; readonly session: SessionRecord & SessionTimes }
export type SignedIn<G> = Person<G> & { readonly token: string }
