/**
 * How good clusters are against a known truth: precision, recall and F1 over pairs of rows.
 *
 * A pair is right when both say that two rows are one person. Rows of one file count as pairs as well.
 * @module
 */
export type LabelledRows = {
  readonly file: string
  /** per row the cluster it was put in */
  readonly clusters: ArrayLike<number>
  /** per row the person it is about */
  readonly truth: readonly string[]
}

export type TrueQuality = {
  /** pairs that were linked, that are one person, and both */
  readonly linked: number
  readonly same: number
  readonly right: number
  /** right / linked, right / same, and their harmonic mean; 1 where nothing was linked or nothing was to be linked */
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export type TrueReport = {
  /** all pairs of rows */
  readonly all: TrueQuality
  /** pairs of rows of different files */
  readonly acrossFiles: TrueQuality
  readonly byPair: readonly { readonly files: readonly [string, string]; readonly quality: TrueQuality }[]
}

export function trueQuality(files: readonly LabelledRows[]): TrueReport {
  const counts = {
    linked: countGroups(files, ({ clusters }, row) => String(clusters[row])),
    same: countGroups(files, ({ truth }, row) => truth[row] as string),
    right: countGroups(files, ({ clusters, truth }, row) => `${clusters[row]}\u001f${truth[row]}`),
  }
  const quality = (pairs: (groups: readonly (readonly number[])[]) => number): TrueQuality =>
    rates(pairs(counts.linked), pairs(counts.same), pairs(counts.right))
  const sum = (of: (group: readonly number[]) => number) => (groups: readonly (readonly number[])[]) =>
    groups.reduce((total, group) => total + of(group), 0)
  const chosen = (n: number): number => (n * (n - 1)) / 2
  const total = (group: readonly number[]): number => group.reduce((all, n) => all + n, 0)
  const within = (group: readonly number[]): number => group.reduce((all, n) => all + chosen(n), 0)
  return {
    all: quality(sum((group) => chosen(total(group)))),
    acrossFiles: quality(sum((group) => chosen(total(group)) - within(group))),
    byPair: files.flatMap((one, a) =>
      files.slice(a + 1).map((other, step) => ({
        files: [one.file, other.file] as const,
        quality: quality(sum((group) => (group[a] as number) * (group[a + 1 + step] as number))),
      })),
    ),
  }
}

/** Per group the number of its rows in every file. */
function countGroups(files: readonly LabelledRows[], groupOf: (file: LabelledRows, row: number) => string): number[][] {
  const groups = new Map<string, number[]>()
  for (const [at, file] of files.entries()) {
    for (let row = 0; row < file.truth.length; row++) {
      const name = groupOf(file, row)
      let group = groups.get(name)
      if (group === undefined) {
        group = files.map(() => 0)
        groups.set(name, group)
      }
      group[at] = (group[at] as number) + 1
    }
  }
  return [...groups.values()]
}

function rates(linked: number, same: number, right: number): TrueQuality {
  const precision = linked === 0 ? 1 : right / linked
  const recall = same === 0 ? 1 : right / same
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { linked, same, right, precision, recall, f1 }
}
