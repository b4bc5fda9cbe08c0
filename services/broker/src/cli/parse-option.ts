/**
 * Names typed on the command line, held against the contract.
 * @module
 */
import type { z } from 'zod'
import { UsageError } from './exit-codes.ts'

export function parseOption<S extends z.ZodType>(schema: S, value: string, option: string): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new UsageError(`${option} is not right: lower-case letters, digits and dashes`)
  return parsed.data
}
