/**
 * What a coordinator signs to sign in; both ends make it here.
 * @module
 */
import { domainHash, fromHex, utf8 } from '@kruispunt/crypto'

/** `H("session", lab, keyId, challenge)`, so that the signature fits no statement and no other lab. */
export const challengeMessage = (lab: string, keyId: string, challenge: string): Uint8Array =>
  domainHash('session', utf8(lab), utf8(keyId), fromHex(challenge))
