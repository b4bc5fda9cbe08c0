/**
 * Files of the batches this node asked for. What they hide is sealed under keys that come out of the epoch's own share: with
 * the share, at the end of the agreement, everything here becomes unreadable, wherever a copy of it lies.
 * @module
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { aeadOpen, aeadSeal, concatBytes, erase, hkdfSha256, lengthPrefixed, u64be, utf8 } from '@kruispunt/crypto'
import { makeFolder, writeSecretFile } from '../folder.ts'

/** `secrets`: until the batch is done. `elements`: what travels, until then. `outputs`: of every input its result, afterwards. */
type Kind = 'secrets' | 'elements' | 'outputs'

type Batch = { readonly id: string; readonly agreement: string; readonly epoch: number }

const nonceBytes = 24

export type BatchFiles = ReturnType<typeof createBatchFiles>

export function createBatchFiles(folder: string) {
  const pathOf = (id: string, kind: Kind) => join(folder, `${id}.${kind}`)

  const contextOf = ({ id, agreement, epoch }: Batch, kind: Kind) =>
    concatBytes(utf8('datalab/v1/oprf/file\0'), lengthPrefixed(utf8(agreement), u64be(epoch), utf8(id), utf8(kind)))

  function keyOf(share: Uint8Array, batch: Batch, kind: Kind): Uint8Array {
    return hkdfSha256({ ikm: share, salt: new Uint8Array(0), info: contextOf(batch, kind), length: 32 })
  }

  return {
    writeSealed(share: Uint8Array, batch: Batch, kind: 'secrets' | 'outputs', bytes: Uint8Array): void {
      makeFolder(folder)
      const key = keyOf(share, batch, kind)
      const { nonce, box } = aeadSeal(key, contextOf(batch, kind), bytes)
      erase(key)
      writeSecretFile(pathOf(batch.id, kind), concatBytes(nonce, box))
    },
    /** A copy: erase it after use. Undefined if there is no such file. @throws CryptoError `open_failed` */
    readSealed(share: Uint8Array, batch: Batch, kind: 'secrets' | 'outputs'): Uint8Array | undefined {
      const path = pathOf(batch.id, kind)
      if (!existsSync(path)) return undefined
      const sealed = Uint8Array.from(readFileSync(path))
      const key = keyOf(share, batch, kind)
      try {
        return aeadOpen(key, sealed.subarray(0, nonceBytes), contextOf(batch, kind), sealed.subarray(nonceBytes))
      } finally {
        erase(key)
      }
    },
    writeElements(id: string, elements: Uint8Array): void {
      makeFolder(folder)
      writeSecretFile(pathOf(id, 'elements'), elements)
    },
    readElements: (id: string): Uint8Array | undefined => {
      const path = pathOf(id, 'elements')
      return existsSync(path) ? Uint8Array.from(readFileSync(path)) : undefined
    },
    remove(id: string, ...kinds: readonly Kind[]): void {
      for (const kind of kinds) rmSync(pathOf(id, kind), { force: true })
    },
  }
}
