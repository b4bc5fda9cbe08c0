/**
 * Edges by falling weight.
 * @module
 */
import type { Edges } from './edges.ts'

/** Weights are whole numbers below this; edges that weigh 0 are left out. */
const weightLimit = 0x10000

/**
 * @param weightOf - whole number from 0 to 65535
 * @returns one list of edges per weight, heaviest first
 */
export function edgesByWeight(edges: Edges, weightOf: (edge: number) => number): Int32Array[] {
  const count = edges.count()
  const weights = new Uint16Array(count)
  const totals = new Uint32Array(weightLimit)
  for (let edge = 0; edge < count; edge++) {
    const weight = weightOf(edge)
    weights[edge] = weight
    totals[weight] = (totals[weight] as number) + 1
  }
  const starts = new Uint32Array(weightLimit)
  const classes: Int32Array[] = []
  const order = new Int32Array(count - (totals[0] as number))
  let start = 0
  for (let weight = weightLimit - 1; weight > 0; weight--) {
    const total = totals[weight] as number
    if (total === 0) continue
    starts[weight] = start
    classes.push(order.subarray(start, start + total))
    start += total
  }
  for (let edge = 0; edge < count; edge++) {
    const weight = weights[edge] as number
    if (weight > 0) order[(starts[weight] as number)++] = edge
  }
  return classes
}
