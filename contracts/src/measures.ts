/**
 * Amounts of a dataset that may be added up: hours of care, days absent, months of arrears. They stand in the agreement, so
 * every partner signs what is summed, in which unit and between which bounds.
 * @module
 */
import { z } from 'zod'
import { bilingual, localName } from './ids.ts'

export const measure = z
  .strictObject({
    id: localName,
    label: bilingual,
    unit: bilingual.describe('what is added up: hours a week, days'),
    meaning: z.string().max(600),
    whyNeeded: z.string().max(600),
    dataKind: z.enum(['ordinary', 'sensitive', 'special', 'criminal']),
    headers: z.array(z.string().min(1).max(80)).min(1).max(40).describe('column headings under which sources carry it'),
    /** Digits behind the decimal point that are kept; amounts travel as whole numbers of the smallest unit. */
    decimals: z.int().min(0).max(3),
    /** Bounds of one row, in whole units; a row outside them is a finding. */
    lowest: z.int().min(-1_000_000).max(1_000_000),
    highest: z.int().min(-1_000_000).max(1_000_000),
  })
  .refine(({ lowest, highest }) => lowest < highest, 'lowest is not below highest')
export type Measure = z.infer<typeof measure>

/** Bounds of one row in the smallest unit: 7 hours with one decimal are 70. */
export function amountBounds({ decimals, lowest, highest }: Measure): { lowest: number; highest: number } {
  return { lowest: lowest * 10 ** decimals, highest: highest * 10 ** decimals }
}
