/**
 * Two plain ways of linking files, to compare with: what anybody would write in an afternoon.
 *
 * - exact: equal surname, given name or initials, and date of birth, as they stand but for case and order of the date;
 * - stepwise: then surname, first letter and date; then surname, first letter, postcode and house number; then first letter,
 *   date and postcode. A step links what is unique on both sides and still unlinked to that file, first come first served.
 * @module
 */
import { parse } from 'csv-parse/sync'

export type PlainFile = { readonly name: string; readonly csv: string; readonly delimiter: string }
export type PlainQuality = { readonly precision: number; readonly recall: number; readonly f1: number }

type Person = {
  readonly file: number
  readonly truth: string
  readonly surname: string
  readonly given: string
  readonly letter: string
  readonly date: string
  readonly postcode: string
  readonly house: string
}

const first = (row: Readonly<Record<string, string>>, ...names: readonly string[]): string =>
  (names.map((name) => row[name] ?? '').find((value) => value !== '') ?? '').toLowerCase().trim()

function peopleOf(files: readonly PlainFile[]): Person[] {
  return files.flatMap(({ csv, delimiter }, file) => {
    const rows = parse(csv, { columns: true, delimiter, trim: true }) as Record<string, string>[]
    return rows.map((row) => {
      const given = first(row, 'voornamen', 'roepnaam', 'voorletters', 'given_name')
      const [a = '', b = '', c = ''] = first(row, 'geboortedatum', 'date_of_birth').split('-')
      return {
        file,
        truth: row['id'] ?? '',
        surname: first(row, 'achternaam', 'surname').replace(/^(?:van|de|der|den|het|'t|ten|ter|te) /g, ''),
        given,
        letter: given.slice(0, 1),
        date: c === '' ? a : a.length === 4 ? a + b + c : c + b + a,
        postcode: first(row, 'postcode').replaceAll(' ', ''),
        house: first(row, 'huisnummer', 'street_number').replace(/\D.*$/, ''),
      }
    })
  })
}

type Step = (person: Person) => readonly string[]
const exact: Step = ({ surname, given, date }) => [surname, given, date]
const steps: readonly Step[] = [
  exact,
  ({ surname, letter, date }) => [surname, letter, date],
  ({ surname, letter, postcode, house }) => [surname, letter, postcode, house],
  ({ letter, date, postcode }) => [letter, date, postcode],
]

/** Quality over all pairs of rows of both ways. */
export function plainLinks(
  files: readonly PlainFile[],
): Readonly<Record<'plain: exact' | 'plain: stepwise', PlainQuality>> {
  const people = peopleOf(files)
  return {
    'plain: exact': quality(people, linked(people, [exact])),
    'plain: stepwise': quality(people, linked(people, steps)),
  }
}

function linked(people: readonly Person[], used: readonly Step[]): number[] {
  const parents = people.map((_, at) => at)
  const find = (at: number): number => {
    let root = at
    while (parents[root] !== root) root = parents[root] as number
    parents[at] = root
    return root
  }
  // With a single file every equal pair is a duplicate; with several a person stands in each file once.
  const single = new Set(people.map(({ file }) => file)).size === 1
  const filesOf = people.map(({ file }) => new Set([file]))
  for (const step of used) {
    const holders = new Map<string, number[]>()
    for (const [at, person] of people.entries()) {
      const parts = step(person)
      if (parts.some((part) => part === '')) continue
      const value = parts.join('|')
      const known = holders.get(value)
      if (known === undefined) holders.set(value, [at])
      else known.push(at)
    }
    for (const group of holders.values()) {
      for (const at of group.slice(1)) {
        const [a, b] = [find(group[0] as number), find(at)]
        const [filesA, filesB] = [filesOf[a] as Set<number>, filesOf[b] as Set<number>]
        if (a === b || (!single && [...filesB].some((file) => filesA.has(file)))) continue
        parents[b] = a
        for (const file of filesB) filesA.add(file)
      }
    }
  }
  return people.map((_, at) => find(at))
}

function quality(people: readonly Person[], clusters: readonly number[]): PlainQuality {
  const pairs = (nameOf: (at: number) => string): number => {
    const counts = new Map<string, number>()
    for (const at of people.keys()) counts.set(nameOf(at), (counts.get(nameOf(at)) ?? 0) + 1)
    return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
  }
  const both = pairs((at) => `${clusters[at]}|${people[at]?.truth}`)
  const precision =
    both /
    Math.max(
      1,
      pairs((at) => String(clusters[at])),
    )
  const recall =
    both /
    Math.max(
      1,
      pairs((at) => people[at]?.truth ?? ''),
    )
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}
