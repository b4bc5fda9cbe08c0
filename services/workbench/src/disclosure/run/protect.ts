/**
 * `kruispunt-disclosure protect`: one table, protected, with the certificate of the attack on it.
 * @module
 */
import { protectTable, unsafePositions } from '@kruispunt/disclosure'
import { readTable } from '../input/table-file.ts'
import { explained, refusal } from './explained.ts'
import { openCertificate, privateRecord, publishedCells, publishedDimension, structuralZeros } from './published.ts'
import type { Finished, Running } from './running.ts'

/** @throws {@link InputRefused} */
export async function protect(raw: unknown, running: Running): Promise<Finished> {
  const { title, policy, views, table } = readTable(raw)
  const { rules } = policy
  const { now, secret, timeLimitMs, improveMs } = running
  const outcome = await protectTable({
    table,
    earlier: [],
    rules,
    secret,
    deadlineMs: now() + timeLimitMs,
    now,
    improveMs,
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
      explanation: explained({ policy, table, outcome }),
      certificate: openCertificate(outcome.certificate),
    },
    hidden,
  }
}
