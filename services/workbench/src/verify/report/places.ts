/** Where something stands in the log, and what is worth asking about it. */
import type { AnyEntry } from '../rules/entries.ts'

/** A place in the log, and the moment its signer gives. */
export type Place = { readonly entry: number; readonly at: string }
export const placeOf = ({ index, statement }: AnyEntry): Place => ({ entry: index, at: statement.issuedAt })

/** Worth a question: nothing here makes the log invalid. `about` is an id in the log. */
export type Remark = {
  readonly code: 'result_late' | 'release_before_seen' | 'destruction_unsaid' | 'job_not_closed' | 'entries_unwitnessed'
  readonly entry: number
  readonly about: string
}
