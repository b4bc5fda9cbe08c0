/**
 * One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds, as every app knows them).
 * @module
 */
import { randomBytes } from '@kruispunt/crypto'
import { Secret, TOTP } from 'otpauth'

const secretBytes = 20
const period = 30
const settings = { algorithm: 'SHA1', digits: 6, period } as const
/** Clocks may be half a minute apart. */
const window = 1

export const newTotpSecret = (): Uint8Array => randomBytes(secretBytes)

const secretOf = (bytes: Uint8Array) => new Secret({ buffer: Uint8Array.from(bytes).buffer })

/** For typing over, and for a QR code. */
export function totpOfferOf(secret: Uint8Array, service: string, account: string) {
  const own = secretOf(secret)
  const uri = new TOTP({ ...settings, secret: own, issuer: service, label: account }).toString()
  return { secret: own.base32, uri }
}

/** @returns the number of the period that this code belongs to, if it is right now or just was; undefined otherwise */
export function totpStepOf(secret: Uint8Array, code: string, now: number): number | undefined {
  const delta = TOTP.validate({ ...settings, secret: secretOf(secret), token: code, window, timestamp: now })
  return delta === null ? undefined : Math.floor(now / 1000 / period) + delta
}
