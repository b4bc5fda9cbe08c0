/**
 * People who object (protocol §3.11): the next delivery goes without them. The steward gives their numbers, or the rows of the file,
 * at this node; they are used while the file is read and kept nowhere.
 * @module
 */
import { readFileSync } from 'node:fs'
import { parseBsn } from '@kruispunt/linkage/node'
import type { DatasetSpec } from '@kruispunt/tabular'
import { NodeError } from '../errors.ts'

/** `citizenNumbers` as the reader of a file gives them; `rows` as a spreadsheet numbers them (header = 1). */
export type Objections = { readonly citizenNumbers: Set<number>; readonly rows: Set<number> }
export const noObjections = (): Objections => ({ citizenNumbers: new Set(), rows: new Set() })

/**
 * One a line: a citizen number, or `rij 214` / `row 214`. Empty lines and lines that begin with `#` are passed over.
 * @throws NodeError `objections_unreadable` with the number of each bad line, never with what stands there
 */
export function parseObjections(text: string): Objections {
  const found = noObjections()
  const bad: { path: string; message: string }[] = []
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.replace(/^\uFEFF/, '').trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const row = /^(?:rij|regel|row)\s+([1-9][0-9]{0,8})$/i.exec(trimmed)?.[1]
    const number = row === undefined ? parseBsn(trimmed) : undefined
    if (row !== undefined) found.rows.add(Number(row))
    else if (number?.ok === true) found.citizenNumbers.add(Number(number.bsn))
    else bad.push({ path: `line ${at + 1}`, message: 'neither a citizen number nor a row' })
  }
  if (bad.length > 0) throw new NodeError('objections_unreadable', { violations: bad })
  return found
}

/** @throws NodeError `objections_unreadable` */
export function readObjections(file: string): Objections {
  try {
    return parseObjections(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof NodeError) throw error
    throw new NodeError('objections_unreadable', { cause: error })
  }
}

/** A number finds nobody in a file without numbers: better said than done as if. @throws NodeError `objections_need_rows` */
export function refuseNumbersWithoutColumn({ citizenNumbers }: Objections, spec: DatasetSpec): void {
  if (citizenNumbers.size > 0 && !spec.fields.some(({ target }) => target.kind === 'bsn'))
    throw new NodeError('objections_need_rows')
}

export function forget({ citizenNumbers, rows }: Objections): void {
  citizenNumbers.clear()
  rows.clear()
}
