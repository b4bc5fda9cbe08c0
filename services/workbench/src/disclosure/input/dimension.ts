/**
 * A dimension as it was written becomes a set of categories over its finest codes.
 * @module
 */
import type { Faults } from '../errors.ts'
import type { DimensionInput } from './dimension-schema.ts'

export type Category = {
  readonly code: string
  /** Finest codes it is made of, ascending. */
  readonly leaves: readonly number[]
  readonly parent?: string
}

export type Dimension = {
  readonly name: string
  /** Finest codes, in the order in which they were written. */
  readonly leafCodes: readonly string[]
  /** The total first, then codes in their order, then groups. */
  readonly categories: readonly Category[]
  readonly owner?: string
  readonly sensitive: boolean
  readonly neutral: readonly string[]
  /** What a dry run expects, by finest code. */
  readonly sizes: readonly (number | undefined)[]
}

const totalWords: ReadonlySet<string> = new Set(['total', 'totaal', 'all', 'alle', 'sum', 'som'])

/** @returns the dimension, or nothing after noting what is wrong with it */
export function toDimension(input: DimensionInput, path: string, faults: Faults): Dimension | undefined {
  const before = faults.count
  const codes = input.codes.map(({ code }) => code)
  const groups = Object.keys(input.groups)
  const known = new Set<string>()
  for (const [index, code] of codes.entries()) {
    if (known.has(code)) faults.add('code_twice', `${path}.codes[${index}]`)
    known.add(code)
  }
  groups.forEach((group, index) => {
    if (known.has(group)) faults.add('code_twice', `${path}.groups (number ${index + 1})`)
    known.add(group)
  })

  const parentOf = parents(input, known, path, faults)
  const below = new Map<string, string[]>()
  for (const [child, parent] of parentOf) below.set(parent, [...(below.get(parent) ?? []), child])
  for (const [group, members] of Object.entries(input.groups)) {
    if (members.some((code) => !known.has(code))) faults.add('code_unknown', `${path}.groups`)
    below.set(group, [...(below.get(group) ?? []), ...members])
  }
  input.neutral.forEach((code, index) => {
    if (!known.has(code)) faults.add('code_unknown', `${path}.neutral[${index}]`)
  })
  if (faults.count > before) return undefined
  const ordered = upwards(below)
  if (!ordered) {
    faults.add('hierarchy_cycle', path)
    return undefined
  }

  const declared = input.total !== undefined && known.has(input.total) ? input.total : undefined
  const leafCodes = codes.filter((code) => !below.has(code) && code !== declared)
  const found = leavesOf(ordered, below, leafCodes)
  const leaves = (code: string): readonly number[] => found.get(code) ?? []
  const every = leafCodes.map((_, index) => index)
  const widest =
    declared ?? [...codes, ...groups].find((code) => !parentOf.has(code) && leaves(code).length === every.length)
  const total = input.total ?? widest ?? 'total'
  const unclear =
    leafCodes.length === 0 ||
    (declared !== undefined && parentOf.has(declared)) ||
    (input.total !== undefined && declared === undefined && known.has(total)) ||
    (widest === undefined && known.has(total)) ||
    (input.total === undefined && codes.length > 1 && leafCodes.some((code) => totalWords.has(code.toLowerCase())))
  if (unclear) {
    faults.add('total_ambiguous', path)
    return undefined
  }
  const others = [...codes, ...groups].filter((code) => code !== total)
  return {
    name: input.name,
    leafCodes,
    categories: [
      { code: total, leaves: every },
      ...others.map((code) => {
        const parent = parentOf.get(code)
        return { code, leaves: leaves(code), ...(parent === undefined || parent === total ? {} : { parent }) }
      }),
    ],
    ...(input.owner === undefined ? {} : { owner: input.owner }),
    sensitive: input.sensitive,
    neutral: input.neutral,
    sizes: leafCodes.map((leaf) => input.codes.find(({ code }) => code === leaf)?.size),
  }
}

function parents(input: DimensionInput, known: ReadonlySet<string>, path: string, faults: Faults): Map<string, string> {
  const parentOf = new Map<string, string>()
  const learn = (child: string, parent: string, at: string): void => {
    // A total that is implied by name needs no line of its own.
    const isTotal = parent === input.total && !known.has(parent)
    if (!known.has(child) || !(known.has(parent) || isTotal)) faults.add('code_unknown', at)
    else if (parentOf.has(child) && parentOf.get(child) !== parent) faults.add('parent_twice', at)
    else if (!isTotal) parentOf.set(child, parent)
  }
  input.codes.forEach(({ code, parent }, index) => {
    if (parent !== undefined) learn(code, parent, `${path}.codes[${index}].parent`)
  })
  Object.entries(input.parents).forEach(([child, parent], index) => {
    learn(child, parent, `${path}.parents (number ${index + 1})`)
  })
  return parentOf
}

/** Every code that has something below it, narrow before wide; nothing if a code lies below itself. */
function upwards(below: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const state = new Map<string, 'open' | 'done'>()
  const ordered: string[] = []
  for (const start of below.keys()) {
    // Without recursion: a hierarchy may be as deep as it likes.
    const stack: { code: string; next: number }[] = state.has(start) ? [] : [{ code: start, next: 0 }]
    if (stack.length > 0) state.set(start, 'open')
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const child = below.get(top.code)?.[top.next]
      top.next += 1
      if (child === undefined) {
        state.set(top.code, 'done')
        ordered.push(top.code)
        stack.pop()
      } else if (state.get(child) === 'open') return undefined
      else if (!state.has(child)) {
        state.set(child, 'open')
        stack.push({ code: child, next: 0 })
      }
    }
  }
  return ordered
}

/** The finest codes of every code, ascending. */
function leavesOf(
  ordered: readonly string[],
  below: ReadonlyMap<string, readonly string[]>,
  leafCodes: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>(leafCodes.map((code, index) => [code, [index]]))
  for (const code of ordered) {
    if (found.has(code)) continue
    const inside = new Set((below.get(code) ?? []).flatMap((child) => found.get(child) ?? []))
    found.set(
      code,
      [...inside].sort((a, b) => a - b),
    )
  }
  return found
}
