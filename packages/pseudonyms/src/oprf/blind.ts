/**
 * Step 1, at the party that has the records: hide every input behind a blind, and mix canaries in.
 *
 * A canary is `C = ρ · G`. Whoever evaluates with the share it committed to returns `ρ · Kⱼ`, which the requester can work out
 * by itself; and a canary looks like any other element. So a wrong share shows, and one that is used for a fraction f of a batch
 * stays unseen with probability (1 − f)^canaries (protocol §3.5).
 * @module
 */
import { erase, shuffledOrder } from '@kruispunt/crypto'
import {
  elementBytes,
  generatorTimes,
  hashToElements,
  multiply,
  randomScalars,
  scalarBytes,
} from '@kruispunt/crypto/group'
import { PseudonymError } from '../errors.ts'
import type { BatchSecrets } from './batch-secrets.ts'
import { hashToGroupDomain, inputBytes } from './suite.ts'

/** In every batch, whatever its size. */
export const fewestCanaries = 64

export type BlindedBatch = {
  /** What the requester keeps, and nobody else may see. */
  readonly secrets: BatchSecrets
  /** What travels: 32 bytes a record and a canary, in an order that says nothing. */
  readonly elements: Uint8Array
}

/** Scalars nobody else knows, and the elements they make: 32 bytes each, in the same order. */
export type Hidden = { readonly scalars: Uint8Array; readonly elements: Uint8Array }

/** @throws {@link PseudonymError} `malformed_input` unless it is one input or more */
export function countInputs(inputs: Uint8Array): number {
  const records = inputs.length / inputBytes
  if (!Number.isInteger(records) || records < 1) throw new PseudonymError('malformed_input')
  return records
}

/** Inputs under fresh blinds. */
export function hideInputs(inputs: Uint8Array): Hidden {
  const scalars = randomScalars(countInputs(inputs))
  return { scalars, elements: blindInputs(inputs, inputBytes, scalars) }
}

export function makeCanaries(): Hidden {
  const scalars = randomScalars(fewestCanaries)
  return { scalars, elements: generatorTimes(scalars) }
}

/** Every element in a place that was drawn for it. */
export function mixBatch(inputs: Uint8Array, records: Hidden, canaries: Hidden): BlindedBatch {
  const count = countInputs(inputs)
  const places = shuffledOrder(count + fewestCanaries)
  const elements = new Uint8Array(places.length * elementBytes)
  for (let i = 0; i < places.length; i++) {
    const [source, at] = i < count ? [records.elements, i] : [canaries.elements, i - count]
    elements.set(source.subarray(at * elementBytes, (at + 1) * elementBytes), (places[i] as number) * elementBytes)
  }
  return { secrets: { inputs: inputs.slice(), blinds: records.scalars, canaries: canaries.scalars, places }, elements }
}

/**
 * Blinds a batch with fresh blinds. `groupReady()` must be done.
 * @param inputs - 32 bytes a record, see `oprfInputs`; all different, one record or more
 * @throws {@link PseudonymError} `malformed_input`
 */
export function blindBatch(inputs: Uint8Array): BlindedBatch {
  return mixBatch(inputs, hideInputs(inputs), makeCanaries())
}

/** RFC 9497 §3.3.1, Blind, of equally long inputs with blinds that are given: 32 bytes each. */
export function blindInputs(inputs: Uint8Array, rowBytes: number, blinds: Uint8Array): Uint8Array {
  const hashed = hashToElements(inputs, rowBytes, hashToGroupDomain)
  if (hashed.length / elementBytes !== blinds.length / scalarBytes) throw new PseudonymError('malformed_input')
  const blinded = multiply(hashed, blinds)
  erase(hashed)
  return blinded
}
