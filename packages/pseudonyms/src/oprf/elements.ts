/**
 * What a node looks at before it works for another: elements as they came from outside.
 * @module
 */
import { elementBytes, isElement } from '@kruispunt/crypto/group'

/** Of a batch as a whole: nothing is evaluated of a batch with one bad element in it. */
export type ElementsFault = 'wrong_length' | 'not_an_element' | 'duplicate_element'

/**
 * Why these bytes are no batch of `count` elements; undefined if they are. Not an element: another encoding than the one an
 * element has, or the identity.
 */
export function elementsFault(bytes: Uint8Array, count: number): ElementsFault | undefined {
  if (count < 1 || bytes.length !== count * elementBytes) return 'wrong_length'
  const seen = new Set<string>()
  for (let at = 0; at < bytes.length; at += elementBytes) {
    const element = bytes.subarray(at, at + elementBytes)
    if (!isElement(element)) return 'not_an_element'
    seen.add(Buffer.from(element).toString('latin1'))
  }
  return seen.size === count ? undefined : 'duplicate_element'
}
