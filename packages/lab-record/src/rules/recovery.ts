/** Recovery (protocol §3.8): officers say which checkpoint the lab's log is. */
import { refuseUnless } from '../errors.ts'
import type { Recovery } from '../state.ts'
import type { Rule } from './context.ts'

/** Counts once a party. It may only name what this very log holds, so a log that was cut cannot carry it. */
export const recovery: Rule<'recovery'> = ({ state, recorded, signer, rootAt }) => {
  refuseUnless(signer.role === 'officer', 'not_in_role')
  const { size, root } = recorded.statement
  refuseUnless(rootAt(size) === root, 'recovery_differs')
  const key = `${size}:${root}`
  const named: Recovery = state.recoveries.get(key) ?? { size, root, by: new Map() }
  refuseUnless(!named.by.has(signer.party), 'already_decided')
  const { party } = signer
  return () => {
    named.by.set(party, recorded)
    state.recoveries.set(key, named)
  }
}
