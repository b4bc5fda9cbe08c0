/**
 * The rules that an auditor asks for, in words of the table format; what is left out has its default.
 * @module
 */
import { defaultRules, type Rules } from '@kruispunt/disclosure'
import { z } from 'zod'
import type { Faults } from '../errors.ts'
import { fails, parse } from './parse.ts'

const minimum = z
  .number()
  .refine((value) => Number.isInteger(value) && value >= 3 && value <= 100, fails('minimum_out_of_range'))

const within = (from: number, to: number) =>
  z.number().refine((value) => value >= from && value <= to, fails('policy_out_of_range'))

const policySchema = z.strictObject({
  minimum: minimum.default(defaultRules.minimum),
  zeros: z.enum(['publish', 'protect', 'protect-foreign']).default(defaultRules.zeros),
  groupShare: z
    .union([z.literal(false), z.number().refine((value) => value > 0.5 && value <= 1, fails('policy_out_of_range'))])
    .default(defaultRules.groupShare),
  insider: z.boolean().default(defaultRules.insider),
  coalition: within(1, 10).refine(Number.isInteger, fails('policy_out_of_range')).default(defaultRules.coalition),
  dominance: z
    .union([
      z.literal(false),
      z.strictObject({
        n: within(2, 10).refine(Number.isInteger, fails('policy_out_of_range')),
        percent: within(1, 100),
      }),
    ])
    .default(false),
  sparsity: within(0, 1).default(defaultRules.maxSparsity),
  protection: z.enum(['deniable', 'exact']).default('deniable'),
  costs: z.enum(['cells', 'persons', 'information']).default('cells'),
  pPercent: within(0, 100).default(defaultRules.pPercent),
})

export type Policy = { readonly rules: Rules; readonly groupRule: boolean }

/** @returns the rules, or nothing after noting what is wrong */
export function toPolicy(raw: unknown, path: string, faults: Faults): Policy | undefined {
  const policy = parse(policySchema, raw ?? {}, path, faults)
  if (!policy) return undefined
  const { groupShare, sparsity, dominance, ...others } = policy
  return {
    rules: {
      ...defaultRules,
      ...others,
      ...(dominance === false ? {} : { dominance }),
      maxSparsity: sparsity,
      groupShare: groupShare === false ? defaultRules.groupShare : groupShare,
    },
    groupRule: groupShare !== false,
  }
}
