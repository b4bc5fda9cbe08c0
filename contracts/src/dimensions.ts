/**
 * Variables of a dataset and how a node makes them from a raw column. They stand in the agreement, so every partner
 * signs the same code lists and the same derivations.
 * @module
 */
import { z } from 'zod'
import { bilingual, calendarDate, categoryCode, localName } from './ids.ts'

const sourceText = z.string().min(1).max(80)

/** One category of a code list; `parent` names the category one level up, `sources` the spellings that mean it. */
const category = z.strictObject({
  code: categoryCode,
  label: bilingual,
  parent: categoryCode.nullable(),
  sources: z.array(sourceText).max(40),
})

/** A half-open range `[from, below)` in whole units or years; `below: null` has no upper end. */
const band = z.strictObject({ code: categoryCode, from: z.int(), below: z.int().nullable() })
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)

export const derivation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('category') }),
  z.strictObject({ kind: z.literal('yes-no') }),
  z.strictObject({ kind: z.literal('age-band'), referenceDate: calendarDate, bands: z.array(band).min(1).max(60) }),
  z.strictObject({ kind: z.literal('number-band'), bands: z.array(band).min(1).max(60) }),
  z.strictObject({ kind: z.literal('area') }),
  z.strictObject({ kind: z.literal('month'), from: month, to: month }),
])
export type Derivation = z.infer<typeof derivation>

/** Names of the levels, coarsest first: `district > neighbourhood`, `quarter > month`. One level is the usual case. */
const level = z.strictObject({ id: localName, label: bilingual })

export const dimension = z.strictObject({
  id: localName,
  label: bilingual,
  meaning: z.string().max(600),
  whyNeeded: z.string().max(600),
  dataKind: z.enum(['ordinary', 'sensitive', 'special', 'criminal']),
  headers: z.array(sourceText).min(1).max(40).describe('column headings under which sources carry it'),
  derivation,
  levels: z.array(level).min(1).max(3),
  /** The finest level first in `codes`; coarser categories in `parents`, nearest level first. `unknown` is always a code. */
  codes: z.array(category).min(2).max(5000),
  parents: z.array(z.array(category)).max(2),
  unknownCode: categoryCode,
})
export type Dimension = z.infer<typeof dimension>
