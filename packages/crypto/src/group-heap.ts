/**
 * The door to the larger build of libsodium, which has the group ristretto255 (RFC 9496). Loading it takes time and
 * memory, so nothing of `index.ts` comes here.
 * @module
 */
import sodium from 'libsodium-wrappers-sumo'
import { createHeap } from './wasm-heap.ts'

const heap = createHeap(sodium, [
  '_crypto_hash_sha512',
  '_crypto_core_ristretto255_is_valid_point',
  '_crypto_core_ristretto255_from_hash',
  '_crypto_core_ristretto255_add',
  '_crypto_core_ristretto255_scalar_reduce',
  '_crypto_core_ristretto255_scalar_mul',
  '_crypto_core_ristretto255_scalar_add',
  '_crypto_core_ristretto255_scalar_invert',
  '_crypto_scalarmult_ristretto255',
  '_crypto_scalarmult_ristretto255_base',
])

/** Loads the library. Await it once, before anything of `@kruispunt/crypto/group`. */
export const groupReady = heap.ready

export const { withScratch } = heap
