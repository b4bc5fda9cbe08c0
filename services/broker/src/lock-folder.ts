/**
 * One server a data folder.
 * @module
 */
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { ToldError } from './told-error.ts'

/** The lock is the operating system's: it is gone with the process, however that ended. */
export function lockFolder(dataDir: string): () => void {
  const lock = new Sqlite(join(dataDir, 'serve.lock'), { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    throw new ToldError(
      'Er draait al een schakelpunt op deze map. Stop dat eerst, of kies een andere map.',
      'Another broker is serving this data folder. Stop it first, or choose another folder.',
      { cause: error },
    )
  }
  return () => lock.close()
}
