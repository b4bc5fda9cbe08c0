import { sha256, utf8 } from '@kruispunt/crypto'

/** `ath` of RFC 9449 §4.2: base64url of the SHA-256 of the token. */
export const accessTokenHash = (token: string): string => Buffer.from(sha256(utf8(token))).toString('base64url')
