/** A column before it is sealed. */
import type { ExtractColumn } from '@kruispunt/contracts'

export type Plain = {
  readonly name: string
  readonly table: ExtractColumn['table']
  readonly type: ExtractColumn['type']
  readonly bytes: Uint8Array
}
