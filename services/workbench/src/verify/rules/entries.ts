/** A statement of the log that was found to be in order, and who made it. */
import type { Statement, StatementKind, StatementOf } from '@kruispunt/contracts'

/** Whose key signed, by the roster that counts at that place. */
export type Who = {
  readonly role: 'broker' | 'coordinator' | 'node' | 'witness' | 'officer'
  /** `broker`, `coordinator` or a party id. */
  readonly name: string
}

/** A statement that was found to be in order, with its place. */
export type EntryOf<S extends Statement> = {
  readonly index: number
  readonly hash: string
  readonly statement: S
  readonly who: Who
  readonly signedBy: ReadonlySet<string>
  /** When it was signed, by its signer's clock; ms since 1970. */
  readonly at: number
}

export type Entry<K extends StatementKind> = EntryOf<StatementOf<K>>
export type AnyEntry = EntryOf<Statement>
