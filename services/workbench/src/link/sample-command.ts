/**
 * `kruispunt-link sample`: writes a labelled set of invented people, to try a recipe on.
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateLabelledSet, type LabelledPreset, labelledPreset, labelledPresets } from '@kruispunt/synthetic-region'
import { LinkError } from './errors.ts'

export type SampleOptions = {
  readonly set: string
  readonly seed: string
  readonly persons: string
  readonly out: string
}

const mostPersons = 1_000_000

/** @returns the paths written */
export async function sampleCommand(options: SampleOptions): Promise<string[]> {
  const set = labelledPresets.find((preset): preset is LabelledPreset => preset === options.set)
  if (set === undefined) throw new LinkError('option_malformed', [`--set: one of ${labelledPresets.join(', ')}`])
  const seed = wholeOption('--seed', options.seed, 0, 0xffffffff)
  const persons = wholeOption('--persons', options.persons, 1, mostPersons)
  const files = generateLabelledSet({ seed, persons, ...labelledPreset(set) })
  const paths: string[] = []
  try {
    await mkdir(options.out, { recursive: true })
    for (const { fileName, csv } of files) {
      const path = join(options.out, fileName)
      await writeFile(path, csv)
      paths.push(path)
    }
  } catch (cause) {
    throw new LinkError('output_not_writable', [], { cause })
  }
  return paths
}

/** @throws {@link LinkError} `option_malformed` */
export function wholeOption(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= least && number <= most)) {
    throw new LinkError('option_malformed', [`${name}: a whole number from ${least} to ${most}`])
  }
  return number
}
