/**
 * Profile nl1: Dutch names and addresses. The written standard is contracts/docs/linkage-profiles.md.
 * @module
 */
import { makeProfile } from '../make-profile.ts'
import { remembering } from '../remember.ts'
import type { Profile } from '../types.ts'
import { type AddressReaders, dutchAddress } from './address.ts'
import { DUTCH_CALLING_NAMES } from './calling-names.ts'
import { dutchSound } from './sound.ts'
import { readStreetLine } from './street-line.ts'
import { surnameCores } from './surnames.ts'

export function nl1(): Profile {
  const read: AddressReaders = { streetLine: remembering(readStreetLine) }
  return makeProfile({
    id: 'nl1',
    surnames: surnameCores,
    address: (raw) => dutchAddress(raw, read),
    sound: dutchSound,
    callingNames: DUTCH_CALLING_NAMES,
  })
}
