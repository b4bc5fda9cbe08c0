import type { CrossTabRequest } from '@kruispunt/contracts'
import { problemCodes } from '@kruispunt/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JobErrorCode, problemOfJob } from '../../src/jobs/problems.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

let lab: SmallLab
let requestId: Awaited<ReturnType<SmallLab['openJob']>>['requestId']
beforeAll(async () => {
  lab = await createSmallLab()
  // Everything of the town but age, and of the police only what links.
  ;({ requestId } = await lab.openJob({
    residents: ['token:B1', 'present:B1', 'area', 'care'],
    reports: ['token:B1', 'present:B1', 'subject', 'month'],
  }))
})
afterAll(() => lab.finish())

const plain: CrossTabRequest = { table: 'residents', rows: [{ dimension: 'area' }], columns: [], filters: [] }
const refused: [string, JobErrorCode, Partial<CrossTabRequest>][] = [
  ['a table that is not in the agreement', 'table_unknown', { table: 'others' }],
  ['a dimension that the table does not list', 'dimension_not_allowed', { rows: [{ dimension: 'kind' }] }],
  [
    'a filter that the table does not list',
    'filter_not_allowed',
    { filters: [{ dimension: 'stay', codes: ['home'] }] },
  ],
  ['one dimension twice', 'dimension_repeated', { columns: [{ dimension: 'area' }] }],
  [
    'one filter twice',
    'dimension_repeated',
    {
      filters: [
        { dimension: 'care', codes: ['yes'] },
        { dimension: 'care', codes: ['no'] },
      ],
    },
  ],
  [
    'more dimensions than may be crossed',
    'too_many_dimensions',
    { rows: [{ dimension: 'area' }, { dimension: 'care' }], columns: [{ dimension: 'stay' }, { dimension: 'age' }] },
  ],
  ['a level that the dimension does not have', 'level_unknown', { rows: [{ dimension: 'area', levels: ['street'] }] }],
  ['one level twice', 'level_unknown', { rows: [{ dimension: 'area', levels: ['district', 'district'] }] }],
  [
    'a filter on a category that is not there',
    'category_unknown',
    { filters: [{ dimension: 'care', codes: ['maybe'] }] },
  ],
  [
    'a filter on people the town must know',
    'category_unknown',
    { filters: [{ dimension: 'care', codes: ['not-known'] }] },
  ],
  ['a column that the request did not ask for', 'column_not_requested', { rows: [{ dimension: 'age' }] }],
  [
    'a party whose delivery the request did not ask for',
    'column_not_requested',
    { rows: [{ dimension: 'presence:health' }] },
  ],
]

describe('questions outside the agreement are refused', () => {
  it.each(refused)('%s: %s', async (_, code, change) => {
    await expect(lab.ask(requestId, { ...plain, ...change })).rejects.toMatchObject({ name: 'JobError', code })
  })

  it('and spend nothing, and leave nothing on record', () => {
    expect(lab.view(requestId).questionsLeft).toBe(50)
    expect(lab.logged.some(({ statement }) => statement.kind === 'result')).toBe(false)
  })

  it('answers the plain one', async () => {
    expect((await lab.ask(requestId, plain)).released).toBeGreaterThan(0)
  })

  it('gives every refusal a problem that exists', () => {
    for (const code of Object.values(problemOfJob)) expect(problemCodes).toHaveProperty(code)
  })

  it('knows no request of another name', () => {
    const other = 'ab'.repeat(16) as typeof requestId
    expect(() => lab.view(other)).toThrow(expect.objectContaining({ code: 'request_unknown' }))
  })
})
