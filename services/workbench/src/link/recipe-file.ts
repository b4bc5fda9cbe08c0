/**
 * The recipe of the command line: an agreement's recipe in which everything may be left out, and what only files need.
 *
 * `{}` is the standard tolerant recipe of the profile, with N15 when a file turns out to be a near-complete register.
 * @module
 */
import { readFile } from 'node:fs/promises'
import {
  type LinkageProfile,
  type LinkageRecipe,
  linkageProfile,
  linkageRecipe,
  type MatchKey,
  type MatchKeyId,
  matchKey,
  matchKeyId,
} from '@kruispunt/contracts'
import { type RecipeFault, recipeFaults, standardKeysOf, standardRecipe } from '@kruispunt/linkage/recipe'
import { z } from 'zod'
import { LinkError } from './errors.ts'
import { fileFields } from './identifier-columns.ts'
import type { FileField } from './known-headers.ts'

const columns = z.partialRecord(z.enum(fileFields as [FileField, ...FileField[]]), z.string().min(1).nullable())

/** One of two forms, told apart first: a union would only say that neither fits. */
const keyOrId = z.unknown().transform((input, context): MatchKey | MatchKeyId => {
  const parsed = (typeof input === 'string' ? matchKeyId : matchKey).safeParse(input)
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path: [...path], message })
  return z.NEVER
})

const recipeFile = z.strictObject({
  profile: linkageProfile.optional(),
  strictness: z.enum(['strict', 'tolerant']).optional(),
  /** ids of standard keys, or keys with their parts; instead of those of `strictness` */
  keys: z.array(keyOrId).min(1).max(60).optional(),
  /** `key` links and keeps apart, `veto` only keeps apart, `none` does neither */
  citizenNumber: z.enum(['key', 'veto', 'none']).optional(),
  suspects: z.enum(['keep', 'drop']).optional(),
  fewestKeys: z.int().min(1).max(10).optional(),
  callingNames: z.boolean().optional(),
  /** Of an agreement's recipe: people invented for nodes that do not trust each other. On one machine there is nothing to test. */
  selfTest: linkageRecipe.shape.selfTest,
  /** header per field, for every file */
  columns: columns.optional(),
  /** by name of the file, without folders */
  files: z
    .record(
      z.string(),
      z.strictObject({
        columns: columns.optional(),
        /** false: this party has no ground to use the number, and its column is not read */
        citizenNumber: z.boolean().optional(),
        /** a near-complete register in which everybody stands once: the standard recipe gets N15; looked for when no file says */
        register: z.boolean().optional(),
      }),
    )
    .optional(),
})
type RecipeFile = z.infer<typeof recipeFile>

export type Plan = {
  readonly recipe: LinkageRecipe
  readonly columnsOf: (file: string) => Readonly<Record<string, string | null>>
  readonly mayUseNumber: (file: string) => boolean
  readonly isRegister: (file: string) => boolean
  /** Files the recipe says something about. */
  readonly filesNamed: readonly string[]
  /** The plan once a file is found to be a register; undefined where the recipe leaves no room for it. */
  readonly withRegister: ((file: string) => Plan) | undefined
}

/**
 * @param path - of the recipe, or null for the standard one
 * @param profile - as given on the command line, or null
 * @throws {@link LinkError} `recipe_not_found`, `recipe_not_json`, `recipe_malformed` with every fault, `profile_contradicts`
 */
export async function readRecipe(path: string | null, profile: LinkageProfile | null): Promise<Plan> {
  return planOf(path === null ? {} : await parseFile(path), profile)
}

async function parseFile(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new LinkError('recipe_not_found', [], { cause })
  })
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (cause) {
    throw new LinkError('recipe_not_json', [], { cause })
  }
}

/** @throws {@link LinkError} `recipe_malformed` with every fault, `profile_contradicts` */
function planOf(input: unknown, profile: LinkageProfile | null): Plan {
  const parsed = recipeFile.safeParse(input)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'recipe'}: ${message}`)
    throw new LinkError('recipe_malformed', faults)
  }
  const file = parsed.data
  if (profile !== null && file.profile !== undefined && file.profile !== profile) {
    throw new LinkError('profile_contradicts')
  }
  const used = file.profile ?? profile ?? 'nl1'
  const citizenNumber = used === 'nl1' ? (file.citizenNumber ?? 'key') : 'none'
  const said = Object.values(file.files ?? {}).some(({ register }) => register !== undefined)
  const looksForRegister = used === 'nl1' && file.keys === undefined && !said
  const recipe = recipeOf(file, used, citizenNumber)
  const faults = recipeFaults(recipe, { citizenNumberAllowed: citizenNumber !== 'none' })
  if (faults.length > 0)
    throw new LinkError(
      'recipe_malformed',
      faults.map((fault) => describeFault(fault, used)),
    )
  return {
    recipe,
    columnsOf: (name) => ({ ...file.columns, ...file.files?.[name]?.columns }) as Record<string, string | null>,
    mayUseNumber: (name) => citizenNumber !== 'none' && (file.files?.[name]?.citizenNumber ?? true),
    isRegister: (name) => file.files?.[name]?.register ?? false,
    filesNamed: Object.keys(file.files ?? {}),
    withRegister: looksForRegister
      ? (name) =>
          planOf({ ...file, files: { ...file.files, [name]: { ...file.files?.[name], register: true } } }, profile)
      : undefined,
  }
}

function recipeOf(file: RecipeFile, profile: LinkageProfile, citizenNumber: 'key' | 'veto' | 'none'): LinkageRecipe {
  const standard = standardRecipe(profile, {
    strictness: file.strictness ?? 'tolerant',
    citizenNumber,
    nearCompleteRegister: Object.values(file.files ?? {}).some(({ register }) => register === true),
    ...(file.suspects === undefined ? {} : { suspects: file.suspects }),
    ...(file.fewestKeys === undefined ? {} : { fewestKeys: file.fewestKeys }),
    ...(file.callingNames === undefined ? {} : { callingNames: file.callingNames }),
  })
  if (file.keys === undefined) return standard
  const unknown: string[] = []
  const keys = file.keys.flatMap((key) => {
    if (typeof key !== 'string') return [key]
    const known = standardKeysOf(profile).find(({ id }) => id === key)
    if (known === undefined) unknown.push(`keys: ${key} is no standard key of ${profile}; give its parts`)
    return known === undefined ? [] : [known]
  })
  if (unknown.length > 0) throw new LinkError('recipe_malformed', unknown)
  return { ...standard, keys }
}

function describeFault({ code, keyId, message }: RecipeFault, profile: LinkageProfile): string {
  // Nobody's ground is at stake here: the recipe itself says that the number is not used, or the profile knows none.
  if (code === 'citizen_number_not_allowed') {
    return profile === 'en1' ? 'B1: en1 has no citizen number' : 'B1: the recipe says "citizenNumber": "none"'
  }
  return keyId === null ? `keys: ${message.en}` : `${keyId}: ${message.en}`
}
