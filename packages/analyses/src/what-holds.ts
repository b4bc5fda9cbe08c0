/**
 * What holds for every analysis of these tables: how sure the counts are, and what may not be concluded.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import type { UsedTable } from './making.ts'

export function assumptionsOf(tables: readonly UsedTable[]): Bilingual[] {
  const used = tables.filter(({ cells }) => cells > 0)
  const cells = used.reduce((sum, table) => sum + table.cells, 0)
  const inexact = used.reduce((sum, table) => sum + table.inexact, 0)
  const errors = used.flatMap(({ largestError }) => (largestError === undefined ? [] : [largestError]))
  return [
    inexact === 0
      ? {
          nl: `De analyse gebruikt ${cells} cellen, die allemaal precies bekend zijn.`,
          en: `The analysis uses ${cells} cells, all of which are known exactly.`,
        }
      : {
          nl: `De analyse gebruikt ${cells} cellen. Van ${inexact} is het aantal niet precies bekend; daarvoor is gerekend met alle aantallen die het volgens de tabellen kan zijn. De ware uitkomst ligt altijd binnen de getoonde grenzen.`,
          en: `The analysis uses ${cells} cells. Of ${inexact} the count is not known exactly; every count that the tables allow was reckoned with. The true outcome always lies within the bounds shown.`,
        },
    ...(errors.length > 0
      ? [
          {
            nl: `Aantallen met een afwijking zijn hoogstens ${Math.max(...errors)} hoger of lager dan geteld.`,
            en: `Counts that carry an error are at most ${Math.max(...errors)} higher or lower than counted.`,
          },
        ]
      : []),
  ]
}

export function limitsOf(tables: readonly UsedTable[], kind: 'descriptive' | 'diagnostic' | 'predictive'): Bilingual[] {
  return [
    ...(kind !== 'descriptive' && tables.some(({ unit, cells }) => cells > 0 && unit !== 'persons')
      ? [
          {
            nl: 'Geteld zijn geen personen. Van één persoon kunnen er meer zijn, en dan zijn de marges te smal.',
            en: 'What was counted are no persons. One person may have several, and then the margins are too narrow.',
          },
        ]
      : []),
    {
      nl: 'De uitkomst gaat over groepen. Over één persoon zegt zij niets, en mag zij niet worden gebruikt.',
      en: 'The outcome is about groups. It says nothing of one person and may not be used for one.',
    },
  ]
}
