/**
 * Which files were handed over and wait to be worked through: a tab that was closed in between is taken up by another. In memory,
 * since the files themselves are erased when the node starts.
 * @module
 */
import type { AgreementId } from '@kruispunt/contracts'

type On = { readonly agreement: { readonly id: AgreementId }; readonly dataset: { readonly id: string } }
type WaitingFile = {
  readonly file: string
  readonly agreement: AgreementId
  readonly dataset: string
  readonly at: string
}

/** @param clock - milliseconds since 1970 */
export function createWaitingFiles(clock: () => number) {
  const waiting = new Map<string, WaitingFile>()
  return {
    list: (): WaitingFile[] => [...waiting.values()],
    add(file: string, { agreement, dataset }: On): void {
      waiting.set(file, { file, agreement: agreement.id, dataset: dataset.id, at: new Date(clock()).toISOString() })
    },
    remove: (file: string): void => void waiting.delete(file),
  }
}
