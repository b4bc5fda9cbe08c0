/**
 * The tables of `migrations/`, as queries see them. The SQL files are what counts; this names their columns.
 * @module
 */
import type {
  AgreementDocument,
  ContributionContent,
  ExtractId,
  KeyId,
  LabId,
  Office,
  PartyId,
  SavedShape,
} from '@kruispunt/contracts'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const settings = sqliteTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})

export const labs = sqliteTable('labs', {
  id: text('id').$type<LabId>().primaryKey(),
  title: text('title').notNull(),
  createdAt: text('created_at').notNull(),
  rehearsal: integer('rehearsal', { mode: 'boolean' }).notNull(),
})

export const labCoordinators = sqliteTable(
  'lab_coordinators',
  {
    lab: text('lab').$type<LabId>().notNull(),
    keyId: text('key_id').$type<KeyId>().notNull(),
    publicKey: text('public_key').notNull(),
    passkey: text('passkey'),
  },
  (table) => [primaryKey({ columns: [table.lab, table.keyId] })],
)

export const invitations = sqliteTable('invitations', {
  tokenSha256: text('token_sha256').primaryKey(),
  lab: text('lab').$type<LabId>().notNull(),
  party: text('party').$type<PartyId>().notNull(),
  partyName: text('party_name').notNull(),
  expires: text('expires').notNull(),
  usedBy: text('used_by'),
})

export const enrolments = sqliteTable(
  'enrolments',
  {
    lab: text('lab').$type<LabId>().notNull(),
    party: text('party').$type<PartyId>().notNull(),
    name: text('name').notNull(),
    /** JSON of the keys as enrolled; goes into the roster unchanged. */
    keys: text('keys').notNull(),
    certificate: text('certificate').notNull(),
    certificateSha256: text('certificate_sha256').notNull(),
    enrolledAt: text('enrolled_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.lab, table.party] })],
)

export const logEntries = sqliteTable(
  'log_entries',
  {
    lab: text('lab').$type<LabId>().notNull(),
    position: integer('position').notNull(),
    statementHash: text('statement_hash').notNull(),
    envelope: blob('envelope', { mode: 'buffer' }).notNull(),
    recordedAt: text('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.lab, table.position] })],
)

export const checkpoints = sqliteTable(
  'checkpoints',
  {
    lab: text('lab').$type<LabId>().notNull(),
    size: integer('size').notNull(),
    note: text('note').notNull(),
    hasQuorum: integer('has_quorum', { mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.lab, table.size] })],
)

export const extractOwners = sqliteTable('extract_owners', {
  extractId: text('extract_id').$type<ExtractId>().primaryKey(),
  lab: text('lab').$type<LabId>().notNull(),
  party: text('party').$type<PartyId>().notNull(),
  firstSeen: text('first_seen').notNull(),
})

export const extractColumns = sqliteTable(
  'extract_columns',
  {
    extractId: text('extract_id').$type<ExtractId>().notNull(),
    name: text('name').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    receivedAt: text('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.extractId, table.name] })],
)

export const elements = sqliteTable(
  'elements',
  {
    lab: text('lab').$type<LabId>().notNull(),
    party: text('party').$type<PartyId>().notNull(),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    receivedAt: text('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.lab, table.party, table.sha256] })],
)

export const savedTables = sqliteTable('saved_tables', {
  id: text('id').primaryKey(),
  lab: text('lab').$type<LabId>().notNull(),
  release: text('release').notNull(),
  tableHash: text('table_hash').notNull(),
  name: text('name').notNull(),
  shownAs: text('shown_as').$type<SavedShape>().notNull(),
  place: integer('place'),
  savedBy: text('saved_by', { mode: 'json' }).$type<Office>().notNull(),
  savedAt: text('saved_at').notNull(),
  changedBy: text('changed_by', { mode: 'json' }).$type<Office>().notNull(),
  changedAt: text('changed_at').notNull(),
})

export const savedNotes = sqliteTable('saved_notes', {
  number: integer('number').primaryKey(),
  saved: text('saved').notNull(),
  text: text('text').notNull(),
  writtenBy: text('written_by', { mode: 'json' }).$type<Office>().notNull(),
  writtenAt: text('written_at').notNull(),
})

export const contributions = sqliteTable('contributions', {
  number: integer('number').primaryKey(),
  lab: text('lab').$type<LabId>().notNull(),
  contribution: text('contribution').notNull(),
  version: integer('version').notNull(),
  content: text('content', { mode: 'json' }).$type<ContributionContent>(),
  writtenBy: text('written_by', { mode: 'json' }).$type<Office>().notNull(),
  writtenAt: text('written_at').notNull(),
})

export const agreementDrafts = sqliteTable('agreement_drafts', {
  id: text('id').primaryKey(),
  lab: text('lab').$type<LabId>().notNull(),
  version: integer('version').notNull(),
  document: text('document', { mode: 'json' }).$type<AgreementDocument>().notNull(),
  changedBy: text('changed_by', { mode: 'json' }).$type<Office>().notNull(),
  changedAt: text('changed_at').notNull(),
})
