/**
 * The cells of a table: every combination of nodes, and which of them a row falls in.
 * @module
 */
import type { Axis } from './counting-engine.ts'
import { EngineError } from './errors.ts'

const mostAxes = 12
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
  if (axes.length < 1 || axes.length > mostAxes) throw new EngineError('axes_count')
  for (const { nodes } of axes) checkNodes(nodes)
  const sizes = axes.map(({ nodes }) => nodes.length)
  const size = sizes.reduce((product, nodes) => product * nodes, 1)
  if (size > mostCells) throw new EngineError('too_many_cells')
  const perCode = axes.map(({ nodes }) => nodesPerCode(nodes))
  const places = perCode.map((codes) => codes.places)
  const lengths = axes.map(({ nodes }) => (nodes[0] as readonly number[]).length)
  if (lengths.reduce((product, codes) => product * codes, 1) > Number.MAX_SAFE_INTEGER)
    throw new EngineError('too_many_cells')
  const known = new Map<number, Uint32Array>()
  const make = (codes: readonly number[]): Uint32Array => {
    let cells = [0]
    for (const [axis, code] of codes.entries()) {
      const nodes = perCode[axis]?.nodes.get(code) as number[]
      cells = cells.flatMap((cell) => nodes.map((node) => cell * (sizes[axis] as number) + node))
    }
    return Uint32Array.from(cells)
  }

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
      // A key from the places of the codes on their axes, as codes themselves do not fit one exact number.
      let key = 0
      for (let axis = 0; axis < places.length; axis++) {
        key = key * (lengths[axis] as number) + ((places[axis] as Uint16Array)[codes[axis] as number] as number)
      }
      const found = known.get(key)
      if (found !== undefined) return found
      const made = make(codes)
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

/** Per code of an axis: its place in the first node, and the nodes it is in. */
function nodesPerCode(nodes: Axis['nodes']): { places: Uint16Array; nodes: Map<number, number[]> } {
  const places = new Uint16Array(0x10000)
  const nodesOf = new Map<number, number[]>()
  for (const [place, code] of (nodes[0] ?? []).entries()) {
    places[code] = place
    nodesOf.set(code, [])
  }
  for (const [node, codes] of nodes.entries()) for (const code of codes) nodesOf.get(code)?.push(node)
  return { places, nodes: nodesOf }
}
