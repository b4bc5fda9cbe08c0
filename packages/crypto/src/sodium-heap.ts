/**
 * The one door to the usual build of libsodium. The group of the joint pseudonyms has the larger build behind a door of its
 * own (`group-heap.ts`), which only those load who need it.
 * @module
 */
import sodium from 'libsodium-wrappers'
import { createHeap } from './wasm-heap.ts'

/** Functions of libsodium 1.0.22. */
const heap = createHeap(sodium, [
  '_crypto_generichash',
  '_crypto_aead_xchacha20poly1305_ietf_encrypt',
  '_crypto_aead_xchacha20poly1305_ietf_decrypt',
  '_crypto_secretstream_xchacha20poly1305_statebytes',
  '_crypto_secretstream_xchacha20poly1305_init_push',
  '_crypto_secretstream_xchacha20poly1305_push',
  '_crypto_secretstream_xchacha20poly1305_init_pull',
  '_crypto_secretstream_xchacha20poly1305_pull',
  '_crypto_kem_xwing_seed_keypair',
  '_crypto_kem_xwing_enc_deterministic',
  '_crypto_kem_xwing_dec',
])

/**
 * Loads libsodium. Await it once, before anything that seals, opens, encapsulates or makes tokens.
 * Everything else in this package works without it.
 */
export const cryptoReady = heap.ready

export const { withScratch } = heap
