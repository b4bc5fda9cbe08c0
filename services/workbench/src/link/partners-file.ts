/**
 * Partners as a rehearsal takes them: who knows how many, which columns each has, and how often what is wrong.
 * @module
 */
import { labelledColumns, noErrors } from '@kruispunt/synthetic-region'
import { z } from 'zod'

const rate = z.number().min(0).max(1)
const columns = z.array(z.enum(labelledColumns)).min(1)
const { missing: _, ...rates } = noErrors
const errors = z.strictObject({
  ...(Object.fromEntries(Object.keys(rates).map((name) => [name, rate.optional()])) as {
    [Name in keyof typeof rates]: z.ZodOptional<typeof rate>
  }),
  missing: z.partialRecord(z.enum(labelledColumns), rate).optional(),
})

export const partnersFile = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9-]{1,40}$/),
      coverage: rate,
      byHousehold: z.boolean().optional(),
      columns,
      anotherRow: rate.optional(),
      mostRows: z.int().min(1).max(20).optional(),
      errors: errors.default({}),
    }),
  )
  .min(2)
  .max(32)
  .refine((partners) => new Set(partners.map(({ name }) => name)).size === partners.length, {
    error: 'two partners have the same name',
  })
