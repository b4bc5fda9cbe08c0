/**
 * What a requester must remember of a batch until every evaluation is there, as one piece of bytes that can be stored sealed.
 * @module
 */
import { concatBytes, erase, u32be } from '@kruispunt/crypto'
import { scalarBytes } from '@kruispunt/crypto/group'
import { PseudonymError } from '../errors.ts'
import { inputBytes } from './suite.ts'

export type BatchSecrets = {
  /** 32 bytes a record. */
  readonly inputs: Uint8Array
  /** 32 bytes a record, same order. */
  readonly blinds: Uint8Array
  /** 32 bytes a canary. */
  readonly canaries: Uint8Array
  /** Where in the batch each record stands, and after the records each canary. */
  readonly places: Uint32Array
}

const headBytes = 8

/** `u32be(records) ‖ u32be(canaries) ‖ inputs ‖ blinds ‖ canaries ‖ places as u32be` */
export function packSecrets({ inputs, blinds, canaries, places }: BatchSecrets): Uint8Array {
  const order = new Uint8Array(places.length * 4)
  const view = new DataView(order.buffer)
  for (let i = 0; i < places.length; i++) view.setUint32(i * 4, places[i] as number)
  const counts = [u32be(inputs.length / inputBytes), u32be(canaries.length / scalarBytes)]
  const packed = concatBytes(...counts, inputs, blinds, canaries, order)
  erase(order)
  return packed
}

/** @throws {@link PseudonymError} `malformed_batch` */
export function unpackSecrets(packed: Uint8Array): BatchSecrets {
  if (packed.length < headBytes) throw new PseudonymError('malformed_batch')
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const [records, canaries] = [view.getUint32(0), view.getUint32(4)]
  const total = records + canaries
  const lengths = [records * inputBytes, records * scalarBytes, canaries * scalarBytes, total * 4]
  if (packed.length !== lengths.reduce((sum, length) => sum + length, headBytes))
    throw new PseudonymError('malformed_batch')
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length, headBytes))
  const part = (i: number) => packed.slice((ends[i] as number) - (lengths[i] as number), ends[i])
  const places = new Uint32Array(total)
  const taken = new Uint8Array(total)
  for (let i = 0; i < total; i++) {
    const place = view.getUint32((ends[2] as number) + i * 4)
    if (place >= total || taken[place] === 1) throw new PseudonymError('malformed_batch')
    taken[place] = 1
    places[i] = place
  }
  return { inputs: part(0), blinds: part(1), canaries: part(2), places }
}

/** Overwrites the secrets with zeros. */
export function eraseSecrets({ inputs, blinds, canaries, places }: BatchSecrets): void {
  erase(inputs, blinds, canaries)
  places.fill(0)
}
