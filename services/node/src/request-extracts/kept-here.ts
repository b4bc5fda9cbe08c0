/**
 * Deliveries of datasets that are opened for single requests only: prepared like any other, and then kept at this node.
 * @module
 */
import type { AgreementDocument } from '@kruispunt/contracts'
import type { OwnExtract } from '../delivery-port.ts'

/** Whether nothing of it may leave but what is made of it for one request. */
export const staysHere = (
  { dataset, madeFor }: Pick<OwnExtract, 'dataset' | 'madeFor'>,
  { datasets }: Pick<AgreementDocument, 'datasets'>,
): boolean => madeFor === null && datasets.find(({ id }) => id === dataset)?.extractMode === 'per-request'

type Place = Pick<OwnExtract, 'agreement' | 'epoch' | 'dataset' | 'period'>

/** The newest delivery of a place that is ready and has its key. @param own - newest first */
export const newestHere = (own: readonly OwnExtract[], place: Place): OwnExtract | undefined =>
  own.find(
    (other) =>
      other.madeFor === null &&
      other.keyPresent &&
      other.state === 'prepared' &&
      other.agreement === place.agreement &&
      other.epoch === place.epoch &&
      other.dataset === place.dataset &&
      other.period === place.period,
  )
