/**
 * An attacker apart from the product: from the published cells of answers about residents alone, over every combination of area,
 * care and age, asked as an integer programme written out as text.
 */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import loadHighs from 'highs'
import { ages, areas, districtOf, type Person } from './people.ts'

const highs = await (loadHighs as unknown as typeof loadHighs.default)()

type Kind = { readonly area: string; readonly care: string; readonly age: string }
const kinds: readonly Kind[] = [...areas, 'unknown'].flatMap((area) =>
  ['yes', 'no', 'unknown'].flatMap((care) => [...ages, 'unknown'].map((age) => ({ area, care, age }))),
)

const codesAt = ({ axes }: CrossTabAnswer, at: readonly number[]) =>
  axes.map(({ dimension, nodes }, axis) => [dimension, nodes[at[axis] ?? 0]?.code ?? ''] as const)
const isIn = (kind: Kind, codes: ReturnType<typeof codesAt>) =>
  codes.every(([dimension, code]) => {
    const own = kind[dimension as keyof Kind]
    return code === 'total' || own === code || districtOf[own] === code
  })

/** By plain counting, in the order of the cells. */
export const trueCounts = (answer: CrossTabAnswer, people: readonly Person[]): number[] =>
  answer.cells.map(({ at }) => {
    const codes = codesAt(answer, at)
    return people.filter(({ resident }) => resident && isIn(resident, codes)).length
  })

const sum = (members: readonly number[]) => members.map((index) => `x${index}`).join(' + ')

/** @returns each withheld count from 1 to below `minimum` that all answers together narrow down below it, or tell */
export function attackTogether(answers: readonly CrossTabAnswer[], people: readonly Person[], minimum: number) {
  const cells = answers.flatMap((answer) => {
    const truth = trueCounts(answer, people)
    return answer.cells.map((cell, index) => {
      const codes = codesAt(answer, cell.at)
      const members = kinds.flatMap((kind, at) => (isIn(kind, codes) ? [at] : []))
      return { cell, name: codes.join(), members, count: truth[index] ?? 0 }
    })
  })
  const rows = cells.flatMap(({ cell, members }, at) =>
    cell.state === 'released' ? [` r${at}: ${sum(members)} = ${cell.count}`] : [],
  )
  const all = kinds.map((_, at) => `x${at}`)
  const extreme = (side: 'Maximize' | 'Minimize', members: readonly number[]) => {
    // No count is taken to be larger than this.
    const bounds = all.map((name) => ` ${name} <= 10000`)
    const lines = [
      side,
      ` o: ${sum(members)}`,
      'Subject To',
      ...rows,
      'Bounds',
      ...bounds,
      'General',
      ` ${all.join(' ')}`,
      'End',
    ]
    const { Status: status, ObjectiveValue: value } = highs.solve(lines.join('\n'))
    if (status !== 'Optimal') throw new Error(`the attacker's programme: ${status}`)
    return Math.round(value)
  }
  return cells.flatMap(({ cell, name, members, count }) => {
    if (cell.state === 'released') return count > 0 && count < minimum ? [{ name, count }] : []
    if (count === 0 || count >= minimum) return []
    const [low, high] = [extreme('Minimize', members), extreme('Maximize', members)]
    return high >= minimum && low < high ? [] : [{ name, count, low, high }]
  })
}
