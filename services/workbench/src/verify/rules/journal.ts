/**
 * Every statement that was found to be in order, filed so that the rules can ask what stood in the log before. Nothing is worked out
 * beforehand: a rule asks the entries themselves.
 * @module
 */
import type { RosterDocument, Statement, StatementKind } from '@kruispunt/contracts'
import type { Json } from '../read/canonical.ts'
import { writeCanonical } from '../read/canonical.ts'
import { tagged } from '../read/hashes.ts'
import type { AnyEntry, Entry } from './entries.ts'
import { createRosters } from './rosters.ts'

export const agreementIdOf = (document: object): string => tagged('agreement', writeCanonical(document as Json))

/** What a statement is filed under. */
function subjectOf(statement: Statement): string {
  switch (statement.kind) {
    case 'agreement':
      return agreementIdOf(statement.document)
    case 'extract':
      return statement.extractId
    case 'request':
      return statement.requestId
    case 'revocation':
      return statement.id
    case 'key-destroyed':
    case 'roster':
    case 'recovery':
      return ''
    case 'roster-acceptance':
      return statement.rosterHash
    default:
      return 'requestHash' in statement ? statement.requestHash : statement.agreement
  }
}

export type Journal = ReturnType<typeof createJournal>

/** @param rootAt - root of the first so many entries, in hex; undefined for more than there are */
export function createJournal(rootAt: (size: number) => string | undefined) {
  const rosters = createRosters()
  const all: AnyEntry[] = []
  const byKind = new Map<string, AnyEntry[]>()
  const bySubject = new Map<string, AnyEntry[]>()
  const byHash = new Map<string, AnyEntry>()
  const file = (map: Map<string, AnyEntry[]>, name: string, entry: AnyEntry) => {
    const list = map.get(name)
    if (list === undefined) map.set(name, [entry])
    else list.push(entry)
  }
  return {
    all: all as readonly AnyEntry[],
    add(entry: AnyEntry): void {
      all.push(entry)
      rosters.take(entry)
      byHash.set(entry.hash, entry)
      file(byKind, entry.statement.kind, entry)
      file(bySubject, `${entry.statement.kind} ${subjectOf(entry.statement)}`, entry)
    },
    /** In the order of the log. */
    of: <K extends StatementKind>(kind: K): readonly Entry<K>[] => (byKind.get(kind) ?? []) as Entry<K>[],
    /** Those filed under one id or hash, in the order of the log. */
    about: <K extends StatementKind>(kind: K, subject: string): readonly Entry<K>[] =>
      (bySubject.get(`${kind} ${subject}`) ?? []) as Entry<K>[],
    byHash: <K extends StatementKind>(kind: K, hash: string): Entry<K> | undefined => {
      const found = byHash.get(hash)
      return found?.statement.kind === kind ? (found as Entry<K>) : undefined
    },
    rootAt,
    rosters,
    /** Of the roster that counts. */
    roster: (): RosterDocument | undefined => rosters.current()?.document,
  }
}
