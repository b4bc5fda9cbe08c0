const messages = {
  envelope_malformed: 'not a well-formed signed statement',
  envelope_not_canonical: 'the signed text is not in canonical form',
  statement_malformed: 'the statement has missing or extra members',
  signature_invalid: 'a signature does not verify',
  signer_unknown: 'the signing key is not in the roster',
  wrong_lab: 'the statement belongs to another lab',
  wrong_roster: 'the statement refers to another roster',
  seen_conflict: 'the signer has seen another log than this one',
  roster_exists: 'there is a roster already',
  roster_invalid: 'the roster is not consistent',
  roster_rollback: 'the roster is not newer than the one in force',
  roster_skipped: 'a roster between this one and the one in force is missing',
  roster_fast_forward: 'the version number runs ahead',
  roster_prev_differs: 'the roster does not follow the one in force',
  roster_below_threshold: 'too few parties have accepted the new roster',
  roster_key_unproven: 'a new key has not signed: nobody has shown that they hold it',
  roster_expired: 'the roster has expired',
  roster_not_accepted: 'not every party has accepted the roster',
  chain_gap: 'an earlier statement of this signer is missing',
  chain_replay: 'this statement is on record already, or older than the last',
  chain_fork: 'this signer made two statements with one sequence number',
  statement_expired: 'the statement has expired',
  not_in_role: 'this key may not sign this kind of statement',
  agreement_unknown: 'no such agreement',
  agreement_invalid: 'the agreement is not consistent',
  agreement_exists: 'this agreement is on record already',
  agreement_not_active: 'not every party has signed the agreement',
  agreement_expired: 'outside the dates of the agreement',
  already_decided: 'this officer has decided already',
  revoked: 'this has been withdrawn',
  ceremony_out_of_order: 'this message does not fit the state of the ceremony',
  ceremony_not_complete: 'the ceremony of this epoch is not complete',
  oprf_not_agreed: 'this party may not ask for joint numbers under this agreement',
  oprf_out_of_order: 'this does not fit the state of the batch',
  column_not_agreed: 'a column is not in the agreement',
  too_many_records: 'more records than the agreement allows',
  extract_mode_differs: 'the agreement wants this dataset delivered the other way',
  extract_exists: 'this extract is on record already',
  extract_unknown: 'no such current extract',
  request_unknown: 'no such request',
  request_invalid: 'the request names something outside the agreement',
  request_exists: 'this request identifier has been used',
  request_budget_spent: 'the agreed number of requests is used up',
  recovery_differs: 'this log has another root at that size',
  job_out_of_order: 'this does not fit the state of the job',
} as const
export type LabRecordErrorCode = keyof typeof messages

/** The only error this package throws. Safe to log and to show: the message is fixed and quotes no data. */
export class LabRecordError extends Error {
  override readonly name = 'LabRecordError'
  readonly code: LabRecordErrorCode
  constructor(code: LabRecordErrorCode, options?: ErrorOptions) {
    super(messages[code], options)
    this.code = code
  }
}

export function refuseUnless(condition: boolean, code: LabRecordErrorCode): asserts condition {
  if (!condition) throw new LabRecordError(code)
}
