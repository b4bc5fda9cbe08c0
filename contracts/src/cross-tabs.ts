/**
 * A question to an open job and its answer.
 * @module
 */
import { z } from 'zod'
import { bilingual, categoryCode, count, digest, localName } from './ids.ts'

/** One dimension of a question. `levels` picks which levels are shown, coarsest first; absent = the finest only. */
const axis = z.strictObject({
  dimension: localName.describe('a dimension of the agreement, or presence:<party>'),
  levels: z.array(localName).min(1).max(3).optional(),
})

export const crossTabRequest = z.strictObject({
  table: localName.describe('the allowed table of the agreement under which this is asked'),
  rows: z.array(axis).min(1).max(2).describe('variables down the side, outermost first'),
  columns: z.array(axis).max(2).describe('variables across the top, outermost first'),
  filters: z
    .array(z.strictObject({ dimension: localName, codes: z.array(categoryCode).min(1).max(200) }))
    .max(8)
    .default([]),
  measures: z.array(localName).max(4).optional().describe('amounts to add up beside the counts'),
  percentages: z
    .enum(['row', 'column', 'total'])
    .optional()
    .describe('each count as a share of that of its row, its column or the whole table'),
})
export type CrossTabRequest = z.infer<typeof crossTabRequest>

/** Of one question. */
export const mostTables = 6

/** Tables answered at once: amounts are asked one table at a time. */
export const linkedCrossTabRequest = z.strictObject({
  questions: z
    .array(crossTabRequest.omit({ measures: true }))
    .min(2)
    .max(mostTables)
    .describe('about the same units; what is withheld for one may protect another'),
})
export type LinkedCrossTabRequest = z.infer<typeof linkedCrossTabRequest>

const answerAxis = z.strictObject({
  dimension: localName,
  label: bilingual,
  nodes: z.array(
    z.strictObject({
      code: z.string(),
      label: bilingual,
      level: z.string().nullable().describe('null for the total'),
      parent: z.int().nullable(),
    }),
  ),
})

const answerMeasure = z.strictObject({
  id: localName,
  label: bilingual,
  unit: bilingual,
  decimals: z.int().min(0).max(3).describe('of the sums: 75 with one decimal is 7.5 of the unit'),
  meanDecimals: z.int().min(0).max(mostTables).describe('of the means, likewise'),
})

/** `mean` is per person, or per record where records are counted; `null` where nobody is in the cell. */
const answerSum = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('released'), sum: z.int(), mean: z.int().nullable() }),
  z.strictObject({ state: z.literal('withheld') }),
])

/** A released cell has a count, a withheld one has none and no reason, nor any figure that rests on its count. */
const answerCell = z.discriminatedUnion('state', [
  z.strictObject({
    at: z.array(z.int().min(0)),
    state: z.literal('released'),
    count,
    sums: z.array(answerSum).max(4).optional().describe('one for each of the measures, in their order'),
    permille: count.nullable().optional().describe('tenths of a percent; null where the whole is withheld or empty'),
  }),
  z.strictObject({ at: z.array(z.int().min(0)), state: z.literal('withheld') }),
])

export const crossTabAnswer = z.strictObject({
  table: localName,
  title: bilingual,
  population: bilingual,
  unit: z.enum(['persons', 'records', 'households']),
  release: digest.describe('hash over the extract versions that were counted'),
  minimum: z.int().describe('fewest persons behind a count that is shown; 0 where noise protects'),
  mode: z.enum(['suppression', 'cell-key', 'differential-privacy']),
  exactness: bilingual.describe('how exact the counts are'),
  rows: z.int().min(1).max(2).describe('how many of the axes run down the side; the others run across'),
  axes: z.array(answerAxis).min(1).max(4),
  filters: z.array(z.strictObject({ dimension: localName, label: bilingual, codes: z.array(bilingual) })),
  measures: z.array(answerMeasure).max(4).optional(),
  percentages: z.enum(['row', 'column', 'total']).optional(),
  cells: z.array(answerCell),
  released: count,
  withheld: count,
  explanation: z.array(bilingual).describe('how much is shown, and what would make more cells visible'),
  rules: z.array(bilingual).describe('which rules the table was held against'),
  questionsLeft: count,
  tableHash: digest,
  resultSha256: digest,
})
export type CrossTabAnswer = z.infer<typeof crossTabAnswer>

/** In the order of the questions; all of them are answered or none. */
export const linkedCrossTabAnswer = z.strictObject({ answers: z.array(crossTabAnswer).min(2).max(mostTables) })
export type LinkedCrossTabAnswer = z.infer<typeof linkedCrossTabAnswer>
