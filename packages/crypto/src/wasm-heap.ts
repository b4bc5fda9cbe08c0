/**
 * A build of libsodium: its compiled functions and the memory they work in.
 *
 * The ready-made wrappers free their memory without wiping it, so keys and plaintext would stay readable in the
 * WebAssembly heap for as long as the process lives. Here every block is wiped before it is given back.
 * @module
 */
import { CryptoError } from './errors.ts'

/** As Emscripten exports them: addresses and lengths are numbers, a 64-bit length takes two. */
type Call = (...args: number[]) => number
type Library<Name extends string> = Record<Name | '_malloc' | '_free', Call> & { readonly HEAPU8: Uint8Array }

/** Memory for one operation. Addresses are valid inside `withScratch` only. */
type Scratch<Name extends string> = {
  readonly sodium: Library<Name>
  /** A zeroed block. */
  take(length: number): number
  /** A block holding a copy of these bytes. */
  put(bytes: Uint8Array): number
  /** A copy of what stands at this address. */
  read(address: number, length: number): Uint8Array
}

export type Heap<Name extends string> = {
  /** Loads the library, once. */
  ready(): Promise<void>
  /**
   * Runs one operation and wipes and frees every block it took, also when it throws.
   * @throws {@link CryptoError} `not_ready` before `ready` is done
   */
  withScratch<T>(operation: (scratch: Scratch<Name>) => T): T
}

/** @param used - the functions that are called, all of which must be there */
export function createHeap<Name extends string>(
  wrappers: { readonly ready: Promise<unknown> },
  used: readonly Name[],
): Heap<Name> {
  let loaded: Library<Name> | undefined
  return {
    async ready() {
      if (loaded) return
      await wrappers.ready
      const { libsodium } = wrappers as unknown as { libsodium: Library<Name> }
      for (const name of [...used, '_malloc', '_free'] as const) {
        // The package pins one version; another one that lacks a function must stop here and not halfway a job.
        if (typeof libsodium[name] !== 'function') throw new Error(`libsodium lacks ${name}`)
      }
      loaded = libsodium
    },
    withScratch(operation) {
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
    },
  }
}
