/**
 * `kruispunt-link rehearse`: what a recipe can be expected to do for the partners that are to take part, before anybody is
 * asked to approve it. Made with invented people only.
 * @module
 */
import { readFile } from 'node:fs/promises'
import { describeRecipe } from '@kruispunt/linkage/recipe'
import { generateLabelledSet, type LabelledPartner, labelledPreset } from '@kruispunt/synthetic-region'
import { LinkError } from './errors.ts'
import { profileOption } from './link-command.ts'
import { linkFiles } from './link-files.ts'
import { partnersFile } from './partners-file.ts'
import { peopleFromText } from './read-file.ts'
import { readRecipe } from './recipe-file.ts'
import { wholeOption } from './sample-command.ts'
import { type TrueQuality, trueQuality } from './true-quality.ts'

export type RehearseOptions = {
  readonly profile?: string
  readonly recipe?: string
  readonly partners?: string
  readonly seed: string
  readonly persons: string
}

/** @returns lines for people */
export async function rehearseCommand(options: RehearseOptions): Promise<string[]> {
  const plan = await readRecipe(options.recipe ?? null, profileOption(options.profile))
  const { profile } = plan.recipe
  const population = profile === 'nl1' ? 'dutch' : 'english'
  const partners =
    options.partners === undefined
      ? labelledPreset(profile === 'nl1' ? 'six-partners' : 'febrl').partners
      : await readPartners(options.partners)
  const seed = wholeOption('--seed', options.seed, 0, 0xffffffff)
  const persons = wholeOption('--persons', options.persons, 100, 200_000)
  const files = await Promise.all(
    generateLabelledSet({ seed, persons, population, partners }).map(({ fileName, csv }) =>
      peopleFromText(fileName, csv, {
        profile,
        columns: {},
        useCitizenNumber: plan.mayUseNumber(fileName),
        truth: 'id',
      }),
    ),
  )
  const { clusters } = await linkFiles(files, { ...plan, duplicates: false })
  const quality = trueQuality(
    files.map(({ file, truth }, at) => ({ file, truth: truth ?? [], clusters: clusters[at] as Uint32Array })),
  )
  const rowsOf = new Map(files.map(({ file, rows }) => [file, rows]))
  return [
    `A rehearsal with ${persons} invented people and ${files.length} partners. No file was read and nobody real is in it.`,
    'What the recipe says:',
    ...describeRecipe(plan.recipe).map(({ en }) => `  ${en}`),
    'What to expect:',
    `  ${inWords('all partners together', quality.acrossFiles)}`,
    ...quality.byPair.map(({ files: [one, other], quality: ofPair }) => {
      const known = (file: string): string =>
        `${share(ofPair.linked / (rowsOf.get(file) ?? 1))} of the rows of ${bare(file)}`
      return `  ${inWords(`${bare(one)} and ${bare(other)}`, ofPair)} About ${known(one)} and ${known(other)} link.`
    }),
    'Real files differ: coverage and errors were declared, not measured. The quality report of the job says what became of it.',
  ]
}

const bare = (file: string): string => file.replace(/\.csv$/, '')
const share = (value: number): string => `${(100 * value).toFixed(1)}%`

function inWords(who: string, { same, precision, recall }: TrueQuality): string {
  if (same === 0) return `${who}: nobody in common, so nothing to expect.`
  return `${who}: of 1,000 links some ${Math.round(1000 * precision)} are right; of 1,000 people in common some ${Math.round(
    1000 * recall,
  )} are found.`
}

async function readPartners(path: string): Promise<readonly LabelledPartner[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new LinkError('file_not_found', [], { cause })
  })
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch (cause) {
    throw new LinkError('partners_malformed', ['not JSON'], { cause })
  }
  const parsed = partnersFile.safeParse(input)
  if (parsed.success) return parsed.data as readonly LabelledPartner[]
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'partners'}: ${issue.message}`)
  throw new LinkError('partners_malformed', faults)
}
