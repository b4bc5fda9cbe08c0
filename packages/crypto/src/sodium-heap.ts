/**
 * The one door to libsodium: its compiled functions and the memory they work in.
 *
 * The ready-made wrappers free their memory without wiping it, so keys and plaintext would stay readable in the
 * WebAssembly heap for as long as the process lives. Here every block is wiped before it is given back.
 * @module
 */
import sodium from 'libsodium-wrappers'
import { CryptoError } from './errors.ts'

type Call = (...args: number[]) => number

/** Functions of libsodium 1.0.22 as Emscripten exports them: addresses and lengths are numbers, a 64-bit length takes two. */
const used = [
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
  '_malloc',
  '_free',
] as const
type Sodium = Record<(typeof used)[number], Call> & { readonly HEAPU8: Uint8Array }

let loaded: Sodium | undefined

/**
 * Loads libsodium. Await it once, before anything that seals, opens, encapsulates or makes tokens.
 * Everything else in this package works without it.
 */
export async function cryptoReady(): Promise<void> {
  if (loaded) return
  await sodium.ready
  const { libsodium } = sodium as unknown as { libsodium: Sodium }
  for (const name of used) {
    // The package pins one version; another one that lacks a function must stop here and not halfway a job.
    if (typeof libsodium[name] !== 'function') throw new Error(`libsodium lacks ${name}`)
  }
  loaded = libsodium
}

/** Memory for one operation. Addresses are valid inside {@link withScratch} only. */
export type Scratch = {
  readonly sodium: Sodium
  /** A zeroed block. */
  take(length: number): number
  /** A block holding a copy of these bytes. */
  put(bytes: Uint8Array): number
  /** A copy of what stands at this address. */
  read(address: number, length: number): Uint8Array
}

/**
 * Runs one operation and wipes and frees every block it took, also when it throws.
 * @throws {@link CryptoError} `not_ready` before {@link cryptoReady} is done
 */
export function withScratch<T>(operation: (scratch: Scratch) => T): T {
  if (!loaded) throw new CryptoError('not_ready')
  const library = loaded
  const blocks: { address: number; length: number }[] = []
  const take = (length: number): number => {
    const address = library._malloc(Math.max(1, length))
    if (address === 0) throw new CryptoError('out_of_range')
    blocks.push({ address, length })
    library.HEAPU8.fill(0, address, address + length)
    return address
  }
  try {
    return operation({
      sodium: library,
      take,
      put: (bytes) => {
        const address = take(bytes.length)
        library.HEAPU8.set(bytes, address)
        return address
      },
      read: (address, length) => library.HEAPU8.slice(address, address + length),
    })
  } finally {
    for (const { address, length } of blocks) {
      library.HEAPU8.fill(0, address, address + length)
      library._free(address)
    }
  }
}
