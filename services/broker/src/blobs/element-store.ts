/**
 * Elements on their way between nodes, as files named after their own digest. Like a column, they are a file and a row: the row
 * is written after the whole file is on the disk.
 * @module
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LabId, PartyId } from '@kruispunt/contracts'
import { sha256, toHex, utf8 } from '@kruispunt/crypto'
import type { LabState, Recorded } from '@kruispunt/lab-record'
import { and, eq, sum } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { elements } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import { syncFolder, writeSecretFile } from '../keys/secret-file.ts'
import { areWanted, type ElementsName, elementsOf, wereSentTo } from './element-use.ts'

type Receipt = { readonly bytes: number; readonly sha256: string; readonly existing: boolean }

export type ElementStore = {
  /**
   * Keeps the elements of a party until they are fetched. The same bytes may come again.
   * @throws BrokerError `invalid_request` if the digest is another, `payload_too_large` if too much of the party waits here
   */
  put(lab: LabId, name: ElementsName, bytes: Uint8Array): Receipt
  /** For the party they were sent to. @throws BrokerError `not_found`, the same for what is not there and what is not for them */
  read(lab: LabId, name: ElementsName, reader: PartyId): Uint8Array
  /** The party they were sent to has them. @throws BrokerError `not_found` */
  drop(lab: LabId, name: ElementsName, reader: PartyId): void
  /** Demands that what a statement names is here, from its signer. @throws BrokerError `elements_missing` */
  admit(lab: LabId, recorded: Recorded): void
  /** Forgets elements that nobody may ask for any more, after what was recorded. */
  follow(lab: LabId, recorded: Recorded): void
  /** Removes what a crash left behind, what no statement followed, and what ended. */
  tidy(): void
}

export type ElementStoreDeps = {
  readonly store: Store
  readonly folder: string
  readonly now: () => number
  /** How much of one party may lie here. */
  readonly maxBytes: number
  readonly pendingHours: number
  readonly stateOf: (lab: LabId) => LabState
}

export function createElementStore(deps: ElementStoreDeps): ElementStore {
  const { store, folder, now, stateOf } = deps
  const { db, onDurableStep } = store
  mkdirSync(folder, { recursive: true, mode: 0o700 })

  // Names of our own making: nothing a sender says becomes part of a path.
  const fileOf = (lab: LabId, { party, sha256: digest }: ElementsName) => {
    const name = toHex(sha256(utf8(`${lab}/${party}/${digest}`)))
    return join(folder, name.slice(0, 2), name)
  }
  const at = (lab: LabId, { party, sha256: digest }: ElementsName) =>
    and(eq(elements.lab, lab), eq(elements.party, party), eq(elements.sha256, digest))
  const rowOf = (lab: LabId, name: ElementsName) => db.select().from(elements).where(at(lab, name)).get()

  function forget(lab: LabId, name: ElementsName): void {
    // Row first: a row without a file would promise what is not there.
    db.delete(elements).where(at(lab, name)).run()
    onDurableStep('elements-unlisted')
    rmSync(fileOf(lab, name), { force: true })
  }

  function readable(lab: LabId, name: ElementsName, reader: PartyId): void {
    const known = rowOf(lab, name) !== undefined && wereSentTo(stateOf(lab), name, reader, now())
    if (!known) throw new BrokerError('not_found')
  }

  return {
    put(lab, name, bytes) {
      refuseUnless(toHex(sha256(bytes)) === name.sha256, 'invalid_request')
      const receipt = { bytes: bytes.length, sha256: name.sha256 }
      if (rowOf(lab, name) !== undefined) return { ...receipt, existing: true }
      const [held] = db
        .select({ bytes: sum(elements.bytes) })
        .from(elements)
        .where(and(eq(elements.lab, lab), eq(elements.party, name.party)))
        .all()
      refuseUnless(Number(held?.bytes ?? 0) + bytes.length <= deps.maxBytes, 'payload_too_large')
      writeSecretFile(fileOf(lab, name), bytes)
      syncFolder(folder)
      onDurableStep('elements-in-place')
      const row = { lab, ...name, bytes: bytes.length, receivedAt: new Date(now()).toISOString() }
      db.insert(elements).values(row).onConflictDoNothing().run()
      onDurableStep('elements-stored')
      return { ...receipt, existing: false }
    },
    read(lab, name, reader) {
      readable(lab, name, reader)
      return readFileSync(fileOf(lab, name))
    },
    drop(lab, name, reader) {
      readable(lab, name, reader)
      forget(lab, name)
    },
    admit(lab, recorded) {
      const wanted = elementsOf(recorded)
      if (wanted !== undefined) refuseUnless(rowOf(lab, wanted)?.bytes === wanted.bytes, 'elements_missing')
    },
    follow(lab, { statement }) {
      if (statement.kind !== 'oprf-evaluation' && statement.kind !== 'oprf-refusal') return
      for (const agreement of stateOf(lab).agreements.values()) {
        const batch = agreement.ceremonies.get(statement.epoch)?.batches.get(statement.batch)
        const answered = batch && elementsOf(batch.recorded)
        if (answered !== undefined && !areWanted(stateOf(lab), answered, now())) forget(lab, answered)
      }
    },
    tidy() {
      const oldest = new Date(now() - deps.pendingHours * 3_600_000).toISOString()
      const rows = db.select().from(elements).all()
      for (const { lab, party, sha256: digest, receivedAt } of rows)
        if (receivedAt < oldest && !areWanted(stateOf(lab), { party, sha256: digest }, now()))
          forget(lab, { party, sha256: digest })
      const listed = new Set(
        db
          .select()
          .from(elements)
          .all()
          .map(({ lab, party, sha256: digest }) => fileOf(lab, { party, sha256: digest })),
      )
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const path = join(folder, name)
        if (name.length > 2 && !listed.has(path)) rmSync(path, { force: true })
      }
    },
  }
}
