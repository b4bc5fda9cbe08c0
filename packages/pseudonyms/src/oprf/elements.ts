/**
 * What a node looks at before it works for another, or with what another made: elements as they came from outside.
 * @module
 */
import { elementBytes, isElement } from '@kruispunt/crypto/group'

/** Of a batch as a whole: nothing is done with a batch with one bad element in it. */
export type ElementsFault = 'wrong_length' | 'not_an_element' | 'duplicate_element'

/** Faults that show without reading any element: another length than `count` elements, or one that is there twice. */
export function shapeFault(bytes: Uint8Array, count: number): ElementsFault | undefined {
  if (count < 1 || bytes.length !== count * elementBytes) return 'wrong_length'
  const seen = new Set<string>()
  for (let at = 0; at < bytes.length; at += elementBytes)
    seen.add(Buffer.from(bytes.buffer, bytes.byteOffset + at, elementBytes).toString('latin1'))
  return seen.size === count ? undefined : 'duplicate_element'
}

/** Whether every one is an element in its one encoding, and not the identity. */
export function areElements(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += elementBytes)
    if (!isElement(bytes.subarray(at, at + elementBytes))) return false
  return true
}

/**
 * Why these bytes are no batch of `count` elements; undefined if they are. Not an element: another encoding than the one an
 * element has, or the identity.
 */
export function elementsFault(bytes: Uint8Array, count: number): ElementsFault | undefined {
  return shapeFault(bytes, count) ?? (areElements(bytes) ? undefined : 'not_an_element')
}
