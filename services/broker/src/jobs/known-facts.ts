/**
 * What everybody knows besides the answers, in the form of answers: how deliveries nest, how many persons and records
 * each announced in the log, and what the linkage report shows.
 *
 * Without these, disclosure control would take an attacker for more ignorant than he is. Whoever is told how many
 * residents receive no provision can subtract from the number of residents that the extract's signed header states.
 * Only facts about variables that some table uses are given; others constrain nothing.
 * @module
 */
import type { Axis, EarlierTable, Position } from '@kruispunt/disclosure'
import type { DisplayedLinkageReport } from '@kruispunt/linkage/broker'
import type { Delivery, JobPlan } from './job-plan.ts'
import { membershipOf } from './job-tables.ts'
import { type CountedPopulation, everybodyName } from './population.ts'
import { dimensionName, memberName } from './variables.ts'

type Fact = { readonly axes: readonly Axis[]; readonly count: number }

export type FactSources = {
  readonly plan: JobPlan
  readonly population: CountedPopulation
  /** Every delivery under the agreement. */
  readonly deliveries: readonly Delivery[]
  /** For each release that a table counted: the ids of its extracts. */
  readonly releases: ReadonlyMap<string, readonly string[]>
  /** The linkage report as anybody may see it. */
  readonly shown: DisplayedLinkageReport
}

/** One set of leaves of one variable. */
const only = (dimension: string, size: number, leaves: readonly number[]): Axis => ({
  dimension,
  leaves: size,
  nodes: [{ code: 'known', leaves }],
})
const isIn = (name: string) => only(name, 2, [1])
const isNotIn = (name: string) => only(name, 2, [0])

/** @param tables - the axes of every table that goes to disclosure control, the one asked for included */
export function knownFacts(sources: FactSources, tables: readonly (readonly Axis[])[]): EarlierTable[] {
  const { population } = sources
  const used = new Set(tables.flat().map(({ dimension }) => dimension))
  const uses = (delivery: Delivery) =>
    used.has(memberName([delivery])) ||
    delivery.dataset.dimensions.some(({ id }) => used.has(dimensionName(id, delivery)))
  const inUse = sources.deliveries.filter(uses)
  const facts = [
    ...inUse.flatMap((delivery) => outsideFacts(delivery, population, used)),
    ...unionFacts(sources, inUse, used),
    ...(population.unit === 'records' ? recordFacts(sources, tables) : personFacts(sources, inUse, used)),
  ]
  return facts.map(({ axes, count }) => {
    const at: Position = axes.map(() => 0)
    return {
      population: population.ledgerKey,
      unit: population.unit,
      axes,
      cells: [{ at, state: 'released', count }],
      ...(count === 0 ? { structuralZeros: [at] } : {}),
    }
  })
}

/** Who is in a delivery has a category in each of its columns, and who is not has none. */
function outsideFacts(delivery: Delivery, population: CountedPopulation, used: ReadonlySet<string>): Fact[] {
  const member = memberName([delivery])
  return delivery.dataset.dimensions.flatMap(({ id, codes }): Fact[] => {
    const name = dimensionName(id, delivery)
    if (!used.has(name)) return []
    const size = codes.length + 1
    const none = only(name, size, [0])
    if (population.unit === 'records' && delivery.dataset.grain === 'record') return [{ axes: [none], count: 0 }]
    const some = codes.map((_, index) => index + 1)
    return [
      { axes: [none, isIn(member)], count: 0 },
      { axes: [only(name, size, some), isNotIn(member)], count: 0 },
    ]
  })
}

/** Known to a party with several deliveries, or counted among everybody: in at least one of some deliveries. */
function unionFacts(
  { deliveries, releases }: FactSources,
  inUse: readonly Delivery[],
  used: ReadonlySet<string>,
): Fact[] {
  const unions = [...used].flatMap((name) => {
    const [kind, of = ''] = name.split('@')
    const ids = kind === 'everybody' ? releases.get(of) : kind === 'member' ? of.split('+') : undefined
    return ids && (kind === 'everybody' || ids.length > 1) ? [{ name, ids: new Set<string>(ids) }] : []
  })
  const nested = unions.flatMap((inner) =>
    unions
      .filter((outer) => outer !== inner && [...inner.ids].every((id) => outer.ids.has(id)))
      .map((outer): Fact => ({ axes: [isIn(inner.name), isNotIn(outer.name)], count: 0 })),
  )
  const parted = unions.flatMap(({ name, ids }): Fact[] => {
    const among = (list: readonly Delivery[]) => list.filter(({ extract }) => ids.has(extract.extractId))
    const parts = among(inUse)
    const inside = parts.map((part): Fact => ({ axes: [isIn(memberName([part])), isNotIn(name)], count: 0 }))
    if (parts.length < among(deliveries).length) return inside
    return [...inside, { axes: [isIn(name), ...parts.map((part) => isNotIn(memberName([part])))], count: 0 }]
  })
  return [...nested, ...parted]
}

/** Each extract's header says in the log how many persons it holds; the linkage report says how many they share. */
function personFacts({ plan, shown }: FactSources, inUse: readonly Delivery[], used: ReadonlySet<string>): Fact[] {
  const facts = inUse.map(
    (delivery): Fact => ({
      axes: [isIn(memberName([delivery]))],
      count: delivery.extract.subjects,
    }),
  )
  const labelled = inUse.flatMap((delivery) => {
    const isOpen = plan.extracts.some(({ extract }) => extract.extractId === delivery.extract.extractId)
    return isOpen ? [{ name: memberName([delivery]), label: membershipOf(plan, delivery.dataset.id) }] : []
  })
  for (const [at, a] of labelled.entries()) {
    for (const b of labelled.slice(at + 1)) {
      const pair = shown.pairs.find(({ parties }) => parties.includes(a.label) && parties.includes(b.label))
      if (pair && pair.linked !== null) facts.push({ axes: [isIn(a.name), isIn(b.name)], count: pair.linked })
    }
  }
  // How many of a party's persons nobody else knows says something only where all the others are in play.
  for (const { name, label } of labelled.length === plan.extracts.length ? labelled : []) {
    const party = shown.parties.find((candidate) => candidate.party === label)
    if (!party || party.subjects === null || party.linked === null) continue
    const others = labelled.filter((other) => other.name !== name).map((other) => isNotIn(other.name))
    facts.push({ axes: [isIn(name), ...others], count: party.subjects - party.linked })
  }
  const everybody = everybodyName(plan)
  if (used.has(everybody) && shown.persons !== null) facts.push({ axes: [isIn(everybody)], count: shown.persons })
  return facts
}

/** The header says how many records there are, and every record is of a person in the delivery. */
function recordFacts({ population, deliveries }: FactSources, tables: readonly (readonly Axis[])[]): Fact[] {
  const delivery = deliveries.find(({ extract }) => population.ledgerKey.endsWith(`@${extract.extractId}`))
  const any = tables.flat()[0]
  if (!delivery || !any) throw new Error('records without their delivery')
  const everything = Array.from({ length: any.leaves }, (_, leaf) => leaf)
  const member = memberName([delivery])
  const facts: Fact[] = [{ axes: [only(any.dimension, any.leaves, everything)], count: delivery.extract.records }]
  if (tables.flat().some(({ dimension }) => dimension === member)) facts.push({ axes: [isNotIn(member)], count: 0 })
  return facts
}
