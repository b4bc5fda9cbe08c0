/**
 * How far this node ever cosigned, in a file beside the keys: a database put back from a backup is then seen to be older.
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readSecretFile, writeSecretFile } from '../folder.ts'

const mark = z.strictObject({ v: z.literal(1), size: z.int().min(0) })

/** @param folder - the folder of the keys */
export function createWitnessMark(folder: string) {
  const path = join(folder, 'witness.json')
  const read = () => (existsSync(path) ? mark.parse(JSON.parse(readSecretFile(path))).size : 0)
  return {
    read,
    /** Only where officers said from where to go on. */
    reset: (size: number) => writeSecretFile(path, JSON.stringify({ v: 1, size })),
    /** Only ever forward: several processes of one node may write it. */
    write(size: number): void {
      if (size > read()) writeSecretFile(path, JSON.stringify({ v: 1, size }))
    },
  }
}
