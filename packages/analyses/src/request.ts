/**
 * What may be asked of released tables. Strict: whatever is not named here is refused.
 * @module
 */
import { localName } from '@kruispunt/contracts'
import { z } from 'zod'

const code = z.string().min(1).max(80)
/** A category: by its code, with its level where two levels share the code. */
const category = z.union([code, z.strictObject({ code, level: localName })])
/** One category for each dimension that is named; the total of every other. */
const within = z.record(localName, category).default({})
const table = z.int().min(0).max(19).default(0).describe('which of the answers, counted from 0')

/** Categories of a dimension: those of a level (the finest if none is named), all of them, some, or all but some. */
const categories = z.strictObject({
  dimension: localName,
  level: localName.optional(),
  codes: z.array(code).min(1).max(5000).optional(),
  except: z.array(code).min(1).max(200).optional(),
})
export type Categories = z.infer<typeof categories>

/** Cases: those in one category. `except` leaves categories such as unknown out of what they are a share of. */
const outcome = z.strictObject({
  dimension: localName,
  category,
  except: z.array(code).min(1).max(200).optional(),
})
export type OutcomeOf = z.infer<typeof outcome>

const place = z.strictObject({ table, within })
const confidence = z.literal([0.9, 0.95, 0.99]).default(0.95)
const period = z.strictObject({ dimension: localName, level: localName.optional() })

const shares = z.strictObject({ type: z.literal('shares'), table, of: categories, within })
const differences = z.strictObject({
  type: z.literal('differences'),
  of: categories,
  first: place,
  second: place,
})
const trend = z.strictObject({ type: z.literal('trend'), table, period, within })
const rates = z.strictObject({
  type: z.literal('rates'),
  table,
  by: categories,
  outcome,
  within,
  reference: code.optional().describe('group that the others are compared with; the first if left out'),
  confidence,
})
const association = z.strictObject({
  type: z.literal('association'),
  table,
  rows: categories,
  columns: categories,
  within,
})
const standard = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('table') }).describe('everybody in the table together'),
  z.strictObject({
    kind: z.literal('given'),
    source: z.string().min(3).max(200),
    weights: z
      .array(z.strictObject({ at: z.array(code).min(1).max(2), weight: z.number().positive().max(1e9) }))
      .min(1)
      .max(400),
  }),
])
const standardisedRates = z.strictObject({
  type: z.literal('standardised-rates'),
  table,
  by: categories,
  over: z.array(categories).min(1).max(2).describe('age and sex'),
  outcome,
  within,
  standard: standard.default({ kind: 'table' }),
  per: z.int().min(1).max(1_000_000).default(1000),
  confidence,
})
const funnel = z.strictObject({
  type: z.literal('funnel'),
  by: categories,
  cases: place,
  population: place,
  model: z.enum(['binomial', 'poisson']).describe('binomial where the cases are some of the population'),
})
const forecast = z.strictObject({
  type: z.literal('forecast'),
  table,
  period,
  by: categories.optional(),
  within,
  horizon: z.int().min(1).max(12),
  confidence,
})

export const analysisRequest = z.discriminatedUnion('type', [
  shares,
  differences,
  trend,
  rates,
  association,
  standardisedRates,
  funnel,
  forecast,
])
export type AnalysisRequest = z.infer<typeof analysisRequest>
export type AnalysisType = AnalysisRequest['type']
/** The request of one type. */
export type RequestOf<Type extends AnalysisType> = Extract<AnalysisRequest, { type: Type }>

/** Asked by whoever takes this for a register. They get an answer of their own. */
export const aboutOnePerson: ReadonlySet<string> = new Set([
  'person',
  'persons',
  'individual',
  'individual-risk',
  'risk-score',
  'score',
  'profile',
  'prediction',
])
