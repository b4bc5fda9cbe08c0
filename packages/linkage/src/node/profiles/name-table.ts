/**
 * The shape of the tables of calling names: one line a name, `kees: cornelis`, easy to read and to argue about.
 * @module
 */

/**
 * @param lines - `calling: official official`, one a line, folded names; a name stands on one line only
 * @throws Error when a line has another shape: the tables are part of this package, so that is a bug
 */
export function nameTable(lines: string): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, readonly string[]>()
  for (const line of lines.trim().split('\n')) {
    const [, calling, official] = /^([a-z]+): ([a-z]+(?: [a-z]+)*)$/.exec(line.trim()) ?? []
    if (calling === undefined || official === undefined) throw new Error('a line of a name table is malformed')
    if (table.has(calling)) throw new Error('a name stands twice in a name table')
    table.set(calling, official.split(' '))
  }
  return table
}
