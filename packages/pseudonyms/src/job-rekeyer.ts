/**
 * Broker side: at the start of a job every token is replaced by its keyed hash under a random key made for that job
 * (protocol §3.4). Equal tokens stay equal within the job, and nothing it holds matches another job or an extract.
 * @module
 */
import { keyedHash128OfRows, randomBytes } from '@kruispunt/crypto'
import { PseudonymError } from './errors.ts'
import { tokenBytes } from './token-maker.ts'

/**
 * @param tokens - whole tokens of 16 bytes one after the other; not changed, so the caller still has to erase them
 * @returns as many bytes, in the same order
 * @throws {@link PseudonymError} `malformed_tokens` unless the length is a multiple of 16
 */
export type JobRekeyer = (tokens: Uint8Array) => Uint8Array

/**
 * Draws the key of one job and keeps it inside the function returned: it is gone when that function is.
 * Use one for all parties of a job and never one for two jobs.
 */
export function createJobRekeyer(): JobRekeyer {
  const jobKey = randomBytes(32)
  return (tokens) => {
    if (tokens.length % tokenBytes !== 0) throw new PseudonymError('malformed_tokens')
    return keyedHash128OfRows(jobKey, tokens, tokenBytes)
  }
}
