/**
 * Scoring a self-test with invented people (linkage.md §6).
 *
 * Nodes invent the same people, with known overlap and errors; for the linker they are subjects like others. Who is who is
 * given afterwards.
 * @module
 */
import { BrokerLinkageError } from './errors.ts'
import { pairsOf } from './pair-counts.ts'

export type WithDecoys = {
  /** per extract, per subject, its person */
  readonly personOf: readonly Uint32Array[]
  /** per extract, per subject: 0 for somebody real, otherwise the number of the invented person */
  readonly decoys: readonly Uint32Array[]
}

export type DecoyScore = {
  /** numbers of two extracts */
  readonly pair: readonly [number, number]
  /** invented people that both extracts hold */
  readonly expected: number
  /** of those, linked */
  readonly recovered: number
  /** links between an invented person and anybody else, invented or real */
  readonly falseLinks: number
}

const nobody = 0xffffffff

/**
 * @returns one score per pair of extracts
 * @throws {@link BrokerLinkageError} `persons_malformed`
 */
export function scoreDecoys({ personOf, decoys }: WithDecoys): DecoyScore[] {
  check({ personOf, decoys })
  const persons = personsIn(personOf)
  /** per extract: per person, whom it holds for it: `nobody`, 0 for somebody real, or an invented person */
  const heldFor = decoys.map((invented, at) => {
    const held = new Uint32Array(persons).fill(nobody)
    for (const [subject, decoy] of invented.entries()) held[personOf[at]?.[subject] as number] = decoy
    return held
  })
  const listed = decoys.map((invented) => new Set(invented.filter((decoy) => decoy > 0)))
  return pairsOf(decoys.length).map(([a, b]) => {
    let [recovered, falseLinks] = [0, 0]
    for (let person = 0; person < persons; person++) {
      const one = heldFor[a]?.[person] as number
      const other = heldFor[b]?.[person] as number
      if (one === nobody || other === nobody || (one === 0 && other === 0)) continue
      if (one === other) recovered++
      else falseLinks++
    }
    const expected = [...(listed[a] ?? [])].filter((decoy) => listed[b]?.has(decoy)).length
    return { pair: [a, b], expected, recovered, falseLinks }
  })
}

function check({ personOf, decoys }: WithDecoys): void {
  const fits = personOf.length === decoys.length && personOf.every((of, at) => of.length === decoys[at]?.length)
  if (!fits) throw new BrokerLinkageError('persons_malformed')
}

const personsIn = (personOf: readonly Uint32Array[]): number =>
  personOf.reduce((most, numbers) => numbers.reduce((high, person) => Math.max(high, person + 1), most), 0)
