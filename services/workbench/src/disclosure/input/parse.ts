/**
 * From unknown JSON to a checked value, with every fault at its place. Paths name fields and positions; values stay out.
 * @module
 */
import { z } from 'zod'
import type { FaultCode, Faults } from '../errors.ts'

/** A check whose failure has a code of its own. */
export const fails = (code: FaultCode) => ({ params: { fault: code } })

export const name = z.union([z.string().min(1).max(200), z.int()]).transform(String)

const mostPeople = 1_000_000_000

/** A whole number of 0 or more. Each way of being something else has its own code. */
export const count = z
  .number()
  .refine((value) => Number.isInteger(value), fails('count_not_whole'))
  .refine((value) => value >= 0, fails('count_negative'))
  .refine((value) => value <= mostPeople, fails('count_too_large'))

/** @returns the value, or nothing after noting what is wrong with it */
export function parse<S extends z.ZodType>(
  schema: S,
  raw: unknown,
  path: string,
  faults: Faults,
): z.output<S> | undefined {
  const parsed = schema.safeParse(raw, { reportInput: false })
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) faults.add(codeOf(issue), joined(path, issue.path))
  return undefined
}

/**
 * Like {@link parse} for the outer object of a file: what is wrong is noted and left out, so that the rest is looked at too.
 * @returns the value, or nothing if it cannot be read without what is wrong
 */
export function parseOuter<S extends z.ZodType>(
  schema: S,
  raw: unknown,
  path: string,
  faults: Faults,
): z.output<S> | undefined {
  const first = schema.safeParse(raw, { reportInput: false })
  if (first.success || typeof raw !== 'object' || raw === null) return parse(schema, raw, path, faults)
  const wrong = new Set(
    first.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])])),
  )
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !wrong.has(key)))
  parse(schema, raw, path, faults)
  return schema.safeParse(rest, { reportInput: false }).data
}

function codeOf(issue: z.core.$ZodIssue): FaultCode {
  if (issue.code === 'custom') {
    const fault: unknown = issue.params?.['fault']
    // Set by `fails`, and by nothing else.
    if (typeof fault === 'string') return fault as FaultCode
  }
  return issue.code === 'unrecognized_keys' ? 'unknown_field' : 'wrong_form'
}

/** `cells[3].count` */
export function joined(path: string, more: readonly PropertyKey[]): string {
  return more.reduce<string>((made, part) => {
    if (typeof part === 'number') return `${made}[${part}]`
    return made === '' ? String(part) : `${made}.${String(part)}`
  }, path)
}
