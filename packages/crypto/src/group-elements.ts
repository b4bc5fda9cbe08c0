/**
 * Elements of ristretto255 (RFC 9496), many at a time: 32 bytes each, one after the other, in the one encoding an element has.
 *
 * Reading an encoding that is none, and making the identity, end in `malformed_element`: nobody who follows the protocol sends
 * the one, and the other would say nothing about the scalar that was to hide in it.
 * @module
 */
import { CryptoError } from './errors.ts'
import { withScratch } from './group-heap.ts'
import { assertScalars, scalarBytes } from './group-scalars.ts'

export const elementBytes = 32
const wideBytes = 64
const hashBlock = 128
/** Rows in the library's memory at once. */
const batch = 512

/** @throws {@link CryptoError} `out_of_range` unless it is whole elements */
function countOf(elements: Uint8Array): number {
  if (elements.length % elementBytes !== 0) throw new CryptoError('out_of_range')
  return elements.length / elementBytes
}

function refuseFailure(status: number): void {
  if (status !== 0) throw new CryptoError('malformed_element')
}

/** Whether these are the bytes of an element other than the identity. */
export function isElement(bytes: Uint8Array): boolean {
  if (bytes.length !== elementBytes || bytes.every((byte) => byte === 0)) return false
  return withScratch(({ sodium, put }) => sodium._crypto_core_ristretto255_is_valid_point(put(bytes)) === 1)
}

/** scalarᵢ · G, G being the generator. @throws {@link CryptoError} `malformed_scalar` for a scalar that is zero or not reduced */
export function generatorTimes(scalars: Uint8Array): Uint8Array {
  const count = assertScalars(scalars)
  const products = new Uint8Array(count * elementBytes)
  withScratch(({ sodium, take, read }) => {
    const [scalar, product] = [take(scalarBytes), take(elementBytes)]
    for (let i = 0; i < count; i++) {
      sodium.HEAPU8.set(scalars.subarray(i * scalarBytes, (i + 1) * scalarBytes), scalar)
      refuseFailure(sodium._crypto_scalarmult_ristretto255_base(product, scalar))
      products.set(read(product, elementBytes), i * elementBytes)
    }
  })
  return products
}

/**
 * scalarᵢ · elementᵢ, or scalar · elementᵢ where there is one scalar for all.
 * @throws {@link CryptoError} `malformed_element`, `malformed_scalar`; `out_of_range` if the numbers of the two differ
 */
export function multiply(elements: Uint8Array, scalars: Uint8Array): Uint8Array {
  const count = countOf(elements)
  const given = assertScalars(scalars)
  if (given !== count && given !== 1) throw new CryptoError('out_of_range')
  const products = new Uint8Array(elements.length)
  withScratch(({ sodium, take, put }) => {
    const single = given === 1 ? put(scalars) : undefined
    const scalarsAt = single ?? take(Math.min(batch, count) * scalarBytes)
    const at = take(Math.min(batch, count) * elementBytes)
    const memory = sodium.HEAPU8
    for (let first = 0; first < count; first += batch) {
      const many = Math.min(batch, count - first)
      const [from, to] = [first * elementBytes, (first + many) * elementBytes]
      memory.set(elements.subarray(from, to), at)
      if (single === undefined) memory.set(scalars.subarray(from, to), scalarsAt)
      for (let i = 0; i < many; i++) {
        const place = at + i * elementBytes
        const by = single ?? scalarsAt + i * scalarBytes
        refuseFailure(sodium._crypto_scalarmult_ristretto255(place, by, place))
      }
      products.set(memory.subarray(at, at + many * elementBytes), from)
    }
  })
  return products
}

/** aᵢ + bᵢ. @throws {@link CryptoError} `malformed_element`; `out_of_range` if the numbers differ */
export function addElements(a: Uint8Array, b: Uint8Array): Uint8Array {
  const count = countOf(a)
  if (a.length !== b.length) throw new CryptoError('out_of_range')
  const sums = new Uint8Array(a.length)
  withScratch(({ sodium, take }) => {
    const [left, right] = [take(Math.min(batch, count) * elementBytes), take(Math.min(batch, count) * elementBytes)]
    const memory = sodium.HEAPU8
    for (let first = 0; first < count; first += batch) {
      const many = Math.min(batch, count - first)
      const [from, to] = [first * elementBytes, (first + many) * elementBytes]
      memory.set(a.subarray(from, to), left)
      memory.set(b.subarray(from, to), right)
      for (let i = 0; i < many; i++) {
        const place = left + i * elementBytes
        refuseFailure(sodium._crypto_core_ristretto255_add(place, place, right + i * elementBytes))
      }
      sums.set(memory.subarray(left, left + many * elementBytes), from)
    }
  })
  return sums
}

/**
 * hash_to_ristretto255 with expand_message_xmd over SHA-512 (RFC 9380 §5.3.1 and appendix B) of equally long messages.
 * @param rowBytes - length of every message, 1 or more
 * @param domain - the domain separation tag, 1 to 255 bytes
 * @throws {@link CryptoError} `out_of_range`
 */
export function hashToElements(rows: Uint8Array, rowBytes: number, domain: Uint8Array): Uint8Array {
  if (!Number.isInteger(rowBytes) || rowBytes < 1 || rows.length % rowBytes !== 0) throw new CryptoError('out_of_range')
  if (domain.length < 1 || domain.length > 255) throw new CryptoError('out_of_range')
  const count = rows.length / rowBytes
  const elements = new Uint8Array(count * elementBytes)
  withScratch(({ sodium, take, read }) => {
    // b₀ = H(Z_pad ‖ message ‖ I2OSP(64, 2) ‖ 0x00 ‖ DST'), b₁ = H(b₀ ‖ 0x01 ‖ DST'); 64 bytes are asked for, so b₁ is all.
    const tail = Uint8Array.of(...domain, domain.length)
    const messageAt = hashBlock
    const lengthAt = messageAt + rowBytes
    const first = take(lengthAt + 3 + tail.length)
    const second = take(wideBytes + 1 + tail.length)
    const [wide, element] = [take(wideBytes), take(elementBytes)]
    const memory = sodium.HEAPU8
    memory.set([0, wideBytes, 0], first + lengthAt)
    memory.set(tail, first + lengthAt + 3)
    memory[second + wideBytes] = 1
    memory.set(tail, second + wideBytes + 1)
    for (let i = 0; i < count; i++) {
      memory.set(rows.subarray(i * rowBytes, (i + 1) * rowBytes), first + messageAt)
      sodium._crypto_hash_sha512(second, first, lengthAt + 3 + tail.length, 0)
      sodium._crypto_hash_sha512(wide, second, wideBytes + 1 + tail.length, 0)
      sodium._crypto_core_ristretto255_from_hash(element, wide)
      elements.set(read(element, elementBytes), i * elementBytes)
    }
  })
  return elements
}
