/**
 * Profile en1: names of the English-speaking countries and addresses without letters in the postcode. The written standard is
 * contracts/docs/linkage-profiles.md.
 * @module
 */
import { makeProfile } from '../make-profile.ts'
import type { Profile } from '../types.ts'
import { englishAddress } from './address.ts'
import { ENGLISH_NICKNAMES } from './nicknames.ts'
import { soundex } from './soundex.ts'
import { englishSurnames } from './surnames.ts'

export const en1 = (): Profile =>
  makeProfile({
    id: 'en1',
    surnames: englishSurnames,
    address: englishAddress,
    sound: soundex,
    callingNames: ENGLISH_NICKNAMES,
  })
