/**
 * Clusters as text: which rows are one person. Names rows, never what stands in them.
 * @module
 */
export type ClusteredFile = {
  readonly file: string
  /** per row its cluster */
  readonly clusters: ArrayLike<number>
  /** per row its own name, null when the file has no such column */
  readonly ids: readonly string[] | null
}

/** Header `cluster,file,row,id`, a line for every row, by file and row; row 1 is the first one below the header. */
export function clustersAsCsv(files: readonly ClusteredFile[]): string {
  const lines = ['cluster,file,row,id']
  for (const { file, clusters, ids } of files) {
    for (let row = 0; row < clusters.length; row++) {
      lines.push(`${clusters[row]},${quoted(file)},${row + 1},${quoted(ids?.[row] ?? '')}`)
    }
  }
  return `${lines.join('\n')}\n`
}

/** Clusters with their rows, by number of the cluster. */
export function clustersAsJson(files: readonly ClusteredFile[]): string {
  const clusters = new Map<number, { file: string; row: number; id: string | null }[]>()
  for (const { file, clusters: ofRows, ids } of files) {
    for (let row = 0; row < ofRows.length; row++) {
      const cluster = ofRows[row] as number
      const rows = clusters.get(cluster) ?? []
      if (rows.length === 0) clusters.set(cluster, rows)
      rows.push({ file, row: row + 1, id: ids?.[row] ?? null })
    }
  }
  const list = [...clusters].sort(([a], [b]) => a - b).map(([cluster, rows]) => ({ cluster, rows }))
  return `${JSON.stringify({ clusters: list }, null, 2)}\n`
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
