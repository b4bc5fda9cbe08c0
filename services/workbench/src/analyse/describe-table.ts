/**
 * What a table can be asked: its variables with their levels and codes.
 * @module
 */
import { crossTabAnswer } from '@kruispunt/contracts'
import { InputRefused } from '../disclosure/errors.ts'

/** Codes printed of one level. */
const mostCodes = 40

/** @throws {@link InputRefused} `wrong_form` */
export function describeTable(value: unknown): string {
  const { logIndex: _, ...answer } = { ...(value as { readonly logIndex?: unknown }) }
  const parsed = crossTabAnswer.safeParse(answer)
  if (!parsed.success) throw InputRefused.because('wrong_form')
  const { title, population, unit, mode, axes, released, withheld, filters } = parsed.data
  return [
    `${title.en}: ${population.en}, ${unit}, ${mode}; ${released} cells shown, ${withheld} withheld`,
    ...filters.map(({ dimension, codes }) => `filter ${dimension}: ${codes.map(({ en }) => en).join(', ')}`),
    ...axes.flatMap(({ dimension, nodes }) => {
      const levels = Map.groupBy(
        nodes.filter(({ level }) => level !== null),
        ({ level }) => level,
      )
      return [...levels].map(([level, inside]) => {
        const codes = inside.map(({ code }) => code)
        const rest = codes.length > mostCodes ? ` and ${codes.length - mostCodes} more` : ''
        return `${dimension} @ ${level}: ${codes.slice(0, mostCodes).join(', ')}${rest}`
      })
    }),
  ].join('\n')
}
