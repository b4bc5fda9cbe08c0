/**
 * Tells "this job needs more memory than it may use" from every other failure of the database.
 * @module
 */
import { EngineError } from './errors.ts'

const beyondMemory = /(^Out of Memory Error|(could not|failed to) (allocate|pin|offload)\b)/

/**
 * @throws {@link EngineError} `out_of_memory`; any other failure is a bug and passes through
 */
export async function refusingBeyondMemory<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // The binding has no codes, and the appender drops the kind of error from the message. The message stays behind.
    if (error instanceof Error && beyondMemory.test(error.message)) throw new EngineError('out_of_memory')
    throw error
  }
}
