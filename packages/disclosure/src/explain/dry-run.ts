/**
 * What to expect of a table before anybody is asked for approval: the shape alone, codes and declared sizes, protected as many
 * times as there are made-up tables of that shape. No true count is needed, and none is used.
 * @module
 */
import { DisclosureError } from '../errors.ts'
import { protectTable } from '../protect-table.ts'
import type { Rules } from '../rules.ts'
import type { Advice, Axis, Position, RefusalCode } from '../types.ts'
import { coarserLevels } from './coarser.ts'
import { type Shape, simulate } from './simulate.ts'

export type DryRun = Shape & {
  readonly rules: Rules
  /** How many tables to make up; 1 or more. */
  readonly draws: number
  /** Uniform on [0, 1); the same sequence gives the same outcome. */
  readonly random: () => number
  readonly secret: Uint8Array
  /** Time for one table; ms. */
  readonly tableMs: number
  readonly now: () => number
}

export type Expected = {
  readonly draws: number
  /** How many of them would have been refused, by code. */
  readonly refused: Partial<Record<RefusalCode, number>>
  /** Share of cells shown: lowest, middle and highest of the made-up tables, a refusal showing none. */
  readonly shownShare: { readonly low: number; readonly middle: number; readonly high: number }
  /** For each cell, in how many of the tables it was not shown, as a share. */
  readonly cells: readonly { readonly at: Position; readonly withheldShare: number }[]
  /** Coarser tables of the same people that are expected to show a larger share, best first. */
  readonly instead: readonly Advice[]
}

/** Made-up tables for each coarser form: enough to rank them. */
const drawsInstead = 5
const most = 3

/** @throws {@link DisclosureError} if shape or rules are malformed */
export async function dryRun(asked: DryRun): Promise<Expected> {
  if (!Number.isSafeInteger(asked.draws) || asked.draws < 1) throw new DisclosureError('rule_out_of_range')
  const expected = await draw(asked, asked.axes, asked.draws)
  const { middle } = expected.shownShare
  const instead: (Advice & { readonly shownShare: number })[] = []
  if (middle < 1) {
    for (const { advice, axes } of coarserShapes(asked.axes)) {
      const { shownShare } = await draw(asked, axes, Math.min(asked.draws, drawsInstead))
      if (shownShare.middle > middle) instead.push({ ...advice, shownShare: shownShare.middle })
    }
  }
  const worth = ({ cells, shownShare }: { cells: number; shownShare: number }) => cells * shownShare * shownShare
  return { ...expected, instead: instead.toSorted((a, b) => worth(b) - worth(a)).slice(0, most) }
}

async function draw(asked: DryRun, axes: readonly Axis[], draws: number): Promise<Omit<Expected, 'instead'>> {
  const refused: Partial<Record<RefusalCode, number>> = {}
  const hidden = new Map<string, number>()
  const shares: number[] = []
  let places: readonly Position[] = []
  for (let made = 0; made < draws; made++) {
    const table = simulate({ ...asked, axes }, asked.random)
    places = table.cells.map(({ at }) => at)
    const outcome = await protectTable({
      table,
      earlier: [],
      rules: asked.rules,
      secret: asked.secret,
      deadlineMs: asked.now() + asked.tableMs,
      now: asked.now,
    })
    if (outcome.outcome === 'refused') refused[outcome.code] = (refused[outcome.code] ?? 0) + 1
    const shown = new Set(
      outcome.outcome === 'refused'
        ? []
        : outcome.cells.flatMap(({ at, state }) => (state === 'released' ? [at.join()] : [])),
    )
    for (const at of places) if (!shown.has(at.join())) hidden.set(at.join(), (hidden.get(at.join()) ?? 0) + 1)
    shares.push(shown.size / places.length)
  }
  const sorted = shares.toSorted((a, b) => a - b)
  return {
    draws,
    refused,
    shownShare: {
      low: sorted[0] ?? 0,
      middle: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
      high: sorted.at(-1) ?? 0,
    },
    cells: places.map((at) => ({ at, withheldShare: (hidden.get(at.join()) ?? 0) / draws })),
  }
}

/** The same people by fewer dimensions or fewer levels. */
function coarserShapes(axes: readonly Axis[]): { readonly advice: Advice; readonly axes: readonly Axis[] }[] {
  const size = (each: readonly Axis[]) => each.reduce((product, { nodes }) => product * nodes.length, 1)
  return axes.flatMap((axis, index) => {
    const without = axes.with(index, { ...axis, nodes: axis.nodes.slice(0, 1), neutral: [] })
    const dropped = { kind: 'drop_dimension', dimension: axis.dimension, cells: size(without) } as const
    const levels = coarserLevels(axis).map(({ nodes, into }) => {
      const neutral = new Set(axis.neutral ?? [])
      const coarser = axes.with(index, {
        ...axis,
        nodes: nodes.flatMap((node) => axis.nodes[node] ?? []),
        neutral: nodes.flatMap((node, place) => (neutral.has(node) ? [place] : [])),
      })
      const { dimension } = axis
      return { advice: { kind: 'coarsen_dimension', dimension, into, cells: size(coarser) } as const, axes: coarser }
    })
    return [...(axes.length > 1 && axis.nodes.length > 1 ? [{ advice: dropped, axes: without }] : []), ...levels]
  })
}
