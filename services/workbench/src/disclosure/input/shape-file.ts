/**
 * The shape of a table that nobody has counted yet: `kruispunt-disclosure dry-run shape.json`.
 * @module
 */
import { z } from 'zod'
import { Faults } from '../errors.ts'
import type { Dimension } from './dimension.ts'
import { count, parseOuter } from './parse.ts'
import { type Policy, toPolicy } from './policy.ts'
import { heading, readDimensions } from './table-file.ts'
import { type View, viewOf } from './view.ts'

const shape = z.strictObject({
  format: heading.format,
  title: heading.title,
  source: heading.source,
  note: heading.note,
  population: heading.population,
  dimensions: z.array(z.unknown()).min(1),
  persons: count,
  parties: z.record(z.string(), z.number().min(0).max(1)).default({}),
  policy: z.unknown().optional(),
  draws: z.int().min(1).max(200).default(20),
  seed: z.int().min(0).default(1),
})

export type ReadShape = {
  readonly title: string | undefined
  readonly population: string
  readonly policy: Policy
  readonly views: readonly View[]
  readonly shares: readonly (readonly number[])[]
  readonly persons: number
  readonly parties: Readonly<Record<string, number>>
  readonly draws: number
  readonly seed: number
}

/** @throws {@link InputRefused} with everything that is wrong */
export function readShape(raw: unknown): ReadShape {
  const faults = new Faults()
  const file = parseOuter(shape, raw, '', faults)
  if (!file) throw faults.refused()
  const policy = toPolicy(file.policy, 'policy', faults)
  const dimensions = readDimensions(file.dimensions, 'dimensions', faults)
  const shares = dimensions?.map((dimension, index) => sharesOf(dimension, `dimensions[${index}]`, faults))
  faults.end()
  if (!policy || !dimensions || !shares) throw faults.refused()
  const { title, population, persons, parties, draws, seed } = file
  return {
    title,
    population,
    policy,
    views: dimensions.map((each) => viewOf(each)),
    shares,
    persons,
    parties,
    draws,
    seed,
  }
}

/** With no size at all, all finest codes are alike. */
function sharesOf({ sizes }: Dimension, path: string, faults: Faults): number[] {
  const given = sizes.filter((size) => size !== undefined)
  if (given.length === 0) return sizes.map(() => 1)
  const sum = given.reduce((total, size) => total + size, 0)
  if (given.length < sizes.length || sum <= 0) faults.add('sizes_incomplete', `${path}.codes`)
  return given
}
