/**
 * The tables of a dossier, each with its release and its line in the log. A table too wide for a page is named, not squeezed.
 * @module
 */
import type { EarlierTableView } from '@kruispunt/contracts'
import type { Block } from '@kruispunt/documents'
import type { Language } from '../cli/output.ts'
import { crossTabGrids } from '../cli/render-table.ts'
import { type DossierWords, filledIn } from './dossier-words.ts'

/** Columns and rows that a page of paper can bear. */
const widest = 9
const longest = 60

export function tableBlocks(
  tables: readonly EarlierTableView[],
  language: Language,
  words: DossierWords,
  day: (instant: string) => string,
): Block[] {
  return tables.flatMap(({ table, answer }) => {
    const grids = crossTabGrids(answer, language).filter(
      ({ head, rows }) => head.length <= widest && rows.length <= longest,
    )
    const about = filledIn(words.tableAt, {
      at: day(table.askedAt),
      release: table.release.slice(0, 8),
      number: table.number ?? words.notOnRecord,
      exactness: answer.exactness[language],
    })
    const title = `${answer.title[language]} (${answer.axes.map(({ label }) => label[language]).join(', ')})`
    return [
      { kind: 'heading', level: 3, text: title } as const,
      { kind: 'line', text: about } as const,
      ...grids.map(
        ({ title: figure, head, rows }) => ({ kind: 'table', caption: figure ?? title, head, rows }) as const,
      ),
      ...(answer.withheld > 0 ? [{ kind: 'line', text: words.withheld } as const] : []),
    ]
  })
}
