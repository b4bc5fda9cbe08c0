/**
 * From a pattern that holds to one that withholds less, if possible to the least (disclosure.md §2.4, steps 3 and 4).
 *
 * The cutting planes say how little could be enough and which cells that would take; each of their proposals is completed to a
 * pattern that holds in whole numbers, by the same repair and the same attacker as the first. The cheapest is kept.
 * @module
 */
import type { Guard } from '../guards.ts'
import type { Entry } from '../registry.ts'
import type { Improved, Suppression } from '../suppress.ts'
import type { Budget } from './budget.ts'
import { CuttingPlanes } from './cutting-planes.ts'

/** Share of the cheapest cell by which a pattern may cost more than the bound and count as the least. */
const near = 0.5
/** Least price of a cell that the cutting planes ask for, as a share of its cost. */
const least = 0.02
/** Where a search in whole cells is worth its time. */
const small = { choices: 160, guards: 40 }
/** Added to the price of a cell that is to be done without, in times its cost. */
const avoid = 10

/** @param guards - which hold with what is withheld now */
export function improve(suppression: Suppression, guards: readonly Guard[], budget: Budget): Improved {
  const { solver, system } = suppression
  suppression.prune(guards, budget.part(0.3), ({ cost }) => cost)
  let best = suppression.pattern()
  if (best.withheld.size === 0 || budget.spent()) return { cost: best.cost, atLeast: 0 }
  const choices = system.entries.filter(
    (entry) => system.isFree(entry) && !entry.total && (system.isShown(entry) || best.withheld.has(entry)),
  )
  const slack = near * choices.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY)
  const leveled = suppression.needy(guards).filter(({ need, truth }) => need !== undefined && truth !== undefined)
  const planes = new CuttingPlanes(solver, system, leveled, choices)
  const isLeast = (): boolean => planes.bound >= best.cost - slack
  /** Completes a proposal; the better a cell is liked, the less it costs. @returns whether that is the best so far */
  const attempt = (seeds: ReadonlySet<Entry>, liking: (entry: Entry) => number): boolean => {
    const prices = new Map(choices.map((entry) => [entry, entry.cost * Math.max(least, 1 - liking(entry))]))
    if (!suppression.complete(guards, seeds, prices, budget)) return false
    suppression.prune(guards, budget, (entry) => entry.cost - liking(entry), planes)
    const found = suppression.pattern()
    if (found.cost >= best.cost) return false
    best = found
    return true
  }
  const attemptPlanes = (): void => {
    const parts = new Map(choices.map((entry, choice): [Entry, number] => [entry, planes.z[choice] ?? 0]))
    attempt(new Set(choices.filter((entry) => parts.get(entry) === 1)), (entry) => parts.get(entry) ?? 0)
  }
  /** Does without one cell after the other, as long as a round of that helps. */
  const exchange = (budget: Budget): void => {
    const tried = new Set<Entry>()
    for (let helped = false; ; ) {
      const [out] = [...best.withheld].filter((entry) => !tried.has(entry)).toSorted((a, b) => b.cost - a.cost)
      if (budget.spent() || isLeast() || (!out && !helped)) return
      if (!out) {
        tried.clear()
        helped = false
        continue
      }
      tried.add(out)
      const seeds = new Set(best.withheld)
      seeds.delete(out)
      if (attempt(seeds, (entry) => (entry === out ? -avoid : 0))) helped = true
    }
  }
  try {
    planes.prepare(budget)
    planes.relax(budget.part(0.3), best.cost - slack)
    if (!isLeast()) attemptPlanes()
    exchange(budget.part(0.4))
    if (!isLeast() && planes.dive(budget.part(0.5), best.cost - slack)) attemptPlanes()
    const isSmall = choices.length <= small.choices && guards.length <= small.guards
    const proof = budget.part(0.7)
    while (isSmall && !isLeast() && planes.whole(proof)) attemptPlanes()
    exchange(budget)
  } finally {
    planes.dispose()
    suppression.restore(best)
  }
  return { cost: best.cost, atLeast: Math.min(best.cost, planes.bound) }
}
