/**
 * Disclosure control's advice in words.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import type { Advice } from '@kruispunt/disclosure'
import type { CheckedQuestion } from './question.ts'

const percent = (share: number): string => String(Math.floor(share * 100))

/** Advice about what the question does not show (its filters, its population) is left out: it cannot be followed here. */
export function adviceTexts(advice: readonly Advice[], { axes }: CheckedQuestion): Bilingual[] {
  return advice.flatMap((each): Bilingual[] => {
    const axis = axes.find(({ variable }) => variable.name === each.dimension)
    if (!axis) return []
    const { nl, en } = axis.variable.label
    switch (each.kind) {
      case 'coarsen_dimension':
        return [{ nl: `Kies grovere categorieën voor ${nl}.`, en: `Choose coarser categories for ${en}.` }]
      case 'drop_dimension':
        return each.shownShare === undefined
          ? [{ nl: `Laat ${nl} weg.`, en: `Leave out ${en}.` }]
          : [
              {
                nl: `Laat ${nl} weg: dan is ten minste ${percent(each.shownShare)} % van de cellen te zien.`,
                en: `Leave out ${en}: then at least ${percent(each.shownShare)} % of the cells can be shown.`,
              },
            ]
      case 'merge_categories': {
        const labels = each.codes.map(
          (code) => axis.nodes.find((node) => node.code === code)?.label ?? { nl: code, en: code },
        )
        return [
          {
            nl: `Voeg bij ${nl} samen: ${labels.map((label) => label.nl).join(' en ')}; dan is ten minste ${percent(each.shownShare)} % van de cellen te zien.`,
            en: `Under ${en}, merge ${labels.map((label) => label.en).join(' and ')}: then at least ${percent(each.shownShare)} % of the cells can be shown.`,
          },
        ]
      }
    }
  })
}
