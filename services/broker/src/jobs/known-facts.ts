/**
 * What everybody knows besides the answers, in the form of answers: how deliveries nest, how many persons and records
 * each announced in the log, and what the linkage report shows.
 *
 * Without these, disclosure control would take an attacker for more ignorant than he is. Whoever is told how many
 * residents receive no provision can subtract from the number of residents that the extract's signed header states.
 * Only facts about variables that some table uses are given; others constrain nothing.
 * @module
 */
import type { Axis, EarlierTable } from '@kruispunt/disclosure'
import type { DisplayedLinkageReport } from '@kruispunt/linkage/broker'
import type { Delivery, JobPlan } from './job-plan.ts'
import { membershipOf } from './job-tables.ts'
import { type Membership, membershipIn, only, unionIn } from './membership.ts'
import { type CountedPopulation, everybodyName } from './population.ts'
import { declaredAbsent, dimensionName } from './variables.ts'

export type FactSources = {
  readonly plan: JobPlan
  readonly population: CountedPopulation
  /** Every delivery under the agreement. */
  readonly deliveries: readonly Delivery[]
  /** For each release that a table counted: the ids of its extracts. */
  readonly releases: ReadonlyMap<string, readonly string[]>
  /** The linkage report as anybody may see it. */
  readonly shown: DisplayedLinkageReport
  /** The condition that all tables share and that has been taken out of them. */
  readonly shared: string | undefined
}

/** So many units fit all the conditions. One that nobody fits makes it a fact about nobody: none. */
type Fact = { readonly where: readonly (Axis | 'everyone' | 'nobody')[]; readonly count: number }

/** @param tables - the axes of every table that goes to disclosure control, the one asked for included */
export function knownFacts(sources: FactSources, tables: readonly (readonly Axis[])[]): EarlierTable[] {
  const { population, shared } = sources
  const all = tables.flat()
  const used = new Set(all.map(({ dimension }) => dimension))
  const members = sources.deliveries.flatMap((delivery) => {
    const found = membershipIn(used, shared, delivery)
    return found ? [found] : []
  })
  const facts = [
    ...sources.deliveries.flatMap((delivery) => absentFacts(delivery, all)),
    ...members.flatMap((member) => categoryFacts(member, used)),
    ...unionFacts(sources, members, used),
    ...unitFacts(sources, members, used),
  ]
  return facts.flatMap(({ where, count }): EarlierTable[] => {
    if (where.includes('nobody')) return []
    const conditions = where.filter((condition): condition is Axis => typeof condition !== 'string')
    const axes = conditions.length > 0 ? conditions : all.slice(0, 1).map(everythingOf)
    const at = axes.map(() => 0)
    return [
      {
        population: population.ledgerKey,
        unit: population.unit,
        axes,
        cells: [{ at, state: 'released', count }],
        ...(count === 0 ? { structuralZeros: [at] } : {}),
      },
    ]
  })
}

const everythingOf = ({ dimension, leaves }: Axis): Axis =>
  only(
    dimension,
    leaves,
    Array.from({ length: leaves }, (_, leaf) => leaf),
  )

/** Nobody is in a category that the owner declares empty. */
function absentFacts({ extract, dataset }: Delivery, all: readonly Axis[]): Fact[] {
  return dataset.dimensions.flatMap((dimension): Fact[] => {
    const name = dimensionName(dimension.id, { extract, dataset })
    const axis = all.find((candidate) => candidate.dimension === name)
    if (!axis) return []
    return declaredAbsent(dimension, extract, axis.leaves).map((leaf) => ({
      where: [only(name, axis.leaves, [leaf])],
      count: 0,
    }))
  })
}

/** Who is in a delivery has a category in each of its columns, and who is not has none. */
function categoryFacts({ delivery, inside, outside, by }: Membership, used: ReadonlySet<string>): Fact[] {
  // Of a delivery that everyone is in, the leaf for those outside has been taken out; a record has no such leaf.
  if (inside === 'everyone' || delivery.dataset.grain === 'record') return []
  return delivery.dataset.dimensions.flatMap(({ id, codes }): Fact[] => {
    const name = dimensionName(id, delivery)
    if (!used.has(name) || name === by) return []
    const size = codes.length + 1
    const some = codes.map((_, index) => index + 1)
    return [
      { where: [only(name, size, [0]), inside], count: 0 },
      { where: [only(name, size, some), outside], count: 0 },
    ]
  })
}

/** Known to a party with several deliveries, or counted among everybody: in at least one of some deliveries. */
function unionFacts(
  { deliveries, releases, shared }: FactSources,
  members: readonly Membership[],
  used: ReadonlySet<string>,
): Fact[] {
  const unions = [...used, ...(shared === undefined ? [] : [shared])].flatMap((name) => {
    const union = unionIn(name, shared, releases)
    return union ? [union] : []
  })
  const nested = unions.flatMap((inner) =>
    unions
      .filter((outer) => outer !== inner && [...inner.extractIds].every((id) => outer.extractIds.has(id)))
      .map((outer): Fact => ({ where: [inner.inside, outer.outside], count: 0 })),
  )
  const parted = unions.flatMap(({ inside, outside, extractIds }): Fact[] => {
    const parts = members.filter(({ delivery }) => extractIds.has(delivery.extract.extractId))
    const within = parts.map((part): Fact => ({ where: [part.inside, outside], count: 0 }))
    const known = deliveries.filter(({ extract }) => extractIds.has(extract.extractId))
    if (parts.length < known.length) return within
    return [...within, { where: [inside, ...parts.map((part) => part.outside)], count: 0 }]
  })
  return [...nested, ...parted]
}

function unitFacts(sources: FactSources, members: readonly Membership[], used: ReadonlySet<string>): Fact[] {
  switch (sources.population.unit) {
    case 'records':
      return recordFacts(sources, members)
    case 'persons':
      return personFacts(sources, members, used)
    case 'households':
      return householdFacts(sources, used)
  }
}

/** No header says how many households there are; the linkage report does, of everybody. */
function householdFacts({ plan, shown, releases, shared }: FactSources, used: ReadonlySet<string>): Fact[] {
  const everybody = everybodyName(plan)
  const total = shown.households?.households ?? null
  const union = used.has(everybody) || shared === everybody ? unionIn(everybody, shared, releases) : undefined
  return union && total !== null ? [{ where: [union.inside], count: total }] : []
}

/** Each extract's header says in the log how many persons it holds; the linkage report says how many they share. */
function personFacts(
  { plan, shown, releases, shared }: FactSources,
  members: readonly Membership[],
  used: ReadonlySet<string>,
): Fact[] {
  const facts = members.map(({ inside, delivery }): Fact => ({ where: [inside], count: delivery.extract.subjects }))
  const labelled = members.flatMap((member) => {
    const { extract, dataset } = member.delivery
    const isOpen = plan.extracts.some((planned) => planned.extract.extractId === extract.extractId)
    return isOpen ? [{ ...member, label: membershipOf(plan, dataset.id) }] : []
  })
  for (const [at, a] of labelled.entries()) {
    for (const b of labelled.slice(at + 1)) {
      const pair = shown.pairs.find(({ parties }) => parties.includes(a.label) && parties.includes(b.label))
      if (pair && pair.linked !== null) facts.push({ where: [a.inside, b.inside], count: pair.linked })
    }
  }
  // How many of a party's persons nobody else knows says something only where all the others are in play.
  for (const member of labelled.length === plan.extracts.length ? labelled : []) {
    const party = shown.parties.find((candidate) => candidate.party === member.label)
    if (!party || party.subjects === null || party.linked === null) continue
    const others = labelled.filter((other) => other !== member).map((other) => other.outside)
    facts.push({ where: [member.inside, ...others], count: party.subjects - party.linked })
  }
  const everybody = everybodyName(plan)
  // A count of all of somebody's persons is no count within a population that not all of them belong to.
  const holds = ({ where }: Fact) => shared === undefined || shared === everybody || where.includes('everyone')
  const union = used.has(everybody) || shared === everybody ? unionIn(everybody, shared, releases) : undefined
  if (union && shown.persons !== null) facts.push({ where: [union.inside], count: shown.persons })
  return facts.filter(holds)
}

/** The header says how many records there are, and every record is of a person in the delivery. */
function recordFacts({ population, deliveries }: FactSources, members: readonly Membership[]): Fact[] {
  const [own] = population.extractIds
  const delivery = deliveries.find(({ extract }) => extract.extractId === own)
  if (!delivery) throw new Error('records without their delivery')
  const member = members.find(({ delivery: { extract } }) => extract.extractId === own)
  return [
    { where: ['everyone'], count: delivery.extract.records },
    ...(member ? [{ where: [member.outside], count: 0 }] : []),
  ]
}
