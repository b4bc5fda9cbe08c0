import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cryptoReady } from '@kruispunt/crypto'
import { beforeAll, expect, it } from 'vitest'
import { practiceAgreement } from '../../../../infra/demo/agreement/document.ts'
import { confirmMapping, inspectFile } from '../../src/delivery/inspect.ts'
import { prepareExtract } from '../../src/delivery/prepare.ts'
import { preparedText } from '../../src/delivery/texts.ts'
import { memoryPort } from './memory-port.ts'

beforeAll(() => cryptoReady())

it('a steward reads how recognisable people are, in shares and without a name, before anything leaves', async () => {
  const port = memoryPort(practiceAgreement('praktijk', new Date('2026-01-01T00:00:00.000Z')), 'corporatie')
  const file = join(
    fileURLToPath(new URL('../../../../infra/practice-region/', import.meta.url)),
    'corporatie-huurders.csv',
  )
  const inspected = await inspectFile(port, {}, file)
  const columns = Object.fromEntries(inspected.mapping.fields.map(({ field, column }) => [field, column]))
  const { extractId, report } = await prepareExtract(port, inspected, confirmMapping(inspected, columns), {
    leaveOutBadRows: false,
  })
  const { subjects } = report
  expect(subjects.subjects).toBeLessThan(subjects.rows)
  expect(subjects.subjectsWithKeys.atLeast1).toBeGreaterThan(0.95 * subjects.subjects)
  const dutch = preparedText(extractId, report, 'nl')
  expect(dutch).toMatch(/Herkenbaar voor de andere partners: 9\d,\d% met ten minste 1 sleutel/)
  expect(dutch).toMatch(/Gevuld: achternaam (99,\d|100,0)%, voornaam 0,0%/)
  expect(preparedText(extractId, report, 'en')).toContain('Recognisable to the other partners')
  expect(dutch).not.toMatch(/Basarslan|9933/)
  port.dispose()
})
