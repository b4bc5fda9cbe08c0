/**
 * What the shown link counts tell an attacker: of every two partners how many people they share, so how many of a population
 * another partner knows and how many it does not.
 * @module
 */
import type { LinkQuality } from '@kruispunt/contracts'
import type { PublicAnswer } from '../../oracles/attacker.ts'

/** @param home - the partner whose people are counted */
export function linkFacts(links: LinkQuality, home: string, answers: readonly PublicAnswer[]): PublicAnswer[] {
  const used = new Set(answers.flatMap(({ axes }) => axes.map(({ dimension }) => dimension)))
  const people = links.parties.find(({ party }) => party === home)?.subjects ?? null
  const fact = (dimension: string, code: string, count: number): PublicAnswer => ({
    axes: [{ dimension, nodes: [{ code }] }],
    filters: [],
    cells: [{ at: [0], count }],
  })
  return [...used].flatMap((dimension) => {
    const isPresence = dimension.startsWith('presence:')
    const owner = isPresence ? dimension.slice('presence:'.length) : dimension.split('.')[0]
    const pair = links.pairs.find(({ a, b }) => (a === home && b === owner) || (a === owner && b === home))
    if (pair?.linked == null || people === null) return []
    return [isPresence ? fact(dimension, 'yes', pair.linked) : fact(dimension, 'not-known', people - pair.linked)]
  })
}
