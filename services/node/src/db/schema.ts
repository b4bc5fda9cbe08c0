/**
 * The node's tables as drizzle sees them. The truth is in `migrations/`; what each table is for stands there.
 * @module
 */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const settings = sqliteTable('settings', { name: text().primaryKey(), value: text().notNull() })

export const secrets = sqliteTable('secrets', { name: text().primaryKey(), wrapped: text().notNull() })

export const officers = sqliteTable('officers', {
  name: text().primaryKey(),
  role: text().notNull().$type<'privacy-officer' | 'signatory'>(),
  keyId: text('key_id').notNull(),
  publicKey: text('public_key').notNull(),
  wrapped: text().notNull(),
})

export const logEntries = sqliteTable('log_entries', {
  index: integer('idx').primaryKey(),
  envelope: text().notNull(),
})

export const checkpoints = sqliteTable('checkpoints', {
  role: text().primaryKey().$type<'cosigned' | 'quorum'>(),
  size: integer().notNull(),
  root: text().notNull(),
  note: text().notNull(),
  /** Seconds since 1970. */
  cosignedAt: integer('cosigned_at').notNull(),
})

export const outbox = sqliteTable('outbox', {
  id: integer().primaryKey({ autoIncrement: true }),
  keyId: text('key_id').notNull(),
  seq: integer().notNull(),
  hash: text().notNull(),
  kind: text().notNull(),
  topic: text().notNull(),
  envelope: text().notNull(),
  state: text().notNull().$type<'pending' | 'recorded' | 'refused'>(),
  logIndex: integer('log_index'),
  refusal: text(),
  madeAt: text('made_at').notNull(),
})

export const agreementKeys = sqliteTable('agreement_keys', {
  agreement: text().primaryKey(),
  wrapped: text().notNull(),
})

export const ceremonies = sqliteTable(
  'ceremonies',
  {
    agreement: text().notNull(),
    epoch: integer().notNull(),
    commitBody: text('commit_body').notNull(),
    wrappedSecrets: text('wrapped_secrets'),
    wrappedKeys: text('wrapped_keys'),
    agreed: integer({ mode: 'boolean' }).notNull().default(false),
    trouble: text(),
  },
  (table) => [primaryKey({ columns: [table.agreement, table.epoch] })],
)

export const epochKeys = sqliteTable(
  'epoch_keys',
  { agreement: text().notNull(), epoch: integer().notNull(), wrapped: text().notNull() },
  (table) => [primaryKey({ columns: [table.agreement, table.epoch] })],
)

export const extracts = sqliteTable('extracts', {
  extractId: text('extract_id').primaryKey(),
  agreement: text().notNull(),
  epoch: integer().notNull(),
  dataset: text().notNull(),
  period: text().notNull(),
  state: text().notNull().$type<'preparing' | 'prepared' | 'sending' | 'sent' | 'replaced' | 'withdrawn'>(),
  wrappedRoot: text('wrapped_root'),
  body: text(),
  report: text(),
  createdAt: text('created_at').notNull(),
  sentAt: text('sent_at'),
  /** Hash of the one request it was made for, and the extract it was made of; null of what any request may ask. */
  forRequest: text('for_request'),
  madeFrom: text('made_from'),
})

/** What a steward confirmed is made for a request, of the delivery that was shown. */
export const requestConfirmations = sqliteTable(
  'request_confirmations',
  {
    requestHash: text('request_hash').notNull(),
    dataset: text().notNull(),
    source: text().notNull(),
    confirmedAt: text('confirmed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.requestHash, table.dataset] })],
)

export const releases = sqliteTable(
  'releases',
  {
    requestId: text('request_id').notNull(),
    extractId: text('extract_id').notNull(),
    requestHash: text('request_hash').notNull(),
    jobHash: text('job_hash').notNull(),
    jobKeyHash: text('job_key_hash').notNull(),
    releasedAt: text('released_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.requestId, table.extractId] })],
)

export const jobSightings = sqliteTable('job_sightings', {
  jobHash: text('job_hash').primaryKey(),
  /** Milliseconds since 1970. */
  seenAt: integer('seen_at').notNull(),
})

export const evidence = sqliteTable('evidence', {
  id: integer().primaryKey({ autoIncrement: true }),
  reason: text().notNull(),
  detail: text().notNull(),
  foundAt: text('found_at').notNull(),
  /** When officers ended it; null while it holds. */
  resolvedAt: text('resolved_at'),
})

export const replacedEntries = sqliteTable('replaced_entries', {
  id: integer().primaryKey({ autoIncrement: true }),
  index: integer('idx').notNull(),
  envelope: text().notNull(),
  replacedAt: text('replaced_at').notNull(),
})

export const mappings = sqliteTable(
  'mappings',
  { dataset: text().notNull(), source: text().notNull(), mapping: text().notNull() },
  (table) => [primaryKey({ columns: [table.dataset, table.source] })],
)

export const oprfBatches = sqliteTable('oprf_batches', {
  id: text().primaryKey(),
  agreement: text().notNull(),
  epoch: integer().notNull(),
  records: integer().notNull(),
  count: integer().notNull(),
  sha256: text().notNull(),
  state: text().notNull().$type<'open' | 'done' | 'discarded'>(),
  createdAt: text('created_at').notNull(),
})

export const oprfGrants = sqliteTable('oprf_grants', {
  batch: text().primaryKey(),
  agreement: text().notNull(),
  epoch: integer().notNull(),
  party: text().notNull(),
  count: integer().notNull(),
  grantedAt: text('granted_at').notNull(),
})
