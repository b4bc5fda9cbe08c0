/**
 * From a pattern that holds to one that withholds less, if possible to the least (disclosure.md §2.4, steps 3 and 4).
 *
 * The cutting planes say how little could be enough and which cells that would take; each of their proposals is completed to a
 * pattern that holds in whole numbers, by the same repair and the same attacker as the first. The cheapest is kept.
 * @module
 */
import type { Guard } from '../guards.ts'
import type { Entry } from '../registry.ts'
import type { Suppression } from '../suppress.ts'
import type { Budget } from './budget.ts'
import { CuttingPlanes } from './cutting-planes.ts'

/** What is known of the pattern that was kept: its cost, and a cost that no pattern that holds goes below. */
export type Improved = { readonly cost: number; readonly bound: number }

/** Share of the cheapest cell by which a pattern may cost more than the bound and count as the least. */
const near = 0.5
/** A cell withheld in this part or more is one that a whole pattern will withhold. */
const seeded = 0.999
/** Least price of a cell that the cutting planes ask for, as a share of its cost. */
const asked = 0.02

/** @param guards - which hold with what is withheld now */
export function improve(suppression: Suppression, guards: readonly Guard[], budget: Budget): Improved {
  const { solver, system } = suppression
  suppression.prune(guards, budget, ({ cost }) => cost)
  let best = suppression.pattern()
  if (best.withheld.size === 0 || budget.spent()) return { cost: best.cost, bound: 0 }
  const choices = system.entries.filter(
    (entry) => system.isFree(entry) && !entry.total && (system.isShown(entry) || best.withheld.has(entry)),
  )
  const slack = near * choices.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY)
  const leveled = guards.filter(({ need, truth }) => need !== undefined && truth !== undefined)
  const planes = new CuttingPlanes(solver, system, leveled, choices)
  const attempt = (): void => {
    const parts = new Map(choices.map((entry, choice): [Entry, number] => [entry, planes.z[choice] ?? 0]))
    const seeds = new Set(choices.filter((entry) => (parts.get(entry) ?? 0) >= seeded))
    const prices = new Map(choices.map((entry) => [entry, entry.cost * Math.max(asked, 1 - (parts.get(entry) ?? 0))]))
    if (!suppression.complete(guards, seeds, prices)) return
    suppression.prune(guards, budget, (entry) => entry.cost - (parts.get(entry) ?? 0))
    const found = suppression.pattern()
    if (found.cost < best.cost) best = found
  }
  try {
    planes.prepare(budget)
    planes.relax(budget, best.cost - slack)
    for (;;) {
      if (planes.bound >= best.cost - slack) break
      attempt()
      if (planes.bound >= best.cost - slack || budget.spent()) break
      if (!planes.whole(budget)) break
    }
  } finally {
    planes.dispose()
    suppression.restore(best)
  }
  return { cost: best.cost, bound: planes.bound }
}
