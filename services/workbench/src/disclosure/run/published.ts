/**
 * What may be handed on: cells by their codes, with a count or withheld, and nothing about why. It can be given to `attack` as it is.
 * @module
 */
import type { CellState, Certificate, TrueTable } from '@kruispunt/disclosure'
import { codesAt, type View } from '../input/view.ts'

export type PublishedDimension = {
  readonly name: string
  readonly total: string
  readonly codes: readonly (string | { readonly code: string; readonly parent: string })[]
  readonly groups?: Readonly<Record<string, readonly string[]>>
}

export type PublishedCell =
  | { readonly at: readonly string[]; readonly count: number }
  | { readonly at: readonly string[]; readonly withheld: true }

export function publishedDimension({ name, categories, finest }: View): PublishedDimension {
  const [total, ...others] = categories
  const isFinest = new Set(finest)
  const hasChildren = new Set(others.flatMap(({ parent }) => parent ?? []))
  const isGroup = (index: number, code: string) => !isFinest.has(index + 1) && !hasChildren.has(code)
  const groups = others.flatMap(({ code, leaves }, index): [string, string[]][] => {
    if (!isGroup(index, code)) return []
    const held = new Set(leaves)
    const members = finest.flatMap((node) => {
      const fine = categories[node]
      return fine && node !== 0 && fine.leaves.every((leaf) => held.has(leaf)) ? [fine.code] : []
    })
    return [[code, members]]
  })
  return {
    name,
    total: total?.code ?? '',
    codes: others.flatMap(({ code, parent }, index): PublishedDimension['codes'] => {
      if (isGroup(index, code)) return []
      return parent === undefined ? [code] : [{ code, parent }]
    }),
    ...(groups.length === 0 ? {} : { groups: Object.fromEntries(groups) }),
  }
}

export function publishedCells(views: readonly View[], cells: readonly CellState[]): PublishedCell[] {
  return cells.map((cell) => {
    const at = codesAt(views, cell.at)
    return cell.state === 'released' ? { at, count: cell.count } : { at, withheld: true }
  })
}

/** Cells that everybody knows to be empty. */
export function structuralZeros(views: readonly View[], { structuralZeros: zeros = [] }: TrueTable) {
  return zeros.length === 0 ? {} : { structuralZeros: zeros.map((at) => codesAt(views, at)) }
}

/** The certificate without what only an auditor may read. */
export function openCertificate({ private: _, ...open }: Certificate): Omit<Certificate, 'private'> {
  return open
}

/** What an auditor reads beside the answer: which cells were unsafe, and what attackers find. Never published. */
export function privateRecord(
  views: readonly View[],
  table: TrueTable,
  unsafe: readonly (readonly number[])[],
  certificate: Certificate | undefined,
) {
  return {
    format: 'kruispunt-private/1',
    population: table.population,
    unsafe: unsafe.map((at) => codesAt(views, at)),
    ...(certificate === undefined
      ? {}
      : {
          certificateSha256: certificate.sha256,
          certificate: {
            ...certificate.private,
            intervals: certificate.private.intervals.map(({ at, ...interval }) => ({
              at: at === 'union' ? at : codesAt(views, at),
              ...interval,
            })),
          },
        }),
  }
}
