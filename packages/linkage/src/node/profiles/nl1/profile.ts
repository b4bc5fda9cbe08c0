/**
 * Profile nl1: Dutch names and addresses. The written standard is contracts/docs/linkage-profiles.md.
 * @module
 */
import { readHouseNumber, readSuffix } from '../house-number.ts'
import { makeProfile } from '../make-profile.ts'
import { remembering } from '../remember.ts'
import type { Profile } from '../types.ts'
import { type AddressReaders, dutchAddress, readPostcode, readStreetLine } from './address.ts'
import { DUTCH_CALLING_NAMES } from './calling-names.ts'
import { dutchSound } from './sound.ts'
import { surnameCores } from './surnames.ts'

export function nl1(): Profile {
  const read: AddressReaders = {
    postcode: remembering(readPostcode),
    houseNumber: remembering(readHouseNumber),
    suffix: remembering(readSuffix),
    streetLine: remembering(readStreetLine),
  }
  return makeProfile({
    id: 'nl1',
    surnames: surnameCores,
    address: (raw) => dutchAddress(raw, read),
    sound: dutchSound,
    callingNames: DUTCH_CALLING_NAMES,
  })
}
