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
import { faultOf, type RuleFault } from './rules/in-order.ts'
import { type AnyEntry, createJournal, type Journal, rosterHashOf } from './rules/journal.ts'
import { keysIn } from './rules/who-agreed.ts'

type HeaderFault =
  | 'wrong_lab'
  | 'chain_gap'
  | 'chain_replay'
  | 'chain_fork'
  | 'statement_expired'
  | 'seen_conflict'
  | 'roster_expired'
  | 'roster_not_accepted'
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

type Head = { seq: number; hash: string }

/** A look inside before anything is verified: the first roster names the broker's key, and is pinned by its hash. */
function firstRoster(line: Uint8Array | undefined): RosterDocument | undefined {
  try {
    const { payload } = JSON.parse(Buffer.from(line ?? []).toString('utf8')) as { payload: string }
    const { document } = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as { document: unknown }
    return rosterDocument.safeParse(document).data
  } catch {
    return undefined
  }
}

export function replay(copy: LogCopy, pinned: Pinned): Replay {
  const journal = createJournal()
  const roots = createRoots()
  const faults: Fault[] = []
  const heads = new Map<string, Head>()
  const promised = firstRoster(copy.entries[0])
  let keys = new Map<string, ReturnType<typeof keysIn>[number]>()
  const useKeysOf = (document: RosterDocument) => {
    keys = new Map(keysIn(document).map((key) => [key.keyId, key]))
  }

  function headerFault(statement: Statement, hash: string, at: number): HeaderFault | RuleFault | undefined {
    if (statement.lab !== copy.lab) return 'wrong_lab'
    const head = heads.get(statement.keyId) ?? { seq: 0, hash: '0'.repeat(64) }
    if (statement.seq > head.seq + 1) return 'chain_gap'
    if (statement.seq <= head.seq)
      return statement.seq === head.seq && hash !== head.hash ? 'chain_fork' : 'chain_replay'
    if (statement.prev !== head.hash) return 'chain_fork'
    if (statement.notAfter !== null && at > Date.parse(statement.notAfter)) return 'statement_expired'
    if (statement.seen !== null && roots.at(statement.seen.size) !== statement.seen.root) return 'seen_conflict'
    if (statement.kind === 'roster') return undefined
    const roster = journal.roster()
    if (roster === undefined || rosterHashOf(roster) !== statement.roster) return 'wrong_roster'
    if (at >= Date.parse(roster.expires)) return 'roster_expired'
    const accepted = journal.about('roster-acceptance', statement.roster).length
    const mayWork = accepted === roster.parties.length || statement.kind === 'roster-acceptance'
    return mayWork ? undefined : 'roster_not_accepted'
  }

  function readOne(line: Uint8Array): FaultCode | undefined {
    const opened = openLine(line, (keyId) => keys.get(keyId)?.publicKey)
    if ('fault' in opened) return opened.fault
    const { statement, hash, signedBy } = opened
    const at = Date.parse(statement.issuedAt)
    const fault = headerFault(statement, hash, at)
    // The number was used, whatever it was used for: what follows it is not to blame.
    const head = heads.get(statement.keyId)
    if ((head?.seq ?? 0) < statement.seq) heads.set(statement.keyId, { seq: statement.seq, hash })
    if (fault !== undefined) return fault
    const key = keys.get(statement.keyId)
    if (key === undefined || key.name !== statement.from) return 'not_in_role'
    const who = { role: key.role, name: key.name }
    const entry: AnyEntry = { index: roots.size, hash, statement, who, signedBy, at }
    const broken = faultOf(entry, journal)
    if (broken === undefined) journal.add(entry)
    return broken
  }

  if (promised !== undefined && isPinned(promised, pinned)) {
    useKeysOf(promised)
    copy.entries.forEach((line, index) => {
      const code = readOne(line)
      if (code !== undefined) faults.push({ code, entry: index, line: lineOfEntry(index) })
      roots.append(line)
    })
  } else {
    // Nothing that follows another roster than the one people compared can be believed.
    faults.push({ code: 'roster_other', entry: 0, line: lineOfEntry(0) })
    for (const line of copy.entries) roots.append(line)
  }
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
    const read = readNote(note, noteKeysOf(roster))
    const code =
      'fault' in read
        ? read.fault
        : read.size > roots.size
          ? 'checkpoint_beyond'
          : roots.at(read.size) === read.root
            ? undefined
            : 'checkpoint_other_root'
    if (code !== undefined) faults.push({ code, entry: null, line: lastLine })
    return code === undefined && !('fault' in read) ? read : null
  }
  const latest = noteOf(copy.latest)
  const quorum = noteOf(copy.quorum)
  if (copy.latest === null) faults.push({ code: 'checkpoint_missing', entry: null, line: lastLine })
  const chains = [...keys.values()].map(({ keyId, name, role }) => ({
    keyId,
    name,
    role,
    statements: heads.get(keyId)?.seq ?? 0,
  }))
  return { journal, roots, roster, faults, chains, latest, quorum }
}

function noteKeysOf({ broker, lab, parties }: RosterDocument): NoteKeys {
  return {
    origin: `${broker.name}/${lab}`,
    logKey: broker.logKey.publicKey,
    witnesses: parties.map(({ id, witnessKey }) => ({ party: id, publicKey: witnessKey.publicKey })),
  }
}
