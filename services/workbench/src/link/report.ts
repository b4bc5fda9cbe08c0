/**
 * What went in and how well it linked: counts and shares, in figures and in words. No value of a row.
 *
 * Exact counts, small ones too: it is for whoever holds the files, on the machine that holds them.
 * @module
 */
import { type PreflightReport } from '@kruispunt/linkage/node'
import { describeRecipe } from '@kruispunt/linkage/recipe'
import { describeColumns } from './choose-columns.ts'
import type { LinkedFiles } from './link-files.ts'
import type { PeopleFile } from './read-file.ts'
import type { Plan } from './recipe-file.ts'
import { type TrueReport, trueQuality } from './true-quality.ts'

type FileReport = {
  readonly file: string
  readonly rows: number
  readonly columns: readonly { readonly field: string; readonly header: string }[]
  /** how many columns feed nothing; their headers stay out, as they may be a first row */
  readonly unusedColumns: number
  readonly preflight: PreflightReport
}

export type Report = {
  readonly recipe: Plan['recipe']
  readonly inWords: readonly string[]
  readonly files: readonly FileReport[]
  /** the file that holds nearly everybody, declared or found; null when there is none */
  readonly register: string | null
  readonly clusters: number
  /** the broker's own report, with its estimates of precision and recall and whether they may be relied upon */
  readonly linkage: LinkedFiles['report']
  /** against the truth that the files carry, when the command was told where */
  readonly truth: TrueReport | null
}

export function makeReport(plan: Plan, files: readonly PeopleFile[], linked: LinkedFiles): Report {
  const labelled = files.flatMap(({ file, truth }, at) =>
    truth === null ? [] : [{ file, truth, clusters: linked.clusters[at] as Uint32Array }],
  )
  return {
    recipe: plan.recipe,
    inWords: describeRecipe(plan.recipe).map(({ en }) => en),
    files: files.map(({ file, rows, mapping }, at) => ({
      file,
      rows,
      columns: describeColumns(mapping),
      unusedColumns: mapping.unused.length,
      preflight: linked.preflights[at] as PreflightReport,
    })),
    register: files.find(({ file }) => plan.isRegister(file))?.file ?? null,
    clusters: linked.persons,
    linkage: linked.report,
    truth: labelled.length === files.length ? trueQuality(labelled) : null,
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

/** A few lines for people, beside the clusters. */
export function summarise({ files, register, clusters, linkage, truth }: Report): string[] {
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  const { precision, recall, range } = linkage.quality
  const estimate = (name: string, { value, valid }: typeof precision): string =>
    value === null ? `${name} unknown` : `${name} ${percent(value)}${valid ? '' : ' (not to be relied upon)'}`
  return [
    `${counted(rows, 'row')} in ${counted(files.length, 'file')}: ${counted(clusters, 'cluster')}`,
    ...files.flatMap(({ file, preflight, columns, unusedColumns }) => {
      const share = preflight.subjects === 0 ? 0 : preflight.subjectsWithKeys.atLeast1 / preflight.subjects
      const headers = columns.map(({ field, header }) => `${field} = ${header}`).join(', ')
      const people = preflight.subjects === 1 ? '1 person' : `${preflight.subjects} people`
      const unused = unusedColumns === 0 ? '' : `; ${counted(unusedColumns, 'column')} not used`
      const line = `${file}: ${counted(preflight.rows, 'row')}, ${people}, ${percent(share)} with a key (${headers}${unused})`
      return share > 0 ? [line] : [line, `  nobody in ${file} can be recognised: no key of the recipe fits its columns`]
    }),
    ...(register === null
      ? []
      : [`${register} holds nearly everybody: surname, date, sex and address together link too (N15)`]),
    `estimated from citizen numbers: ${estimate('precision', precision)}, ${estimate('recall', recall)}`,
    ...(range === null
      ? []
      : [
          `  pairs of files that can be audited: precision ${range.precision.map(percent).join(' to ')}, recall ${range.recall
            .map(percent)
            .join(' to ')}`,
        ]),
    ...(truth === null
      ? []
      : [['all pairs of rows', truth.all] as const, ['pairs across files', truth.acrossFiles] as const].map(
          ([name, { precision: p, recall: r, f1 }]) =>
            `truth, ${name}: precision ${p.toFixed(4)}, recall ${r.toFixed(4)}, F1 ${f1.toFixed(4)}`,
        )),
  ]
}
