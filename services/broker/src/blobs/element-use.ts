/**
 * Which elements the log still speaks of, and who may read them. Elements say nothing about people, and still go to nobody
 * but the party they were sent to.
 * @module
 */
import { elementBytes, type PartyId, type StatementOf } from '@kruispunt/contracts'
import { agreementStatus, type LabState, type Recorded, usableCeremony } from '@kruispunt/lab-record'

/** Elements by their owner, their digest and their length. */
export type ElementsName = { readonly party: PartyId; readonly sha256: string }

type ElementsStatement = StatementOf<'oprf-batch'> | StatementOf<'oprf-evaluation'>

/** What a statement names, if it names elements. */
export function elementsOf({ statement }: Recorded): (ElementsName & { readonly bytes: number }) | undefined {
  if (statement.kind !== 'oprf-batch' && statement.kind !== 'oprf-evaluation') return undefined
  return { party: statement.from as PartyId, sha256: statement.sha256, bytes: statement.count * elementBytes }
}

/** Batches that nobody answered yet, and the answers, of every epoch in use. */
function* inUse(state: LabState, at: number): Generator<ElementsStatement> {
  for (const agreement of state.agreements.values()) {
    if (agreementStatus(agreement, at) !== 'active') continue
    for (const { recorded, answer } of usableCeremony(agreement)?.batches.values() ?? []) {
      if (answer === undefined) yield recorded.statement
      else if (answer.statement.kind === 'oprf-evaluation') yield answer.statement
    }
  }
}

/** Whether these elements were sent to this party, by a statement that still counts. */
export function wereSentTo(state: LabState, { party, sha256 }: ElementsName, reader: PartyId, at: number): boolean {
  for (const statement of inUse(state, at))
    if (statement.from === party && statement.sha256 === sha256 && statement.to === reader) return true
  return false
}

/** Whether anybody may still ask for them. */
export function areWanted(state: LabState, { party, sha256 }: ElementsName, at: number): boolean {
  for (const statement of inUse(state, at)) if (statement.from === party && statement.sha256 === sha256) return true
  return false
}
