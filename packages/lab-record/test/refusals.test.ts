/** Every refusal by its code; the cases are in `refusals/`, and that there is one for each code is held here. */
import { afterAll, expect } from 'vitest'
import type { LabRecordErrorCode } from '../src/index.ts'
import './refusals/envelopes.ts'
import './refusals/rosters.ts'
import './refusals/agreements.ts'
import './refusals/ceremonies.ts'
import './refusals/jobs.ts'
import { reached } from './refusals/refusals.ts'

afterAll(() => {
  const all: Record<LabRecordErrorCode, true> = {
    envelope_malformed: true,
    envelope_not_canonical: true,
    statement_malformed: true,
    signature_invalid: true,
    signer_unknown: true,
    wrong_lab: true,
    wrong_roster: true,
    seen_conflict: true,
    roster_exists: true,
    roster_invalid: true,
    roster_rollback: true,
    roster_skipped: true,
    roster_fast_forward: true,
    roster_prev_differs: true,
    roster_below_threshold: true,
    roster_key_unproven: true,
    roster_expired: true,
    roster_not_accepted: true,
    chain_gap: true,
    chain_replay: true,
    chain_fork: true,
    statement_expired: true,
    not_in_role: true,
    agreement_unknown: true,
    agreement_invalid: true,
    agreement_exists: true,
    agreement_not_active: true,
    agreement_expired: true,
    already_decided: true,
    revoked: true,
    ceremony_out_of_order: true,
    ceremony_not_complete: true,
    oprf_not_agreed: true,
    oprf_out_of_order: true,
    column_not_agreed: true,
    too_many_records: true,
    extract_mode_differs: true,
    extract_exists: true,
    extract_unknown: true,
    request_unknown: true,
    request_invalid: true,
    request_exists: true,
    request_budget_spent: true,
    recovery_differs: true,
    job_out_of_order: true,
  }
  expect([...reached].sort()).toEqual(Object.keys(all).sort())
})
