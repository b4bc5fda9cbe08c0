import { describe, expect, it } from 'vitest'
import { createDuckdbEngine, type JobTables } from '../src/index.ts'

const engine = createDuckdbEngine({ memoryLimitMiB: 256, threads: 1 })
const tables: JobTables = { persons: 2, personColumns: [], memberships: [], recordTables: [] }
const column = (id: string, ...codes: number[]) => ({ id, codes: Uint8Array.from(codes) })
const member = (party: string, ...present: number[]) => ({ party, present: Uint8Array.from(present) })
const records = (id: string, person: number[], ...columns: ReturnType<typeof column>[]) => ({
  id,
  party: 'a',
  person: Uint32Array.from(person),
  columns,
})

describe('tables that do not fit together are refused', () => {
  it.each<[string, Partial<JobTables>]>([
    ['persons_malformed', { persons: -1 }],
    ['persons_malformed', { persons: 0.5 }],
    ['persons_malformed', { persons: 0xffffffff }],
    ['too_many_parties', { memberships: Array.from({ length: 33 }, (_, at) => member(String(at), 0, 0)) }],
    ['id_twice', { personColumns: [column('x', 1, 1), column('x', 1, 1)] }],
    ['id_twice', { memberships: [member('a', 0, 0), member('a', 0, 0)] }],
    ['id_twice', { recordTables: [records('r', []), records('r', [])] }],
    ['id_twice', { personColumns: [column('x', 1, 1)], recordTables: [records('r', [0], column('x', 1))] }],
    ['id_reserved', { personColumns: [column('presence:a', 1, 1)] }],
    ['length_mismatch', { personColumns: [column('x', 1)] }],
    ['length_mismatch', { memberships: [member('a', 1, 1, 1)] }],
    ['length_mismatch', { recordTables: [records('r', [0], column('x'))] }],
    ['length_mismatch', { households: Uint32Array.of(0) }],
    ['presence_malformed', { memberships: [member('a', 0, 2)] }],
    ['person_out_of_range', { recordTables: [records('r', [2])] }],
    ['household_out_of_range', { households: Uint32Array.of(0, 2) }],
  ])('%s', async (code, fault) => {
    await expect(engine.open({ ...tables, ...fault })).rejects.toThrow(expect.objectContaining({ code }))
  })

  it('takes a job without persons or records', async () => {
    const job = await engine.open({
      ...tables,
      persons: 0,
      personColumns: [column('x')],
      recordTables: [records('r', [])],
    })
    const axes = [{ column: 'x', nodes: [[1]] }]
    for (const unit of ['persons', 'records'] as const) {
      const { cells } = await job.count({ unit, recordTable: 'r', population: {}, filters: [], axes })
      expect(cells).toStrictEqual([{ at: [0], count: 0, persons: 0, byParty: {}, largest: [0, 0] }])
    }
    await job.close()
  })

  it.each([
    { memoryLimitMiB: 0, threads: 1 },
    { memoryLimitMiB: 64, threads: 1.5 },
  ])('refuses settings %o', (settings) => {
    expect(() => createDuckdbEngine(settings)).toThrow(expect.objectContaining({ code: 'settings_malformed' }))
  })
})
