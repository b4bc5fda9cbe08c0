/**
 * Opening a job: all keys in, all columns opened and checked, persons linked, tables with the engine. All or nothing.
 * @module
 */

import { type CountingEngine, type CountingJob, EngineError, type JobTables } from '@kruispunt/engine'
import type { RequestState } from '@kruispunt/lab-record'
import type { LinkageReport } from '@kruispunt/linkage/broker'
import { JobFailure } from './job-failure.ts'
import type { JobPlan } from './job-plan.ts'
import { linkTables } from './job-tables.ts'
import { eraseExtract, type OpenedExtract, openExtract } from './open-extract.ts'
import type { SelfTest } from './self-test.ts'
import type { ColumnStore } from './types.ts'

export type OpenJob = {
  readonly plan: JobPlan
  readonly counting: CountingJob
  /** Counts households; only where the agreement has a population of them. */
  readonly households: CountingJob | undefined
  readonly report: LinkageReport
  readonly selfTest: SelfTest
}

/** Ends both: what they hold is dropped and overwritten. */
export async function closeJob({ counting, households }: OpenJob): Promise<void> {
  await Promise.all([counting.close(), households?.close()])
}

/**
 * @param jobKemSecretKey - not changed; the caller erases it
 * @throws {@link JobFailure}; nothing is left open then
 */
export async function openJob(
  plan: JobPlan,
  request: RequestState,
  jobKemSecretKey: Uint8Array,
  deps: { readonly columns: ColumnStore; readonly engine: CountingEngine },
): Promise<OpenJob> {
  const opened: OpenedExtract[] = []
  try {
    for (const planned of plan.extracts) {
      const release = request.releases.get(planned.stored)?.statement
      if (!release) throw new Error('a job opened before all keys were there')
      opened.push(await openExtract(planned, release, jobKemSecretKey, deps.columns))
    }
    const { tables, householdTables, report, selfTest } = linkTables(plan, opened)
    const counting = await openTables(deps.engine, tables)
    const households =
      householdTables &&
      (await openTables(deps.engine, householdTables).catch(async (cause: unknown) => {
        await counting.close()
        throw cause
      }))
    return { plan, counting, households, report, selfTest }
  } catch (cause) {
    throw cause instanceof JobFailure ? cause : new JobFailure('unexpected', undefined, { cause })
  } finally {
    for (const extract of opened) eraseExtract(extract)
  }
}

async function openTables(engine: CountingEngine, tables: JobTables): Promise<CountingJob> {
  try {
    return await engine.open(tables)
  } catch (cause) {
    for (const { codes } of tables.personColumns) codes.fill(0)
    for (const { amounts } of tables.personMeasures ?? []) amounts.fill(0)
    tables.households?.fill(0)
    for (const { person, columns, measures = [] } of tables.recordTables)
      for (const array of [person, ...columns.map(({ codes }) => codes), ...measures.map(({ amounts }) => amounts)])
        array.fill(0)
    if (cause instanceof EngineError) throw new JobFailure('engine_failed', undefined, { cause })
    throw cause
  }
}
