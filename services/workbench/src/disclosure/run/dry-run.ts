/**
 * `kruispunt-disclosure dry-run`: what to expect of a table before anything is counted.
 * @module
 */
import { adviceText, dryRun as expectTable } from '@kruispunt/disclosure'
import { readShape } from '../input/shape-file.ts'
import { withoutGroupRule } from '../input/table-file.ts'
import { codesAt } from '../input/view.ts'
import { publishedDimension } from './published.ts'
import type { Finished, Running } from './running.ts'
import { seeded } from './seeded.ts'

/** @throws {@link InputRefused} */
export async function dryRun(raw: unknown, { now, secret, timeLimitMs }: Running): Promise<Finished> {
  const { title, population, policy, views, shares, persons, parties, draws, seed } = readShape(raw)
  const axes = views.map(({ axis }) => (policy.groupRule ? axis : withoutGroupRule(axis)))
  const expected = await expectTable({
    population,
    axes,
    shares,
    persons,
    parties,
    rules: policy.rules,
    draws,
    random: seeded(seed),
    secret,
    tableMs: timeLimitMs,
    now,
  })
  const refusals = Object.values(expected.refused).reduce((sum, each) => sum + each, 0)
  const words = expected.instead.map((advice) => adviceText(advice, {}, 'expected'))
  const { low, middle, high } = expected.shownShare
  const percent = (share: number): string => String(Math.floor(share * 100))
  return {
    ending: 'done',
    result: {
      format: 'kruispunt-dry-run/1',
      ...(title === undefined ? {} : { title }),
      population,
      minimum: policy.rules.minimum,
      dimensions: views.map(publishedDimension),
      simulations: draws,
      seed,
      refused: expected.refused,
      shownShare: expected.shownShare,
      cells: expected.cells.map(({ at, withheldShare }) => ({ at: codesAt(views, at), withheldShare })),
      instead: expected.instead,
      nl: {
        summary: `Van ${draws} nagebootste tabellen van deze vorm is in het midden ${percent(middle)} % van de cellen te zien (laagste ${percent(low)} %, hoogste ${percent(high)} %); ${refusals} zouden geweigerd zijn. De echte tabel kan anders verdeeld zijn.`,
        advice: words.map(({ nl }) => nl),
      },
      en: {
        summary: `Of ${draws} made-up tables of this shape, the middle one shows ${percent(middle)} % of its cells (lowest ${percent(low)} %, highest ${percent(high)} %); ${refusals} would have been refused. The real table may be spread otherwise.`,
        advice: words.map(({ en }) => en),
      },
    },
  }
}
