/**
 * The cells of a table: every combination of nodes, and which of them a row falls in.
 * @module
 */
import type { Axis } from './counting-engine.ts'
import { EngineError } from './errors.ts'

const mostCells = 250_000
const mostCodes = 4096

export type TableCells = {
  /** number of cells */
  readonly size: number
  /** per axis, the node of this cell */
  readonly at: (cell: number) => number[]
  /** the cells of a row with these codes, one code per axis; every code is in the first node of its axis */
  readonly of: (codes: readonly number[]) => Uint32Array
}

/**
 * @throws {@link EngineError} `axes_count`, `axis_malformed`, `codes_malformed`, `too_many_cells`
 */
export function tableCells(axes: readonly Axis[]): TableCells {
  if (axes.length < 1 || axes.length > 4) throw new EngineError('axes_count')
  for (const { nodes } of axes) checkNodes(nodes)
  const sizes = axes.map(({ nodes }) => nodes.length)
  const size = sizes.reduce((product, nodes) => product * nodes, 1)
  if (size > mostCells) throw new EngineError('too_many_cells')
  const nodesOf = axes.map(({ nodes }) => nodesPerCode(nodes))
  const known = new Map<number, Uint32Array>()

  return {
    size,
    at: (cell) => {
      let rest = cell
      return sizes
        .toReversed()
        .map((nodes) => {
          const node = rest % nodes
          rest = (rest - node) / nodes
          return node
        })
        .reverse()
    },
    of: (codes) => {
      // Four codes below 2^16 do not fit one exact number; their places among at most 4096 codes of an axis do.
      let key = 0
      for (const [axis, code] of codes.entries()) key = key * mostCodes + (nodesOf[axis]?.get(code)?.place as number)
      const found = known.get(key)
      if (found !== undefined) return found
      let cells = [0]
      for (const [axis, code] of codes.entries()) {
        const nodes = nodesOf[axis]?.get(code)?.nodes as number[]
        cells = cells.flatMap((cell) => nodes.map((node) => cell * (sizes[axis] as number) + node))
      }
      const made = Uint32Array.from(cells)
      known.set(key, made)
      return made
    },
  }
}

/** Whether these are different codes as the engine stores them, at least one. */
export function checkCodes(codes: readonly number[]): void {
  const whole = codes.every((code) => Number.isInteger(code) && code >= 0 && code <= 0xffff)
  if (codes.length === 0 || !whole || new Set(codes).size !== codes.length) throw new EngineError('codes_malformed')
}

function checkNodes(nodes: Axis['nodes']): void {
  const [whole, ...parts] = nodes
  if (whole === undefined || nodes.some((node) => node.length === 0)) throw new EngineError('axis_malformed')
  for (const node of nodes) checkCodes(node)
  const inside = new Set(whole)
  const fits = parts.every((node) => node.every((code) => inside.has(code)))
  if (!fits || whole.length > mostCodes) throw new EngineError('axis_malformed')
}

function nodesPerCode(nodes: Axis['nodes']): Map<number, { place: number; nodes: number[] }> {
  const perCode = new Map((nodes[0] ?? []).map((code, place) => [code, { place, nodes: [] as number[] }]))
  for (const [node, codes] of nodes.entries()) for (const code of codes) perCode.get(code)?.nodes.push(node)
  return perCode
}
