/**
 * A sealed sequence of chunks (libsodium secretstream, XChaCha20-Poly1305): none can be changed, dropped, doubled
 * or moved, and the last one says that it is the last. Whoever opens must insist on that last one.
 * @module
 */
import { erase } from './bytes.ts'
import { CryptoError } from './errors.ts'
import { withScratch } from './sodium-heap.ts'

const keyBytes = 32
const headerBytes = 24
const overheadBytes = 17
const tagMessage = 0
const tagFinal = 3

export type StreamSealer = {
  /** 24 bytes, to be sent before the first chunk */
  readonly header: Uint8Array
  /** One sealed chunk, 17 bytes longer. @throws {@link CryptoError} `stream_finished` after the final one */
  push(chunk: Uint8Array, aad: Uint8Array, final: boolean): Uint8Array
}
export type StreamOpener = {
  /**
   * Opens the next chunk; `chunk` must have exactly the bytes that one push gave.
   * @throws {@link CryptoError} `open_failed`, after which the stream stays shut; `stream_finished` after the final one
   */
  pull(chunk: Uint8Array, aad: Uint8Array): { readonly plaintext: Uint8Array; readonly final: boolean }
}

/** Starts a stream. @throws {@link CryptoError} `malformed_key` unless the key is 32 bytes */
export function createStreamSealer(key: Uint8Array): StreamSealer {
  if (key.length !== keyBytes) throw new CryptoError('malformed_key')
  // The state lives in our memory between calls, so that an abandoned stream leaves nothing in the library's heap.
  const { header, state } = withScratch(({ sodium, take, put, read }) => {
    const stateBytes = sodium._crypto_secretstream_xchacha20poly1305_statebytes()
    const [stateAt, headerAt] = [take(stateBytes), take(headerBytes)]
    const status = sodium._crypto_secretstream_xchacha20poly1305_init_push(stateAt, headerAt, put(key))
    if (status !== 0) throw new CryptoError('malformed_key')
    return { header: read(headerAt, headerBytes), state: read(stateAt, stateBytes) }
  })
  let finished = false
  return {
    header,
    push: (chunk, aad, final) => {
      if (finished) throw new CryptoError('stream_finished')
      const sealed = withScratch(({ sodium, take, put, read }) => {
        const [stateAt, out] = [put(state), take(chunk.length + overheadBytes)]
        const lengths = [put(chunk), chunk.length, 0, put(aad), aad.length, 0] as const
        const tag = final ? tagFinal : tagMessage
        const status = sodium._crypto_secretstream_xchacha20poly1305_push(stateAt, out, 0, ...lengths, tag)
        if (status !== 0) throw new CryptoError('out_of_range')
        state.set(read(stateAt, state.length))
        return read(out, chunk.length + overheadBytes)
      })
      if (final) {
        finished = true
        erase(state)
      }
      return sealed
    },
  }
}

/** Opens a stream by its header. @throws {@link CryptoError} `malformed_key`; `open_failed` for a header that is not 24 bytes */
export function createStreamOpener(key: Uint8Array, header: Uint8Array): StreamOpener {
  if (key.length !== keyBytes) throw new CryptoError('malformed_key')
  if (header.length !== headerBytes) throw new CryptoError('open_failed')
  const state = withScratch(({ sodium, take, put, read }) => {
    const stateBytes = sodium._crypto_secretstream_xchacha20poly1305_statebytes()
    const stateAt = take(stateBytes)
    const status = sodium._crypto_secretstream_xchacha20poly1305_init_pull(stateAt, put(header), put(key))
    if (status !== 0) throw new CryptoError('open_failed')
    return read(stateAt, stateBytes)
  })
  let shut: 'open_failed' | 'stream_finished' | undefined
  const shutFor = (reason: 'open_failed' | 'stream_finished'): void => {
    shut = reason
    erase(state)
  }
  return {
    pull: (chunk, aad) => {
      if (shut) throw new CryptoError(shut)
      const opened = chunk.length < overheadBytes ? undefined : pullOne(state, chunk, aad)
      // Tags that our sealers never write are refused too: a reader must not meet a state no test has seen.
      if (!opened || (opened.tag !== tagMessage && opened.tag !== tagFinal)) {
        shutFor('open_failed')
        throw new CryptoError('open_failed')
      }
      const final = opened.tag === tagFinal
      if (final) shutFor('stream_finished')
      return { plaintext: opened.plaintext, final }
    },
  }
}

function pullOne(
  state: Uint8Array,
  chunk: Uint8Array,
  aad: Uint8Array,
): { plaintext: Uint8Array; tag: number } | undefined {
  return withScratch(({ sodium, take, put, read }) => {
    const length = chunk.length - overheadBytes
    const [stateAt, message, tagAt] = [put(state), take(length), take(1)]
    const lengths = [put(chunk), chunk.length, 0, put(aad), aad.length, 0] as const
    const status = sodium._crypto_secretstream_xchacha20poly1305_pull(stateAt, message, 0, tagAt, ...lengths)
    if (status !== 0) return undefined
    state.set(read(stateAt, state.length))
    return { plaintext: read(message, length), tag: sodium.HEAPU8[tagAt] as number }
  })
}
