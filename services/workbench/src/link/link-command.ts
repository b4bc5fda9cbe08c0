/**
 * `kruispunt-link a.csv b.csv …`: from files and a recipe to clusters, and a report beside them.
 * @module
 */
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type LinkageProfile, linkageProfile } from '@kruispunt/contracts'
import { LinkError } from './errors.ts'
import { findRegister } from './find-register.ts'
import { type LinkedFiles, linkFiles } from './link-files.ts'
import { type PeopleFile, readPeopleFile } from './read-file.ts'
import { type Plan, readRecipe } from './recipe-file.ts'
import { makeReport, summarise } from './report.ts'
import { clustersAsCsv, clustersAsJson } from './write-clusters.ts'

export type LinkOptions = {
  readonly profile?: string
  readonly recipe?: string
  readonly out?: string
  readonly json?: boolean
  readonly report?: string
  readonly truth?: string
  readonly duplicates?: boolean
}

export type Writers = {
  /** for the clusters, when no file is named for them */
  readonly stdout: (text: string) => void
  /** for the summary */
  readonly stderr: (text: string) => void
}

const mostFiles = 32

/** @throws {@link LinkError} for all that a person can mend */
export async function linkCommand(paths: readonly string[], options: LinkOptions, to: Writers): Promise<void> {
  if (paths.length === 0) throw new LinkError('no_files')
  if (paths.length > mostFiles) throw new LinkError('too_many_files')
  const names = paths.map((path) => basename(path))
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  if (twice.length > 0) throw new LinkError('file_twice', twice)
  const plan = await readRecipe(options.recipe ?? null, profileOption(options.profile))
  // A recipe may be made for more files than are linked now; a typing error would take away a rule in silence.
  const absent = plan.filesNamed.filter((name) => !names.includes(name))
  const files: PeopleFile[] = []
  for (const [at, path] of paths.entries()) {
    const name = names[at] as string
    const file = await readPeopleFile(path, {
      profile: plan.recipe.profile,
      columns: plan.columnsOf(name),
      useCitizenNumber: plan.mayUseNumber(name),
      truth: options.truth ?? null,
    })
    files.push(file)
  }
  // Within one file there is nothing to link but duplicates.
  const duplicates = options.duplicates === true || files.length === 1
  const { used, linked } = await linkByPlan(files, plan, duplicates)
  for (const { bsn } of files) bsn?.fill(0)
  const report = makeReport(used, files, linked)
  const clustered = files.map(({ file, ids }, at) => ({ file, ids, clusters: linked.clusters[at] as Uint32Array }))
  const text = options.json === true ? clustersAsJson(clustered) : clustersAsCsv(clustered)
  if (options.out === undefined) to.stdout(text)
  else await write(options.out, text)
  if (options.report !== undefined) await write(options.report, `${JSON.stringify(report, null, 2)}\n`)
  const warnings = absent.map((name) => `the recipe says something about ${name}, which is not among the files`)
  to.stderr(`${[...warnings, ...summarise(report)].join('\n')}\n`)
}

/** Once by the plan as it is; once more when that shows a register nobody declared. */
async function linkByPlan(
  files: readonly PeopleFile[],
  plan: Plan,
  duplicates: boolean,
): Promise<{ used: Plan; linked: LinkedFiles }> {
  const linked = await linkFiles(files, { ...plan, duplicates })
  const register = duplicates ? undefined : findRegister(linked.report)
  if (plan.withRegister === undefined || register === undefined) return { used: plan, linked }
  const used = plan.withRegister(register)
  return { used, linked: await linkFiles(files, { ...used, duplicates }) }
}

export function profileOption(profile: string | undefined): LinkageProfile | null {
  if (profile === undefined) return null
  const parsed = linkageProfile.safeParse(profile)
  if (!parsed.success)
    throw new LinkError('option_malformed', [`--profile: one of ${linkageProfile.options.join(', ')}`])
  return parsed.data
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((cause: unknown) => {
    throw new LinkError('output_not_writable', [basename(path)], { cause })
  })
}
