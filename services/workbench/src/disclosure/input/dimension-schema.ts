/**
 * How a dimension is written down.
 * @module
 */
import { z } from 'zod'
import { name } from './parse.ts'

const code = z.union([
  name.transform((code) => ({ code, parent: undefined, size: undefined })),
  z.strictObject({
    code: name,
    parent: name.optional(),
    /** Of a dry run: how many persons, or which share of them, are expected here. */
    size: z.number().min(0).optional(),
  }),
])

export const dimensionSchema = z.strictObject({
  name,
  codes: z.array(code).min(1),
  total: name.optional(),
  parents: z.record(z.string(), name).default({}),
  groups: z.record(z.string(), z.array(name).min(1)).default({}),
  owner: name.optional(),
  sensitive: z.boolean().default(false),
  neutral: z.array(name).default([]),
})
export type DimensionInput = z.output<typeof dimensionSchema>
