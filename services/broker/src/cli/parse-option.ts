/**
 * Names typed on the command line, held against the contract.
 * @module
 */
import type { z } from 'zod'
import { UsageError } from './exit-codes.ts'

export function parseOption<S extends z.ZodType>(schema: S, value: string, option: string): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new UsageError(
      `De waarde bij ${option} mag niet. Gebruik kleine letters, cijfers en streepjes, of het kenmerk zoals het getoond wordt.`,
      `${option} is not right. Use lower-case letters, digits and dashes, or the identifier as it is shown.`,
    )
  return parsed.data
}
