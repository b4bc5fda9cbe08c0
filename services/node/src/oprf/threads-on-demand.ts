/**
 * Threads for the joint numbers, started when somebody first needs them: most commands never do.
 * @module
 */
import type { OprfThreads } from '@kruispunt/pseudonyms/oprf'

export function createThreadsOnDemand() {
  let started: Promise<OprfThreads> | undefined
  return {
    get(): Promise<OprfThreads> {
      started ??= import('@kruispunt/pseudonyms/oprf').then(({ createOprfThreads }) => createOprfThreads())
      return started
    },
    async close(): Promise<void> {
      await (await started)?.close()
    },
  }
}
