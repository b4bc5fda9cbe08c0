/**
 * `kruispunt-disclosure protect`: one table, protected, with the certificate of the attack on it.
 * @module
 */
import { protectSums, protectTable, unsafePositions } from '@kruispunt/disclosure'
import { readTable } from '../input/table-file.ts'
import { explained, refusal } from './explained.ts'
import { openCertificate, privateRecord, publishedCells, publishedDimension, structuralZeros } from './published.ts'
import { privateSums, publishedSums } from './published-sums.ts'
import type { Finished, Running } from './running.ts'

/** @throws {@link InputRefused} */
export async function protect(raw: unknown, running: Running): Promise<Finished> {
  const { title, policy, views, table, measures } = readTable(raw)
  const { rules } = policy
  const { now, secret, timeLimitMs, improveMs } = running
  const outcome = await protectTable({
    table,
    earlier: [],
    rules,
    secret,
    deadlineMs: now() + timeLimitMs,
    now,
    ...(improveMs === undefined ? {} : { improveMs }),
  })
  const certificate = outcome.outcome === 'answered' ? outcome.certificate : undefined
  const hidden = privateRecord(views, table, unsafePositions(table, rules), certificate)
  const shared = {
    format: 'kruispunt-protected/1',
    ...(title === undefined ? {} : { title }),
    population: table.population,
    unit: table.unit,
    minimum: rules.minimum,
  }
  if (outcome.outcome === 'refused') {
    return {
      ending: 'refused',
      result: { ...shared, ...refusal({ policy, table, outcome }) },
      hidden,
    }
  }
  const cells = publishedCells(views, outcome.cells)
  const counts = { table, cells: outcome.cells }
  const sums =
    measures.length === 0
      ? []
      : await protectSums({ counts, measures, rules, secret, deadlineMs: now() + timeLimitMs, now })
  const withheld = cells.filter((cell) => 'withheld' in cell).length
  return {
    ending: 'done',
    result: {
      ...shared,
      outcome: 'answered',
      dimensions: views.map(publishedDimension),
      cells,
      ...structuralZeros(views, table),
      released: cells.length - withheld,
      withheld,
      ...(sums.length === 0 ? {} : { measures: sums.map((each) => publishedSums(views, each)) }),
      explanation: explained({ policy, table, outcome }),
      certificate: openCertificate(outcome.certificate),
    },
    hidden: sums.length === 0 ? hidden : { ...hidden, measures: sums.map((each) => privateSums(views, each)) },
  }
}
