/**
 * The whole log once more from nothing: every line opened, placed in its signer's chain, held against the rules, and added to a tree of
 * our own; then the checkpoints held against that tree.
 * @module
 */
import { type RosterDocument, rosterDocument, type Statement } from '@kruispunt/contracts'
import { type EnvelopeFault, openLine } from './read/envelope.ts'
import { spokenCode } from './read/hashes.ts'
import { type LogCopy, lineOfEntry } from './read/log-copy.ts'
import { createRoots, type Roots } from './read/merkle.ts'
import { type NoteFault, type NoteKeys, type ReadNote, readNote } from './read/notes.ts'
import type { AnyEntry } from './rules/entries.ts'
import { faultOf, type RuleFault } from './rules/in-order.ts'
import { createJournal, type Journal } from './rules/journal.ts'
import { keysIn, rosterHashOf } from './rules/rosters.ts'

type HeaderFault =
  | 'wrong_lab'
  | 'chain_gap'
  | 'chain_replay'
  | 'chain_fork'
  | 'statement_expired'
  | 'seen_conflict'
  | 'roster_expired'
  | 'roster_not_accepted'
  | 'roster_below_threshold'
  | 'roster_key_unproven'
  | 'roster_other'
type CopyFault =
  | 'entries_missing'
  | 'entries_extra'
  | 'checkpoint_other_root'
  | 'checkpoint_beyond'
  | 'checkpoint_missing'
export type FaultCode = EnvelopeFault | HeaderFault | RuleFault | NoteFault | CopyFault

/** `entry` counts from 0, as the log does; `line` from 1, as an editor does. */
export type Fault = { readonly code: FaultCode; readonly entry: number | null; readonly line: number }

/** What is trusted beforehand: the roster itself, or the code of it that people compared. */
export type Pinned = { readonly rosterHash: string } | { readonly rosterCode: string }

export type Chain = {
  readonly keyId: string
  readonly name: string
  readonly role: string
  readonly statements: number
}

export type Replay = {
  readonly journal: Journal
  readonly roots: Roots
  readonly roster: RosterDocument | undefined
  readonly faults: readonly Fault[]
  readonly chains: readonly Chain[]
  readonly latest: ReadNote | null
  readonly quorum: ReadNote | null
}

const rosterCharacters = 24
const isPinned = (document: RosterDocument, pinned: Pinned): boolean => {
  const hash = rosterHashOf(document)
  if ('rosterHash' in pinned) return pinned.rosterHash === hash
  const typed = pinned.rosterCode.replace(/[\s\-\u2010-\u2015]/g, '').toUpperCase()
  return spokenCode(hash, rosterCharacters).replaceAll('-', '') === typed
}

/** What an expired roster does not stand in the way of: renewing it, and whatever ends or takes away. */
const whileExpired: ReadonlySet<Statement['kind']> = new Set([
  'roster',
  'roster-acceptance',
  'recovery',
  'revocation',
  'key-destroyed',
  'salt-abort',
  'release-refusal',
  'job-closed',
])

type Head = { seq: number; hash: string }

/** A look inside before anything is verified, for a roster: what is in it counts only once its hash is the pinned one. */
function rosterIn(line: Uint8Array | undefined): RosterDocument | undefined {
  const text = Buffer.from(line ?? []).toString('utf8')
  if (!text.includes('"application/vnd.datalab.roster.v1+json"')) return undefined
  try {
    const { payload } = JSON.parse(text) as { payload: string }
    const { document } = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as { document: unknown }
    return rosterDocument.safeParse(document).data
  } catch {
    return undefined
  }
}

export function replay(copy: LogCopy, pinned: Pinned): Replay {
  const roots = createRoots()
  const journal = createJournal(roots.at)
  const { rosters } = journal
  const faults: Fault[] = []
  const heads = new Map<string, Head>()
  const promised = rosterIn(copy.entries[0])

  function headerFault(statement: Statement, hash: string, at: number): HeaderFault | RuleFault | undefined {
    if (statement.lab !== copy.lab) return 'wrong_lab'
    const head = heads.get(statement.keyId) ?? { seq: 0, hash: '0'.repeat(64) }
    if (statement.seq > head.seq + 1) return 'chain_gap'
    if (statement.seq <= head.seq)
      return statement.seq === head.seq && hash !== head.hash ? 'chain_fork' : 'chain_replay'
    if (statement.prev !== head.hash) return 'chain_fork'
    if (statement.notAfter !== null && at > Date.parse(statement.notAfter)) return 'statement_expired'
    if (statement.seen !== null && roots.at(statement.seen.size) !== statement.seen.root) return 'seen_conflict'
    const roster = rosters.current()
    if (roster === undefined) return statement.kind === 'roster' ? undefined : 'wrong_roster'
    if (roster.hash !== statement.roster) return tooEarly(statement.roster) ?? 'wrong_roster'
    const mayComeLate = whileExpired.has(statement.kind) && rosters.isInForce()
    if (!mayComeLate && at >= Date.parse(roster.document.expires)) return 'roster_expired'
    const setsUp = statement.kind === 'roster' || statement.kind === 'roster-acceptance'
    return rosters.isInForce() || setsUp ? undefined : 'roster_not_accepted'
  }

  /** Made under a roster that does not count yet: what that one still lacks. */
  function tooEarly(rosterHash: string): HeaderFault | undefined {
    const candidate = rosters.candidate()
    return candidate?.hash === rosterHash ? rosters.lacks(candidate) : undefined
  }

  function readOne(line: Uint8Array): FaultCode | undefined {
    const opened = openLine(line, rosters.keyOf)
    if ('fault' in opened) return opened.fault
    const { statement, hash, signedBy } = opened
    const at = Date.parse(statement.issuedAt)
    const fault = headerFault(statement, hash, at)
    // The number was used, whatever it was used for: what follows it is not to blame.
    const head = heads.get(statement.keyId)
    if ((head?.seq ?? 0) < statement.seq) heads.set(statement.keyId, { seq: statement.seq, hash })
    if (fault !== undefined) return fault
    const key = rosters.whoIs(statement, signedBy)
    if (key === undefined) return 'signer_unknown'
    if (key.name !== statement.from) return 'not_in_role'
    const who = { role: key.role, name: key.name }
    const entry: AnyEntry = { index: roots.size, hash, statement, who, signedBy, at }
    const broken = faultOf(entry, journal)
    if (broken === undefined) journal.add(entry)
    return broken
  }

  // A later roster will do as well: each names the one before it by its hash.
  const isNamed = copy.entries.some((line) => {
    const document = rosterIn(line)
    return document !== undefined && isPinned(document, pinned)
  })
  if (promised !== undefined && isNamed) {
    rosters.begin(promised)
    copy.entries.forEach((line, index) => {
      const code = readOne(line)
      if (code !== undefined) faults.push({ code, entry: index, line: lineOfEntry(index) })
      roots.append(line)
    })
  } else {
    // Nothing that follows another roster than the one people compared can be believed.
    for (const line of copy.entries) roots.append(line)
  }
  const followed = [rosters.reigns.map(({ document }) => document), rosters.current()?.document ?? []].flat()
  if (!followed.some((document) => isPinned(document, pinned)))
    faults.unshift({ code: 'roster_other', entry: 0, line: lineOfEntry(0) })
  if (copy.entries.length !== copy.size)
    faults.push({
      code: copy.entries.length < copy.size ? 'entries_missing' : 'entries_extra',
      entry: Math.min(copy.entries.length, copy.size),
      line: lineOfEntry(Math.min(copy.entries.length, copy.size)),
    })

  const roster = journal.roster()
  const lastLine = lineOfEntry(copy.entries.length)
  const noteOf = (note: string | null): ReadNote | null => {
    if (note === null || roster === undefined) return null
    const read = readNote(note, noteKeysOf(followed, roster))
    const code = 'fault' in read ? read.fault : notTheSame(read, roots)
    if (code !== undefined) faults.push({ code, entry: null, line: lastLine })
    return code === undefined && !('fault' in read) ? read : null
  }
  const latest = noteOf(copy.latest)
  const quorum = noteOf(copy.quorum)
  if (copy.latest === null) faults.push({ code: 'checkpoint_missing', entry: null, line: lastLine })
  return { journal, roots, roster, faults, chains: chainsOf(followed, heads), latest, quorum }
}

/** How a checkpoint and the entries differ, if they do. */
function notTheSame({ size, root }: ReadNote, roots: Roots): 'checkpoint_beyond' | 'checkpoint_other_root' | undefined {
  if (size > roots.size) return 'checkpoint_beyond'
  return roots.at(size) === root ? undefined : 'checkpoint_other_root'
}

function chainsOf(followed: readonly RosterDocument[], heads: ReadonlyMap<string, Head>): Chain[] {
  const keys = new Map(followed.flatMap(keysIn).map((key) => [key.keyId, key]))
  return [...keys.values()].map(({ keyId, name, role }) => ({
    keyId,
    name,
    role,
    statements: heads.get(keyId)?.seq ?? 0,
  }))
}

/** Of every roster that counted: a checkpoint may be older than the newest. */
function noteKeysOf(followed: readonly RosterDocument[], { broker, lab }: RosterDocument): NoteKeys {
  return {
    origin: `${broker.name}/${lab}`,
    logKeys: followed.map((document) => document.broker.logKey.publicKey),
    witnesses: followed.flatMap(({ parties }) =>
      parties.map(({ id, witnessKey }) => ({ party: id, publicKey: witnessKey.publicKey })),
    ),
  }
}
