/**
 * The extracts this node made: what they are, where their columns lie, and their root keys while they live.
 * @module
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AgreementId, Dataset, ExtractId } from '@kruispunt/contracts'
import { domainHash, randomBytes, randomHex, toHex, utf8 } from '@kruispunt/crypto'
import { desc, eq } from 'drizzle-orm'
import type { Store } from '../db/open-store.ts'
import { extracts } from '../db/schema.ts'
import type { ExtractBody, NewExtract, OwnExtract, OwnExtractState } from '../delivery-port.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { refuseUnless } from '../errors.ts'
import { makeFolder } from '../folder.ts'
import { type KeyStore, places } from '../keys/key-store.ts'

type Row = typeof extracts.$inferSelect

const viewOf = (row: Row): OwnExtract => ({
  extractId: row.extractId as ExtractId,
  agreement: row.agreement as AgreementId,
  epoch: row.epoch,
  dataset: row.dataset as Dataset['id'],
  period: row.period,
  state: row.state,
  body: row.body === null ? null : (JSON.parse(row.body) as ExtractBody),
  report: row.report === null ? null : (JSON.parse(row.report) as unknown),
  createdAt: row.createdAt,
  sentAt: row.sentAt,
  keyPresent: row.wrappedRoot !== null,
  madeFor:
    row.forRequest === null || row.madeFrom === null
      ? null
      : { requestHash: row.forRequest, source: row.madeFrom as ExtractId },
})

type MadeFor = NonNullable<OwnExtract['madeFor']> & { readonly extractId: ExtractId }

export type ExtractStore = ReturnType<typeof createExtractStore>

export function createExtractStore(deps: {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly columnsFolder: string
  readonly clock: () => number
  readonly onDurableStep: OnDurableStep
}) {
  const { store, keyStore, columnsFolder, clock, onDurableStep } = deps
  const { db } = store
  const rowOf = (extractId: string) => db.select().from(extracts).where(eq(extracts.extractId, extractId)).get()
  const folderOf = (extractId: string) => join(columnsFolder, extractId)
  const instant = () => new Date(clock()).toISOString()

  function need(extractId: string): Row {
    const row = rowOf(extractId)
    refuseUnless(row !== undefined, 'extract_unknown')
    return row
  }

  return {
    find: (extractId: string): OwnExtract | undefined => {
      const row = rowOf(extractId)
      return row && viewOf(row)
    },
    get: (extractId: string): OwnExtract => viewOf(need(extractId)),
    list: (): OwnExtract[] => db.select().from(extracts).orderBy(desc(extracts.createdAt)).all().map(viewOf),
    /** @param madeFor - of an extract for one request, which also says its id */
    create(meta: NewExtract, madeFor?: MadeFor): { extractId: ExtractId; extractRoot: Uint8Array } {
      const extractId = madeFor?.extractId ?? (randomHex(16) as ExtractId)
      const extractRoot = randomBytes(32)
      store.immediately(() => {
        const wrappedRoot = keyStore.wrapFor(meta.agreement, extractRoot, places.root(extractId))
        db.insert(extracts)
          .values({
            ...meta,
            extractId,
            state: 'preparing',
            wrappedRoot,
            createdAt: instant(),
            forRequest: madeFor?.requestHash ?? null,
            madeFrom: madeFor?.source ?? null,
          })
          .run()
      })
      onDurableStep('extract-created')
      makeFolder(columnsFolder)
      makeFolder(folderOf(extractId))
      return { extractId, extractRoot }
    },
    columnPath(extractId: string, column: string): string {
      makeFolder(columnsFolder)
      makeFolder(folderOf(extractId))
      return join(folderOf(extractId), `${toHex(domainHash('column-file', utf8(column))).slice(0, 32)}.column`)
    },
    /** A copy of the root key, 32 bytes: erase it after use. */
    root(extractId: string): Uint8Array {
      const { agreement, wrappedRoot } = need(extractId)
      refuseUnless(wrappedRoot !== null, 'extract_unknown')
      return keyStore.unwrapFor(agreement, wrappedRoot, places.root(extractId))
    },
    markPrepared(extractId: string, body: ExtractBody, report: unknown): void {
      const values = { state: 'prepared' as const, body: JSON.stringify(body), report: JSON.stringify(report ?? null) }
      store.immediately(() => {
        refuseUnless(need(extractId).state === 'preparing', 'extract_not_ready')
        db.update(extracts).set(values).where(eq(extracts.extractId, extractId)).run()
      })
      onDurableStep('extract-prepared')
    },
    setState(extractId: string, state: OwnExtractState): void {
      const sent = state === 'sent' ? { sentAt: rowOf(extractId)?.sentAt ?? instant() } : {}
      db.update(extracts)
        .set({ state, ...sent })
        .where(eq(extracts.extractId, extractId))
        .run()
    },
    removeColumns(extractId: string): void {
      if (existsSync(folderOf(extractId))) rmSync(folderOf(extractId), { recursive: true })
    },
    forget(extractId: string): void {
      db.delete(extracts).where(eq(extracts.extractId, extractId)).run()
    },
  }
}
