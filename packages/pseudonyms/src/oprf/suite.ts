/**
 * RFC 9497, suite ristretto255-SHA512, base mode (0x00): the constants.
 * @module
 */
import { concatBytes, utf8 } from '@kruispunt/crypto'

/** `"OPRFV1-" ‖ I2OSP(mode, 1) ‖ "-" ‖ identifier` (RFC 9497 §3.1). */
const contextString = concatBytes(utf8('OPRFV1-'), Uint8Array.of(0), utf8('-ristretto255-SHA512'))

/** Domain of HashToGroup (RFC 9497 §4.1). */
export const hashToGroupDomain = concatBytes(utf8('HashToGroup-'), contextString)

/** Bytes of the private input of one record, see `inputs.ts`. */
export const inputBytes = 32
/** Bytes of `y`, what a record's tokens are made of. */
export const outputBytes = 64
