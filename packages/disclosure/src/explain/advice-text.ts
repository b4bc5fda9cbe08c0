/**
 * Advice in plain words.
 * @module
 */
import type { Advice } from '../types.ts'
import { categoryWords, dimensionWords, type Labels, listed, type Words } from './words.ts'

/** More than this are not written out. */
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
      const asked = some(advice.into.map((codes) => together(codes, advice.dimension, labels)))
      return {
        nl: `Kies grovere categorieën voor ${what.nl} (${asked.nl}): ${nl}`,
        en: `Choose coarser categories for ${what.en} (${asked.en}): ${en}`,
      }
    }
    case 'merge_categories': {
      const merged = some(advice.codes.map((code) => categoryWords(labels, advice.dimension, code)))
      return { nl: `Voeg bij ${what.nl} samen: ${merged.nl}; ${nl}`, en: `Under ${what.en}, merge ${merged.en}: ${en}` }
    }
  }
}

/** The first of many, and how many more there are. */
function some(parts: readonly Words[]): Words {
  const { nl, en } = listed(parts.slice(0, mostNamed))
  const left = parts.length - mostNamed
  return left > 0 ? { nl: `${nl} en nog ${left}`, en: `${en} and ${left} more` } : { nl, en }
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
