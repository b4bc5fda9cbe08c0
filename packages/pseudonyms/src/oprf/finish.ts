/**
 * Step 3, back at the requester: hold every evaluation against its canaries, add them up, take the blinds off.
 * @module
 */
import { createHash } from 'node:crypto'
import { equalBytes, erase } from '@kruispunt/crypto'
import { addElements, elementBytes, invertScalars, multiply, scalarBytes } from '@kruispunt/crypto/group'
import { PseudonymError } from '../errors.ts'
import type { BatchSecrets } from './batch-secrets.ts'
import { type ElementsFault, elementsFault } from './elements.ts'
import { inputBytes, outputBytes } from './suite.ts'

export type EvaluationFault = ElementsFault | 'canary_differs'

const elementAt = (elements: Uint8Array, place: number) =>
  elements.subarray(place * elementBytes, (place + 1) * elementBytes)

/**
 * Why an evaluation is not the committed share's; undefined if nothing is wrong with it.
 * @param evaluation - as it came, 32 bytes an element of the batch
 * @param commitment - `Kⱼ`, from the ceremony
 */
export function evaluationFault(
  secrets: BatchSecrets,
  evaluation: Uint8Array,
  commitment: Uint8Array,
): EvaluationFault | undefined {
  return elementsFault(evaluation, secrets.places.length) ?? canaryFault(secrets, evaluation, commitment)
}

/** The canaries alone; the evaluation has as many elements as the batch. */
export function canaryFault(
  { canaries, places }: BatchSecrets,
  evaluation: Uint8Array,
  commitment: Uint8Array,
): 'canary_differs' | undefined {
  const count = canaries.length / scalarBytes
  const firstCanary = places.length - count
  const repeated = new Uint8Array(count * elementBytes)
  for (let i = 0; i < count; i++) repeated.set(commitment, i * elementBytes)
  const expected = multiply(repeated, canaries)
  for (let i = 0; i < count; i++) {
    const place = places[firstCanary + i] as number
    if (!equalBytes(elementAt(expected, i), elementAt(evaluation, place))) return 'canary_differs'
  }
  return undefined
}

/** Σ Zⱼ of all parties, the own one included. */
export function sumOfEvaluations(evaluations: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = evaluations
  if (first === undefined) throw new PseudonymError('malformed_batch')
  const sum = others.reduce((total, evaluation) => addElements(total, evaluation), first)
  // Only somebody who bends one record on purpose makes a sum vanish. It loses that record its links, and no more: any
  // other element will do for it.
  for (let place = 0; place * elementBytes < sum.length; place++)
    if (elementAt(sum, place).every((byte) => byte === 0)) elementAt(sum, place).set(elementAt(first, place))
  return sum
}

/**
 * `y` of every record, in the order of the inputs: 64 bytes each.
 * @param evaluations - of every party once, the own one included; each has passed {@link evaluationFault}
 * @throws {@link PseudonymError} `malformed_batch` if the numbers do not fit
 */
export function finishBatch(secrets: BatchSecrets, evaluations: readonly Uint8Array[]): Uint8Array {
  const { inputs, blinds } = secrets
  const inOrder = evaluations.map((evaluation) => recordsInOrder(secrets, evaluation))
  return finalizeInputs(inputs, inputBytes, blinds, sumOfEvaluations(inOrder))
}

/**
 * The elements of the records, in the order of the inputs: canaries have done their work.
 * @throws {@link PseudonymError} `malformed_batch`
 */
export function recordsInOrder({ inputs, places }: BatchSecrets, evaluation: Uint8Array): Uint8Array {
  if (evaluation.length !== places.length * elementBytes) throw new PseudonymError('malformed_batch')
  const records = inputs.length / inputBytes
  const ordered = new Uint8Array(records * elementBytes)
  for (let i = 0; i < records; i++) ordered.set(elementAt(evaluation, places[i] as number), i * elementBytes)
  return ordered
}

/**
 * RFC 9497 §3.3.1, Finalize, of equally long inputs: `H(I2OSP(|x|, 2) ‖ x ‖ I2OSP(|N|, 2) ‖ N ‖ "Finalize")`, 64 bytes each.
 * @param evaluated - of the whole key
 */
export function finalizeInputs(
  inputs: Uint8Array,
  rowBytes: number,
  blinds: Uint8Array,
  evaluated: Uint8Array,
): Uint8Array {
  const inverses = invertScalars(blinds)
  const unblinded = multiply(evaluated, inverses)
  erase(inverses)
  const records = inputs.length / rowBytes
  const outputs = new Uint8Array(records * outputBytes)
  const inputLength = Uint8Array.of(rowBytes >>> 8, rowBytes & 0xff)
  const elementLength = Uint8Array.of(0, elementBytes)
  for (let i = 0; i < records; i++) {
    const hash = createHash('sha512')
    hash.update(inputLength).update(inputs.subarray(i * rowBytes, (i + 1) * rowBytes))
    hash.update(elementLength).update(elementAt(unblinded, i)).update('Finalize')
    outputs.set(hash.digest(), i * outputBytes)
  }
  erase(unblinded)
  return outputs
}
