/**
 * Names and identifiers that travel. All are branded, so that one cannot stand in for another.
 * @module
 */
import { z } from 'zod'

const slug = /^[a-z][a-z0-9-]{1,39}$/
const reserved = new Set(['broker', 'coordinator'])

const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), `${bytes} bytes in lower-case hex`)

export const labId = z.string().regex(slug).brand<'LabId'>()
export type LabId = z.infer<typeof labId>

export const partyId = z
  .string()
  .regex(slug)
  .refine((id) => !reserved.has(id), 'reserved name')
  .brand<'PartyId'>()
export type PartyId = z.infer<typeof partyId>

/** 32-byte SHA-256 digests, in lower-case hex. */
export const digest = hex(32)
export const agreementId = hex(32).brand<'AgreementId'>()
export type AgreementId = z.infer<typeof agreementId>

/** First 16 bytes of `H("key-id", publicKey)`. */
export const keyId = hex(16).brand<'KeyId'>()
export type KeyId = z.infer<typeof keyId>

/** 128-bit random ids. */
export const extractId = hex(16).brand<'ExtractId'>()
export type ExtractId = z.infer<typeof extractId>
export const requestId = hex(16).brand<'RequestId'>()
export type RequestId = z.infer<typeof requestId>

export const publicKeyHex = hex(32)

/** A dimension, dataset, population, column or table name inside an agreement: `wmo`, `gemeente.wmo`, `token:B1`. */
export const localName = z.string().regex(/^[a-z][a-zA-Z0-9._:-]{0,79}$/)

/** Code of one category, as short as the source uses: `WK999901`, `ja`, `0-17`. */
export const categoryCode = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _.+/<>≥-]{0,59}$/u)

export const instant = z.iso.datetime({ precision: 3 }).describe('UTC instant with milliseconds')
export const calendarDate = z.iso.date()
export const epoch = z.int().min(1).max(1_000_000)
export const count = z.int().min(0)

/** A text in both languages of the product; Dutch first. */
export const bilingual = z.strictObject({ nl: z.string().min(1).max(600), en: z.string().min(1).max(600) })
export type Bilingual = z.infer<typeof bilingual>
