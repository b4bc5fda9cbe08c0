import type { KeyId, Statement, StatementKind, StatementOf } from '@kruispunt/contracts'
import type { Signer } from '../signers.ts'
import type { LabState, Recorded } from '../state.ts'

/** What a rule may look at: the state before the statement, the statement, who signed it, and the time it is judged at. */
export type RuleContext<S extends Statement = Statement> = {
  readonly state: LabState
  readonly recorded: Recorded<S>
  readonly signer: Signer
  /** All keys whose signatures verified, the header's among them. */
  readonly signedBy: ReadonlySet<KeyId>
  readonly at: number
  /** Root of the log's first entries, in hex; undefined beyond its end. */
  readonly rootAt: (size: number) => string | undefined
}

/** Checks a statement against the state and returns how to change it. Checking changes nothing. */
export type Rule<K extends StatementKind> = (context: RuleContext<StatementOf<K>>) => () => void
