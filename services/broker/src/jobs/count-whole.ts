/**
 * Everybody, crossed the way disclosure control looks at all tables together: its own knowledge, which leaves the job's
 * memory for the time of one question only.
 * @module
 */
import type { ToCount } from '@kruispunt/disclosure'
import type { CountingJob, CountQuery } from '@kruispunt/engine'
import { extractsOf, type JobPlan } from './job-plan.ts'
import { membershipOf } from './job-tables.ts'
import type { OpenJob } from './open-job.ts'
import { type CountedPopulation, everybodyName } from './population.ts'
import { JobError } from './problems.ts'
import type { Shared } from './shared-condition.ts'
import { dimensionName, memberName, variableOf } from './variables.ts'

/** The engine counts no more dimensions at once. */
const mostAxes = 12

/** A dimension of disclosure control as the engine has it: a column, or what everybody is alike in. */
type Column = { readonly column: string; readonly storedCodeOf: (leaf: number) => number } | { readonly always: number }

/** Kept as long as the job, in its memory. */
const counted = new WeakMap<CountingJob, Map<string, readonly number[]>>()

/** @returns per crossing the count of each combination; nothing if the job cannot count one of them */
export async function countWhole(
  job: Pick<OpenJob, 'plan' | 'counting' | 'households'>,
  population: CountedPopulation,
  crossings: readonly ToCount[],
  shared: Shared,
): Promise<(readonly number[])[] | undefined> {
  const counting = population.unit === 'households' ? job.households : job.counting
  if (!counting) return undefined
  const columns = columnsOf(job.plan)
  const isWithin = shared.shared !== undefined && shared.shared === population.condition?.dimension
  const { unit, recordTable } = population.query
  const base = {
    unit,
    ...(recordTable ? { recordTable } : {}),
    population: isWithin ? population.query.population : {},
  }
  const whole: (readonly number[])[] = []
  for (const crossing of crossings) {
    const counts = await countCrossing(counting, base, crossing, columns, shared)
    if (!counts) return undefined
    whole.push(counts)
  }
  return whole
}

async function countCrossing(
  counting: CountingJob,
  base: Pick<CountQuery, 'unit' | 'recordTable' | 'population'>,
  { axes }: ToCount,
  columns: ReadonlyMap<string, Column>,
  { inside }: Shared,
): Promise<readonly number[] | undefined> {
  const asked: CountQuery['axes'][number][] = []
  const fixed: { readonly size: number; readonly at: number | undefined }[] = []
  for (const { dimension, classes } of axes) {
    const column = columns.get(dimension)
    if (!column) return undefined
    if ('always' in column) {
      fixed.push({ size: classes.length, at: classes.findIndex((leaves) => leaves.includes(column.always)) })
      continue
    }
    const shift = inside.has(dimension) ? 1 : 0
    const nodes = classes.map((leaves) => leaves.map((leaf) => column.storedCodeOf(leaf + shift)))
    fixed.push({ size: classes.length, at: undefined })
    asked.push({ column: column.column, nodes: [nodes.flat(), ...nodes] })
  }
  if (asked.length === 0 || asked.length > mostAxes) return undefined
  const query: CountQuery = { ...base, filters: [], axes: asked }
  const known = counted.get(counting) ?? new Map<string, readonly number[]>()
  counted.set(counting, known)
  const key = JSON.stringify([query, fixed])
  const found = known.get(key)
  if (found) return found
  const { cells } = await counting.count(query)
  const counts = new Array<number>(fixed.reduce((product, { size }) => product * size, 1)).fill(0)
  for (const { at, count } of cells) {
    // Node 0 of each axis is everybody on it.
    if (at.includes(0)) continue
    let next = 0
    const place = fixed.reduce((sum, axis) => sum * axis.size + (axis.at ?? (at[next++] ?? 0) - 1), 0)
    counts[place] = count
  }
  known.set(key, counts)
  return counts
}

/** By name for disclosure control; of deliveries that are open in this job only. */
function columnsOf(plan: JobPlan): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>([[everybodyName(plan), { always: 1 }]])
  const presence = (party: string): Column => ({ column: `presence:${party}`, storedCodeOf: (leaf) => leaf + 1 })
  for (const planned of plan.extracts) {
    columns.set(memberName([planned]), presence(membershipOf(plan, planned.dataset.id)))
    const ofParty = extractsOf(plan, planned.extract.party)
    columns.set(memberName(ofParty), presence(planned.extract.party))
    for (const { id } of planned.dataset.dimensions) {
      const variable = variableIn(plan, id)
      if (variable) columns.set(dimensionName(id, planned), variable)
    }
  }
  return columns
}

/** `undefined` where the job did not ask for the column. */
function variableIn(plan: JobPlan, id: string): Column | undefined {
  try {
    return variableOf(plan, id)
  } catch (error) {
    if (error instanceof JobError) return undefined
    throw error
  }
}
