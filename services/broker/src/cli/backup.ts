/**
 * A copy of the broker that can be put back, made while it runs. Without the key file: whoever takes a backup can open
 * nothing with it, and whoever puts it back must bring that key.
 * @module
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import Sqlite from 'better-sqlite3'
import { columnFile } from '../blobs/column-store.ts'
import { syncFolder } from '../keys/secret-file.ts'
import type { LocalBroker } from './context.ts'
import { UsageError } from './exit-codes.ts'

export type BackupReport = {
  readonly out: string
  readonly entries: number
  readonly columns: number
  readonly missing: number
}

/**
 * The database first, then the files it names: files come before their rows, so a row in the copy has its file, unless
 * its key was destroyed meanwhile.
 */
export async function makeBackup({ config, store }: LocalBroker, out: string): Promise<BackupReport> {
  if (existsSync(out))
    throw new UsageError(
      'Er is al iets met die naam. Kies een map die nog niet bestaat.',
      'There is something of that name already. Choose a folder that does not exist yet.',
    )
  const partial = `${out}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true, mode: 0o700 })
  const databaseFile = join(partial, basename(config.databaseFile))
  await store.sqlite.backup(databaseFile)
  store.onDurableStep('backup-database-copied')
  copyFileSync(join(config.dataDir, 'keys.json'), join(partial, 'keys.json'))

  const copy = new Sqlite(databaseFile, { readonly: true })
  const rows = copy.prepare('select extract_id as extractId, name from extract_columns').all() as {
    extractId: string
    name: string
  }[]
  const { entries } = copy.prepare('select count(*) as entries from log_entries').get() as { entries: number }
  copy.close()

  let missing = 0
  for (const { extractId, name } of rows) {
    const from = columnFile(config.blobFolder, extractId, name)
    const to = join(partial, relative(config.dataDir, from))
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    if (existsSync(from)) copyFileSync(from, to)
    else missing += 1
  }
  store.onDurableStep('backup-columns-copied')
  renameSync(partial, out)
  syncFolder(dirname(out))
  store.onDurableStep('backup-in-place')
  return { out, entries, columns: rows.length - missing, missing }
}
