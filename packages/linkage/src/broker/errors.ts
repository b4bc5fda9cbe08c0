/**
 * What the broker's side of linkage refuses.
 * @module
 */
const messages = {
  party_twice: 'two extracts are of the same party',
  too_many_parties: 'more than 32 parties in one linkage',
  too_many_keys: 'more than 64 match keys in one linkage',
  key_twice: 'one extract has two columns of the same match key',
  subjects_malformed: 'the number of subjects of an extract is not a whole number',
  slots_malformed: 'the number of tokens per subject is not a whole number from 1 to 1000',
  one_slot_expected: 'the keys of citizen numbers and of addresses hold one token per subject',
  tokens_length: 'a token column is not as long as its subjects, slots and 16 bytes per token say',
  present_malformed: 'what tells values from filling is not a 0 or 1 per subject',
  job_key_length: 'the key of the job is not 32 bytes',
  fewest_keys_malformed: 'the number of keys that a link needs is not a whole number from 1 to 10',
  unknown_party: 'a party is named that has no extract in this linkage',
  too_large: 'the extracts hold more tokens of one key than one linkage can carry',
  minimum_malformed: 'the smallest count shown must be a whole number, 3 or more',
  persons_malformed: 'the persons and the invented subjects are not of the same extracts',
} as const
export type BrokerLinkageErrorCode = keyof typeof messages

/** The only error this entry point throws. Safe to log and to show: the message is fixed and quotes no data. */
export class BrokerLinkageError extends Error {
  override readonly name = 'BrokerLinkageError'
  readonly code: BrokerLinkageErrorCode
  constructor(code: BrokerLinkageErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}
