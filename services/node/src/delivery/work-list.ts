/**
 * What is going on with files right now, for whoever looks in. Kept in memory: work that dies with the process is begun anew.
 * @module
 */
import type { AgreementId, DeliveryWork, ExtractId } from '@kruispunt/contracts'
import type { JointProgress } from '../oprf/order.ts'

type On = { readonly agreement: { readonly id: AgreementId }; readonly dataset: { readonly id: string } }

export function createWorkList() {
  const going = new Set<DeliveryWork>()
  return {
    list: (): DeliveryWork[] => [...going],
    /** Listed from its beginning to its end, however it ends. */
    async during<T>(
      step: DeliveryWork['step'],
      { agreement, dataset }: On,
      extractId: ExtractId | null,
      run: (onProgress: (part: number) => void, onJointNumbers: (joint: JointProgress) => void) => Promise<T>,
    ): Promise<T> {
      const one: DeliveryWork = { agreement: agreement.id, dataset: dataset.id, extractId, step, part: 0, joint: null }
      going.add(one)
      try {
        return await run(
          (part) => {
            one.part = Math.min(1, Math.max(0, part))
          },
          (joint) => {
            one.joint = { ...joint, waitingFor: [...joint.waitingFor] }
          },
        )
      } finally {
        going.delete(one)
      }
    },
  }
}
