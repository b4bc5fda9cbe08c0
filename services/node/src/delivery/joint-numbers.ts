/**
 * From the citizen numbers of a file to what all parties together make of them, in `joint-oprf` mode.
 * @module
 */
import { citizenNumberKey, type Dataset } from '@kruispunt/contracts'
import { erase } from '@kruispunt/crypto'
import { type Subjects, writeBsn } from '@kruispunt/linkage/node'
import type { DeliverableAgreement, DeliveryPort } from '../delivery-port.ts'
import type { JointProgress } from '../oprf/order.ts'
import { outputBytes } from '../oprf/sizes.ts'

const digitsBytes = 9

export type JointOptions = {
  readonly onJointNumbers?: (progress: JointProgress) => void
  /** How long to wait for the others without any sign of progress, in ms; two minutes when left out. */
  readonly patienceMs?: number
}

/**
 * 64 bytes a subject, in the order of the subjects; of one without a number zeros. `null` where the numbers themselves are
 * hashed. Waits for the other parties.
 * @throws NodeError as `DeliveryPort.jointNumbers`
 */
export async function jointNumbersOf(
  port: DeliveryPort,
  agreement: DeliverableAgreement,
  dataset: Dataset,
  { bsn, subjects }: Pick<Subjects, 'bsn' | 'subjects'>,
  { onJointNumbers, patienceMs = 120_000 }: JointOptions,
): Promise<Uint8Array | null> {
  const isJoint = agreement.document.pseudonymMode === 'joint-oprf'
  if (!isJoint || !dataset.linkageKeys.includes(citizenNumberKey)) return null
  const places = new Map<number, number>()
  for (const number of bsn) if (number !== 0 && !places.has(number)) places.set(number, places.size)
  const joint = new Uint8Array(subjects * outputBytes)
  if (places.size === 0) return joint
  const digits = new Uint8Array(places.size * digitsBytes)
  for (const [number, place] of places) writeBsn(number, digits, place * digitsBytes)
  const order = { agreement: agreement.id, epoch: agreement.epoch, digits, patienceMs }
  try {
    const outputs = await port.jointNumbers(onJointNumbers ? { ...order, onProgress: onJointNumbers } : order)
    for (let subject = 0; subject < subjects; subject++) {
      const place = places.get(bsn[subject] as number)
      if (place === undefined) continue
      joint.set(outputs.subarray(place * outputBytes, (place + 1) * outputBytes), subject * outputBytes)
    }
    erase(outputs)
    return joint
  } finally {
    erase(digits)
  }
}
