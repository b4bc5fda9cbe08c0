/**
 * Advice in plain words.
 * @module
 */
import type { Advice } from '../types.ts'
import { categoryWords, dimensionWords, type Labels, listed, type Words } from './words.ts'

/** More groups than this are not written out. */
const mostNamed = 6

/**
 * What to ask instead, and what that would show.
 * @param gained - `certain` where the pattern of an answer shows it, `expected` where a dry run makes it likely
 */
export function adviceText(advice: Advice, labels: Labels = {}, gained: 'certain' | 'expected' = 'certain'): Words {
  const what = dimensionWords(labels, advice.dimension)
  const { nl, en } = gain(advice, gained)
  switch (advice.kind) {
    case 'drop_dimension':
      return { nl: `Laat ${what.nl} weg: ${nl}`, en: `Leave out ${what.en}: ${en}` }
    case 'coarsen_dimension': {
      const groups = advice.into.map((codes) => together(codes, advice.dimension, labels))
      const asked = listed(groups.slice(0, mostNamed))
      const left = groups.length - mostNamed
      return {
        nl: `Kies grovere categorieën voor ${what.nl} (${asked.nl}${left > 0 ? ` en nog ${left}` : ''}): ${nl}`,
        en: `Choose coarser categories for ${what.en} (${asked.en}${left > 0 ? ` and ${left} more` : ''}): ${en}`,
      }
    }
    case 'merge_categories': {
      const merged = listed(advice.codes.map((code) => categoryWords(labels, advice.dimension, code)))
      return { nl: `Voeg bij ${what.nl} samen: ${merged.nl}; ${nl}`, en: `Under ${what.en}, merge ${merged.en}: ${en}` }
    }
  }
}

function together(codes: readonly string[], dimension: string, labels: Labels): Words {
  const parts = codes.map((code) => categoryWords(labels, dimension, code))
  return { nl: parts.map(({ nl }) => nl).join(' + '), en: parts.map(({ en }) => en).join(' + ') }
}

function gain({ cells, shownShare }: Advice, gained: 'certain' | 'expected'): Words {
  if (shownShare === undefined)
    return { nl: `de tabel heeft dan ${cells} cellen.`, en: `the table then has ${cells} cells.` }
  const percent = Math.floor(shownShare * 100 + 1e-9)
  if (gained === 'expected')
    return {
      nl: `dan is naar verwachting ${percent} % van de ${cells} cellen te zien.`,
      en: `then ${percent} % of the ${cells} cells are expected to be shown.`,
    }
  if (shownShare === 1)
    return { nl: `dan zijn alle ${cells} cellen te zien.`, en: `then all ${cells} cells can be shown.` }
  return {
    nl: `dan is ten minste ${percent} % van de ${cells} cellen te zien.`,
    en: `then at least ${percent} % of the ${cells} cells can be shown.`,
  }
}
