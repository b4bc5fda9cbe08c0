/**
 * Runs the command on a file written for the occasion.
 * @module
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { run } from '../../../src/disclosure/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'kruispunt-disclosure-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

/** A document of unknown form, to be held against an expectation. */
type Json = Readonly<Record<string, unknown>>

export type Ended = { readonly code: number; readonly out: string; readonly err: string; readonly result: Json }

export const fileOf = (text: string): string => {
  const path = join(folder, `${files++}.json`)
  writeFileSync(path, text)
  return path
}

export const readBack = (path: string): Json => JSON.parse(readFileSync(path, 'utf8'))

/** @param input - text as it is, anything else as JSON */
export async function command(name: string, input: unknown, ...options: readonly string[]): Promise<Ended> {
  return await commandOn(name, fileOf(typeof input === 'string' ? input : JSON.stringify(input)), ...options)
}

export async function commandOn(name: string, path: string, ...options: readonly string[]): Promise<Ended> {
  const out: string[] = []
  const err: string[] = []
  const code = await run(
    [name, path, '--improve-ms', '100', ...options].filter((_, index) => name !== 'attack' || index < 2 || index > 3),
    {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      now: () => performance.now(),
    },
  )
  const text = out.join('')
  return { code, out: text, err: err.join(''), result: text.startsWith('{') ? JSON.parse(text) : {} }
}
