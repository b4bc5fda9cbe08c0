/**
 * The header that every signed statement carries (protocol §3.0), and the envelope around it.
 * @module
 */
import { z } from 'zod'
import { digest, instant, keyId, labId, localName } from './ids.ts'

/** What the signer last verified of the log: gossip in every message. */
export const seenCheckpoint = z.strictObject({ size: z.int().min(0), root: digest }).nullable()

/** `from` is a party id, `broker` or `coordinator`; `seq` and `prev` chain the statements of one key. */
export const header = {
  v: z.literal(1),
  lab: labId,
  from: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  keyId,
  seq: z.int().min(1),
  prev: digest,
  issuedAt: instant,
  notAfter: instant.nullable(),
  roster: digest,
  seen: seenCheckpoint,
} as const

/** A strict statement schema: the common header, the kind, and the members of that kind. No others. */
export const statement = <K extends string, S extends z.ZodRawShape>(kind: K, members: S) =>
  z.strictObject({ ...header, kind: z.literal(kind), ...members })

const base64 = z
  .string()
  .max(4_000_000)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/)

/** DSSE envelope, JSON form. */
export const envelope = z.strictObject({
  payloadType: z.string().max(120),
  payload: base64,
  signatures: z
    .array(z.strictObject({ keyid: keyId, sig: base64.max(4000) }))
    .min(1)
    .max(200),
})
export type StatementEnvelope = z.infer<typeof envelope>

export const columnName = localName
