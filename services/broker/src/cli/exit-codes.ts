/**
 * How a command ends. Documented in the README; scripts rely on it.
 * @module
 */

import { AccountError } from '@kruispunt/accounts'
import { systemText } from '@kruispunt/command-line'
import { CryptoError } from '@kruispunt/crypto'
import { LabRecordError } from '@kruispunt/lab-record'
import { BrokerError } from '../errors.ts'
import { ToldError } from '../told-error.ts'
import { RefusedError, UnreachableError } from './api-client.ts'

export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  unreachable: 4,
  notYet: 5,
  logDoubtful: 6,
} as const

/** A command was given what it cannot use: a missing file, a wrong option. */
export class UsageError extends ToldError {
  override readonly name = 'UsageError'
}

/** It has not happened yet, within the time one was willing to wait. */
export class NotYetError extends ToldError {
  override readonly name = 'NotYetError'
}

/** The log does not fit itself or what was seen before. Nothing should be built on it. */
export class LogDoubtfulError extends ToldError {
  override readonly name = 'LogDoubtfulError'
}

export function exitCodeOf(error: unknown): number {
  const refusals = [RefusedError, BrokerError, LabRecordError, AccountError]
  if (refusals.some((refusal) => error instanceof refusal)) return exitCodes.refused
  if (error instanceof UnreachableError) return exitCodes.unreachable
  if (error instanceof NotYetError) return exitCodes.notYet
  if (error instanceof LogDoubtfulError) return exitCodes.logDoubtful
  if (error instanceof ToldError || systemText(error) !== undefined) return exitCodes.usage
  // A passphrase or a key file that does not open.
  if (error instanceof CryptoError) return exitCodes.usage
  return exitCodes.failed
}
