/**
 * How good the links are: `kruispunt-link` on labelled sets, next to two plain ways of linking the same files.
 *
 * `node test/bench/linkage-quality.ts [--persons n] [--seeds 1,2,3] [--pairs] [--febrl folder]`
 * @module
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { generateLabelledSet, type LabelledPreset, labelledPreset } from '@kruispunt/synthetic-region'
import { parse } from 'csv-parse/sync'
import { type PlainFile, type PlainQuality, plainLinks } from './linkage-quality-plain.ts'

const { values: options } = parseArgs({
  options: {
    persons: { type: 'string', default: '10000' },
    seeds: { type: 'string', default: '1,2' },
    pairs: { type: 'boolean', default: false },
    febrl: { type: 'string' },
  },
})
const command = fileURLToPath(new URL('../../services/workbench/src/link/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'linkage-quality-'))

type Quality = { readonly precision: number; readonly recall: number; readonly f1: number }
type Estimate = { readonly valid: boolean; readonly value: number | null }
type Report = {
  readonly linkage: { readonly quality: { readonly precision: Estimate; readonly recall: Estimate } }
  readonly truth: {
    readonly all: Quality
    readonly acrossFiles: Quality
    readonly byPair: readonly { readonly files: readonly [string, string]; readonly quality: Quality }[]
  }
}

const four = (value: number): string => value.toFixed(4)
const estimated = ({ valid, value }: Estimate): string => (value === null ? '-' : `${four(value)}${valid ? '' : '?'}`)
const columns = [26, 34, 8, 8, 8, 9, 9] as const
const line = (...cells: readonly string[]): void =>
  console.log(cells.map((cell, at) => cell.padEnd(columns[at] ?? 9)).join(' '))

function header(title: string): void {
  console.log(`\n${title}`)
  line('set', 'way', 'P', 'R', 'F1', 'est. P', 'est. R')
}

function print(set: string, way: string, { precision, recall, f1 }: Quality | PlainQuality, report?: Report): void {
  const { precision: p, recall: r } = report?.linkage.quality ?? {}
  line(set, way, four(precision), four(recall), four(f1), p ? estimated(p) : '', r ? estimated(r) : '')
}

/** Runs the command as a person would, and reads its report. */
function link(paths: readonly string[], recipe: object, profile: string, truth: string): Report {
  const [recipePath, reportPath] = [join(folder, 'recipe.json'), join(folder, 'report.json')]
  writeFileSync(recipePath, JSON.stringify(recipe))
  const args = ['--profile', profile, '--recipe', recipePath, '--report', reportPath, '--truth', truth]
  execFileSync(process.execPath, [command, ...args, '--out', join(folder, 'clusters.csv'), ...paths], { stdio: 'pipe' })
  return JSON.parse(readFileSync(reportPath, 'utf8')) as Report
}

function run(
  name: string,
  files: readonly PlainFile[],
  profile: string,
  recipes: Readonly<Record<string, object>>,
): void {
  const place = join(folder, name.replaceAll(' ', '-'))
  mkdirSync(place, { recursive: true })
  const paths = files.map(({ name: file, csv }) => {
    const path = join(place, `${file}.csv`)
    writeFileSync(path, csv)
    return path
  })
  for (const [way, quality] of Object.entries(plainLinks(files))) print(name, way, quality)
  for (const [way, recipe] of Object.entries(recipes)) {
    const report = link(paths, recipe, profile, 'id')
    print(name, way, report.truth.all, report)
    if (!options.pairs) continue
    for (const { files: pair, quality } of report.truth.byPair) print('', `  ${pair.join(' - ')}`, quality)
  }
}

const none = { citizenNumber: 'none' }
const strict = { strictness: 'strict' }
const tolerant = { strictness: 'tolerant' }
const register = { files: { 'gemeente.csv': { register: true } } }
const dutch = {
  'strict, no bsn': { ...strict, ...none },
  'tolerant, no bsn': { ...tolerant, ...none },
  'tolerant, register, no bsn': { ...tolerant, ...register, ...none },
  strict,
  tolerant,
  'tolerant, register': { ...tolerant, ...register },
}
const english = { strict, tolerant }
const sets: readonly (readonly [LabelledPreset, string, Readonly<Record<string, object>>])[] = [
  ['six-partners', 'nl1', dutch],
  [
    'five-parties',
    'nl1',
    { 'strict, no bsn': { ...strict, ...none }, 'tolerant, no bsn': { ...tolerant, ...none }, strict, tolerant },
  ],
  ['febrl', 'en1', english],
  ['historical', 'en1', english],
]

header('Labelled sets of invented people, all pairs of rows')
for (const [preset, profile, recipes] of sets) {
  for (const seed of options.seeds.split(',').map(Number)) {
    const made = generateLabelledSet({ seed, persons: Number(options.persons), ...labelledPreset(preset) })
    const files = made.map(({ partner, csv, delimiter }) => ({ name: partner, csv, delimiter }))
    run(`${preset}, seed ${seed}`, files, profile, recipes)
  }
}

if (options.febrl !== undefined) {
  header('FEBRL, without the national id; 1 to 3 are duplicates within one file')
  for (const files of [['dataset4a', 'dataset4b'], ['dataset3'], ['dataset2'], ['dataset1']]) {
    const read = files.map((name) => ({ name, csv: febrl(join(options.febrl ?? '', `${name}.csv`)), delimiter: ',' }))
    run(`FEBRL ${files[0]?.replace(/dataset|a$/g, '')}`, read, 'en1', english)
  }
}
rmSync(folder, { recursive: true })

/** The person is the number in `rec-123-dup-0`; it goes into a column of its own. */
function febrl(path: string): string {
  const rows = parse(readFileSync(path), { columns: true, trim: true }) as Record<string, string>[]
  const names = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => [/\d+/.exec(row['rec_id'] ?? '')?.[0], ...names.map((name) => row[name])].join(','))
  return `id,${names.join(',')}\n${lines.join('\n')}\n`
}
