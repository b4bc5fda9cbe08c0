/**
 * The inputs somebody asks results for, and which of them are there. One place for every input, whatever batches they come in.
 * @module
 */
import { concatBytes } from '@kruispunt/crypto'
import { inputBytes, outputBytes } from './sizes.ts'

const rowBytes = inputBytes + outputBytes
const keyAt = (bytes: Uint8Array, at: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, inputBytes).toString('latin1')

export type Wanted = {
  /** Takes over what rows of input and output give. */
  fill(rows: Uint8Array): void
  /** Whether any of these inputs is wanted and not there yet; they count as under way from now on. */
  expect(inputs: Uint8Array): boolean
  /** Inputs that are neither there nor under way, one after the other. */
  missing(): Uint8Array
  readonly left: number
  /** 64 bytes an input, in the order they were asked for. */
  readonly outputs: Uint8Array
}

/** @param inputs - 32 bytes each, all different */
export function wantedOf(inputs: Uint8Array): Wanted {
  const count = inputs.length / inputBytes
  const places = new Map<string, number>()
  for (let i = 0; i < count; i++) places.set(keyAt(inputs, i * inputBytes), i)
  const outputs = new Uint8Array(count * outputBytes)
  /** 0 missing, 1 under way, 2 there. */
  const states = new Uint8Array(count)
  let left = count
  return {
    outputs,
    get left() {
      return left
    },
    fill(rows) {
      for (let at = 0; at < rows.length; at += rowBytes) {
        const place = places.get(keyAt(rows, at))
        if (place === undefined || states[place] === 2) continue
        outputs.set(rows.subarray(at + inputBytes, at + rowBytes), place * outputBytes)
        states[place] = 2
        left -= 1
      }
    },
    expect(those) {
      let isWanted = false
      for (let at = 0; at < those.length; at += inputBytes) {
        const place = places.get(keyAt(those, at))
        if (place === undefined || states[place] === 2) continue
        states[place] = 1
        isWanted = true
      }
      return isWanted
    },
    missing() {
      const rows: Uint8Array[] = []
      for (let i = 0; i < count; i++)
        if (states[i] === 0) rows.push(inputs.subarray(i * inputBytes, (i + 1) * inputBytes))
      return concatBytes(...rows)
    },
  }
}

/** Rows of input and output, as {@link Wanted.fill} reads them. */
export function rowsOf(inputs: Uint8Array, outputs: Uint8Array): Uint8Array {
  const count = inputs.length / inputBytes
  const rows = new Uint8Array(count * rowBytes)
  for (let i = 0; i < count; i++) {
    rows.set(inputs.subarray(i * inputBytes, (i + 1) * inputBytes), i * rowBytes)
    rows.set(outputs.subarray(i * outputBytes, (i + 1) * outputBytes), i * rowBytes + inputBytes)
  }
  return rows
}
