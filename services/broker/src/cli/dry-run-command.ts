/**
 * `agreement dry-run`: what the tables of a draft may be expected to show, before anybody is asked to sign.
 * @module
 */
import { agreementDocument, localName } from '@kruispunt/contracts'
import type { Command } from 'commander'
import { z } from 'zod'
import type { Context } from './context.ts'
import { UsageError } from './exit-codes.ts'
import { readJsonFile } from './files.ts'

const people = z.number().min(1).max(50_000_000)
const sizesFile = z.strictObject({
  persons: z.record(localName, people).optional(),
  datasets: z.record(localName, people).optional(),
  shares: z.record(z.string(), z.record(z.string(), z.number().min(0).max(1_000_000))).optional(),
})

/** Pairs of variables tried for each table unless one is named. */
const mostPairs = 6

type Options = { file: string; sizes?: string; table?: string; dimensions?: string; draws: string }

const percent = (share: number): number => Math.round(100 * share)

function drawsOf(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw new UsageError('Geef bij --draws een getal van 1 tot en met 99.', 'Give --draws a number from 1 to 99.')
}

export function addDryRun(agreement: Command, context: Context): void {
  agreement
    .command('dry-run')
    .description('what tables may be expected to show, over made-up people; sends and signs nothing')
    .requiredOption('--file <file>', 'the agreement')
    .option(
      '--sizes <file>',
      'expected sizes: {"persons":{population:n},"datasets":{dataset:n},"shares":{dimension:{code:n}}}',
    )
    .option('--table <id>', 'only this table')
    .option('--dimensions <ids>', 'only these variables together, separated by commas; pairs if absent')
    .option('--draws <n>', 'made-up tables each', '5')
    .action(async (options: Options) => {
      const { pairsOf, rehearse } = await import('../jobs/rehearsal.ts')
      const { JobError } = await import('../jobs/problems.ts')
      const document = readJsonFile(options.file, agreementDocument, { nl: 'met de deelafspraak', en: 'agreement' })
      const sizes = options.sizes ? readJsonFile(options.sizes, sizesFile, { nl: 'met aantallen', en: 'sizes' }) : {}
      const draws = drawsOf(options.draws)
      const tables = document.tables.filter(({ id }) => options.table === undefined || id === options.table)
      if (tables.length === 0)
        throw new UsageError('Die tabel staat niet in de deelafspraak.', 'That table is not in the agreement.')
      const { result, say, language, progress } = context.output()
      const rehearsed = []
      const lines: string[] = []
      for (const table of tables) {
        const mode = document.populations.find(({ id }) => id === table.population)?.answers?.kind ?? 'suppression'
        lines.push(table.title[language])
        if (mode !== 'suppression') {
          lines.push(
            say('  aantallen krijgen een afwijking in plaats van gaten', '  counts carry errors instead of holes'),
          )
          continue
        }
        const all = options.dimensions === undefined ? pairsOf(table) : [options.dimensions.split(',')]
        let left = all.length
        for (const dimensions of all) {
          if (rehearsed.filter((each) => each.table === table.id).length >= mostPairs) break
          left -= 1
          progress(`${table.id}: ${dimensions.join(' × ')}`)
          try {
            const expected = await rehearse(document, table, dimensions, sizes, { draws, now: () => performance.now() })
            rehearsed.push(expected)
            const { low, middle, high } = expected.withheldShare
            const range = `${percent(middle)} % (${percent(low)}–${percent(high)} %)`
            lines.push(
              say(
                `  ${dimensions.join(' × ')}: naar verwachting ${range} van ${expected.cells} cellen onderdrukt, bij ${expected.persons} personen`,
                `  ${dimensions.join(' × ')}: ${range} of ${expected.cells} cells expected to be withheld, with ${expected.persons} persons`,
              ),
              ...(expected.refused > 0
                ? [
                    say(
                      `    ${expected.refused} van ${draws} proeftabellen geweigerd`,
                      `    ${expected.refused} of ${draws} made-up tables refused`,
                    ),
                  ]
                : []),
              ...expected.advice.map((advice) => `    - ${advice[language]}`),
            )
          } catch (error) {
            // Named by hand it is a mistake; among pairs it is one that cannot be crossed.
            if (!(error instanceof JobError)) throw error
            if (options.dimensions !== undefined)
              throw new UsageError(
                'Een tabel staat deze kenmerken samen niet toe. Kies bij --table en --dimensions wat de deelafspraak noemt.',
                'A table does not allow these variables together. Choose with --table and --dimensions what the agreement lists.',
                { cause: error },
              )
          }
        }
        if (left > 0)
          lines.push(
            say(
              `  nog ${left} paren niet beproefd: kies met --dimensions`,
              `  ${left} pairs more: choose with --dimensions`,
            ),
          )
      }
      result({ rehearsed }, lines)
    })
}
