/**
 * Invented people counted in full, and the answer a broker gives about them: protected by the product's own disclosure control, sealed with its hash.
 */
import { type CrossTabAnswer, hashedForm } from '@kruispunt/contracts'
import { type Axis, defaultRules, protectTable, type Rules, type TrueCell } from '@kruispunt/disclosure'
import { documentHash } from '@kruispunt/statements'

export const limits = { now: () => performance.now(), timeLimitMs: 60_000 }

/** Codes of a dimension; with groups, a level above them. */
type Side = {
  readonly dimension: string
  readonly codes: readonly string[]
  readonly groups?: Readonly<Record<string, readonly string[]>>
}

const text = (nl: string) => ({ nl, en: nl })

type Node = CrossTabAnswer['axes'][number]['nodes'][number] & { readonly leaves: readonly number[] }

function nodesOf({ dimension, codes, groups }: Side): Node[] {
  const all = codes.map((_, index) => index)
  const nodes: Node[] = [
    { code: 'total', label: { nl: 'totaal', en: 'total' }, level: null, parent: null, leaves: all },
  ]
  const add = (code: string, level: string, parent: number, leaves: readonly number[]) =>
    nodes.push({ code, label: text(code), level, parent, leaves }) - 1
  if (!groups) for (const [leaf, code] of codes.entries()) add(code, dimension, 0, [leaf])
  for (const [group, inside] of Object.entries(groups ?? {})) {
    const parent = add(
      group,
      `${dimension}-group`,
      0,
      inside.map((code) => codes.indexOf(code)),
    )
    for (const code of inside) add(code, dimension, parent, [codes.indexOf(code)])
  }
  return nodes
}

const places = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (all, size) => all.flatMap((at) => Array.from({ length: size }, (_, node) => [...at, node])),
    [[]],
  )

export type Counted = {
  readonly sides: readonly Side[]
  /** People of each combination of codes, the last side fastest. */
  readonly counts: readonly number[]
}

/** Every cell with its true count, margins included. */
function trueCells({ sides, counts }: Counted): { nodes: Node[][]; cells: { at: number[]; count: number }[] } {
  const nodes = sides.map(nodesOf)
  const sizes = sides.map(({ codes }) => codes.length)
  const atoms = places(sizes)
  const cells = places(nodes.map((all) => all.length)).map((at) => ({
    at,
    count: atoms.reduce(
      (sum, atom, index) =>
        atom.every((leaf, axis) => nodes[axis]?.[at[axis] ?? 0]?.leaves.includes(leaf))
          ? sum + (counts[index] ?? 0)
          : sum,
      0,
    ),
  }))
  return { nodes, cells }
}

type Details = Partial<Pick<CrossTabAnswer, 'mode' | 'minimum' | 'unit' | 'release' | 'filters'>>

function sealedAnswer(counted: Counted, cells: CrossTabAnswer['cells'], details: Details): CrossTabAnswer {
  const { nodes } = trueCells(counted)
  const released = cells.filter(({ state }) => state === 'released').length
  const answer: CrossTabAnswer = {
    table: 'wonen',
    title: text('Wonen'),
    population: { nl: 'inwoners', en: 'residents' },
    unit: 'persons',
    release: '11'.repeat(32),
    minimum: 10,
    mode: 'suppression',
    exactness: text('Exact.'),
    rows: 1,
    axes: nodes.map((all, axis) => ({
      dimension: counted.sides[axis]?.dimension ?? '',
      label: text(counted.sides[axis]?.dimension ?? ''),
      nodes: all.map(({ leaves: _, ...node }) => node),
    })),
    filters: [],
    cells: [...cells],
    released,
    withheld: cells.length - released,
    explanation: [],
    rules: [],
    questionsLeft: 9,
    tableHash: '22'.repeat(32),
    resultSha256: '',
    ...details,
  }
  return { ...answer, resultSha256: documentHash('result', hashedForm(answer)) }
}

/** As if nothing had to be hidden: what the product never gives, and what truth is measured by. */
export const openAnswer = (counted: Counted, details: Details = {}): CrossTabAnswer =>
  sealedAnswer(
    counted,
    trueCells(counted).cells.map(({ at, count }) => ({ at, state: 'released', count })),
    details,
  )

/** With these cells withheld, whether or not that protects anybody. */
export const withheldAnswer = (
  counted: Counted,
  hidden: (at: readonly number[], count: number) => boolean,
  details: Details = {},
): CrossTabAnswer =>
  sealedAnswer(
    counted,
    trueCells(counted).cells.map(({ at, count }) =>
      hidden(at, count) ? { at, state: 'withheld' } : { at, state: 'released', count },
    ),
    details,
  )

/** As a broker answers; nothing if it refuses. */
export async function protectedAnswer(
  counted: Counted,
  rules: Partial<Rules> = {},
): Promise<CrossTabAnswer | undefined> {
  const { nodes, cells } = trueCells(counted)
  const axes = nodes.map((all, axis): Axis => {
    const { dimension, codes } = counted.sides[axis] as Side
    return { dimension, leaves: codes.length, nodes: all.map(({ code, leaves }) => ({ code, leaves })) }
  })
  const table = {
    population: 'residents',
    unit: 'persons' as const,
    axes,
    cells: cells.map(({ at, count }): TrueCell => ({ at, count, persons: count, byParty: {}, largest: [1, 1] })),
  }
  const outcome = await protectTable({
    table,
    earlier: [],
    rules: { ...defaultRules, maxSparsity: 1, insider: false, ...rules },
    secret: new Uint8Array(16),
    deadlineMs: performance.now() + 60_000,
    now: () => performance.now(),
  })
  if (outcome.outcome !== 'answered') return undefined
  return sealedAnswer(
    counted,
    outcome.cells.map((cell) =>
      cell.state === 'released'
        ? { at: [...cell.at], state: 'released', count: cell.count }
        : { at: [...cell.at], state: 'withheld' },
    ),
    { minimum: rules.minimum ?? defaultRules.minimum },
  )
}

/** With something changed, and a hash that fits. */
export function sealedAgain(answer: CrossTabAnswer, changed: Partial<CrossTabAnswer>): CrossTabAnswer {
  const made = { ...answer, ...changed }
  const released = made.cells.filter(({ state }) => state === 'released').length
  const counted = { ...made, released, withheld: made.cells.length - released }
  return { ...counted, resultSha256: documentHash('result', hashedForm(counted)) }
}
