/**
 * Lays out what the keys of an extract are made from, so that any thread can read it.
 * @module
 */
import type { MatchKey } from '@kruispunt/contracts'
import { NodeLinkageError } from '../errors.ts'
import { type SharedWords, sharedBytes, sharedWords } from '../identifiers/growing.ts'
import type { IdentifierStore } from '../identifiers/identifier-store.ts'
import type { Subjects } from '../subjects/make-subjects.ts'
import type { KeySource, SubjectTables } from './key-values.ts'

export type KeyInputs = {
  readonly tables: SubjectTables
  /** One per key, in their order. */
  readonly sources: readonly KeySource[]
  /** Erases everything that was made here; what the identifier store keeps is the store's. */
  erase(): void
}

/** @throws {@link NodeLinkageError} `identifiers_missing`, `key_malformed` */
export function keyInputs(
  subjects: Pick<Subjects, 'subjects' | 'subjectOfRow' | 'bsn'>,
  identifiers: IdentifierStore | null,
  keys: readonly MatchKey[],
  jointNumbers: Uint8Array | null = null,
): KeyInputs {
  const parts = identifiers?.parts() ?? null
  const sources = keys.map((key): KeySource => {
    const own = key.parts.filter((part) => part !== 'citizenNumber')
    if (own.length === 0) return 'citizenNumber'
    if (own.length < key.parts.length) throw new NodeLinkageError('key_malformed')
    if (parts === null) throw new NodeLinkageError('identifiers_missing')
    return own.map((part) => parts.of(part))
  })
  const { rowStarts, rows } = rowsBySubject(subjects.subjectOfRow, subjects.subjects)
  const numbers = sharedWords(subjects.subjects)
  numbers.set(subjects.bsn)
  const joint = sharedBytes(jointNumbers?.length ?? 0)
  if (jointNumbers !== null) joint.set(jointNumbers)
  const empty = sharedWords(1)
  // Only now: making parts adds words and sets.
  const tables: SubjectTables = {
    wordBytes: identifiers?.columns.words.bytes ?? sharedBytes(1),
    wordStarts: identifiers?.columns.words.starts ?? empty,
    setItems: identifiers?.columns.readings.items ?? empty,
    setStarts: identifiers?.columns.readings.starts ?? empty,
    rowStarts,
    rows,
    numbers,
    jointNumbers: joint,
  }
  return {
    tables,
    sources,
    erase: () => {
      numbers.fill(0)
      joint.fill(0)
      rowStarts.fill(0)
      rows.fill(0)
    },
  }
}

function rowsBySubject(subjectOfRow: Uint32Array, subjects: number): { rowStarts: SharedWords; rows: SharedWords } {
  const rowStarts = sharedWords(subjects + 1)
  for (const subject of subjectOfRow) rowStarts[subject + 1] = (rowStarts[subject + 1] as number) + 1
  for (let subject = 0; subject < subjects; subject++) {
    rowStarts[subject + 1] = (rowStarts[subject + 1] as number) + (rowStarts[subject] as number)
  }
  const next = rowStarts.slice(0, subjects)
  const rows = sharedWords(subjectOfRow.length)
  for (let row = 0; row < subjectOfRow.length; row++) {
    const subject = subjectOfRow[row] as number
    const place = next[subject] as number
    rows[place] = row
    next[subject] = place + 1
  }
  return { rowStarts, rows }
}
