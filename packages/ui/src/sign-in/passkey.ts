/**
 * Asking the browser for a passkey. What it is asked comes from the service and is handed over as it is; the library is loaded
 * when it is first needed.
 * @module
 */
import type { PasskeyAssertion, passkeyOptions, passkeyRegistration } from '@kruispunt/contracts'
import type { z } from 'zod'
import { NotDone } from '../api/errors.ts'

type Options = z.infer<typeof passkeyOptions>

export const canUsePasskeys = (): boolean => 'PublicKeyCredential' in window

/** Every way in which it does not come to an answer looks the same to us: nothing was signed. */
async function orNotDone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new NotDone('no passkey', { cause: error })
  }
}

/** @throws NotDone */
export async function answerWithPasskey(options: Options): Promise<PasskeyAssertion> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return (await orNotDone(startAuthentication({ optionsJSON: options as never }))) as unknown as PasskeyAssertion
}

/** @throws NotDone */
export async function makePasskey(options: Options): Promise<z.infer<typeof passkeyRegistration>> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const made = await orNotDone(startRegistration({ optionsJSON: options as never }))
  return made as unknown as z.infer<typeof passkeyRegistration>
}
