/**
 * Profile en1: names of the English-speaking countries and addresses without letters in the postcode. The written standard is
 * contracts/docs/linkage-profiles.md.
 * @module
 */
import { lettersOf, plainText } from '../fold.ts'
import { makeProfile } from '../make-profile.ts'
import { remembering } from '../remember.ts'
import type { Profile } from '../types.ts'
import { type AddressReaders, englishAddress } from './address.ts'
import { ENGLISH_NICKNAMES } from './nicknames.ts'
import { soundex } from './soundex.ts'
import { readStreetLine } from './street-line.ts'
import { englishSurnames } from './surnames.ts'

export function en1(): Profile {
  const read: AddressReaders = {
    streetLine: remembering(readStreetLine),
    place: remembering((text) => lettersOf(plainText(text))),
  }
  return makeProfile({
    id: 'en1',
    surnames: englishSurnames,
    address: (raw) => englishAddress(raw, read),
    sound: soundex,
    callingNames: ENGLISH_NICKNAMES,
  })
}
