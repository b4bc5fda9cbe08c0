/**
 * "Is in this delivery" as a condition on the variables at hand. Disclosure control's work grows with every variable, so
 * membership becomes one of its own only where no other says it.
 * @module
 */
import type { Axis } from '@kruispunt/disclosure'
import type { Delivery } from './job-plan.ts'
import { dimensionName, memberName } from './variables.ts'

/** `everyone` and `nobody`: true or false of all units, as the tables share the condition. */
export type Condition = Axis | 'everyone' | 'nobody'

export type Membership = {
  readonly delivery: Delivery
  readonly inside: Condition
  readonly outside: Condition
  /** The variable that says it, when it is one of the delivery's own dimensions. */
  readonly by: string | undefined
}

/** One set of leaves of one variable. */
export const only = (dimension: string, size: number, leaves: readonly number[]): Axis => ({
  dimension,
  leaves: size,
  nodes: [{ code: 'known', leaves }],
})

const yesOrNo = (name: string, shared: string | undefined): { inside: Condition; outside: Condition } =>
  name === shared
    ? { inside: 'everyone', outside: 'nobody' }
    : { inside: only(name, 2, [1]), outside: only(name, 2, [0]) }

/**
 * @param used - names of all variables in the tables
 * @param shared - the condition that was taken out of all tables
 * @returns `undefined` when no table says anything about being in the delivery
 */
export function membershipIn(
  used: ReadonlySet<string>,
  shared: string | undefined,
  delivery: Delivery,
): Membership | undefined {
  const member = memberName([delivery])
  // What is said of a record says nothing of who is in the delivery: every record is.
  const said = delivery.dataset.grain === 'person' ? delivery.dataset.dimensions : []
  const dimensions = said.filter(({ id }) => used.has(dimensionName(id, delivery)))
  const [first, ...more] = dimensions
  if (member === shared || used.has(member) || more.length > 0)
    return { delivery, ...yesOrNo(member, shared), by: undefined }
  if (!first) return undefined
  const by = dimensionName(first.id, delivery)
  const size = first.codes.length + 1
  return {
    delivery,
    inside: only(
      by,
      size,
      first.codes.map((_, index) => index + 1),
    ),
    outside: only(by, size, [0]),
    by,
  }
}

/**
 * A variable that means being in any of several deliveries.
 * @param releases - for each release: the ids of its extracts
 */
export function unionIn(name: string, shared: string | undefined, releases: ReadonlyMap<string, readonly string[]>) {
  const [kind, of = ''] = name.split('@')
  const ids =
    kind === 'everybody' ? releases.get(of) : kind === 'member' && of.includes('+') ? of.split('+') : undefined
  return ids && { ...yesOrNo(name, shared), extractIds: new Set<string>(ids) }
}
