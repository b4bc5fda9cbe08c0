/**
 * Puts a profile together from its parts: what both have in common is here, what differs comes in.
 * @module
 */
import type { LinkageProfile } from '@kruispunt/contracts'
import { readBirthDate } from './birth-date.ts'
import { readGivenNames } from './given-names.ts'
import { readInitials } from './initials.ts'
import { letterBit, letterSets } from './letter-sets.ts'
import { remembering } from './remember.ts'
import { readSex } from './sex.ts'
import type { NormalAddress, Profile, RawPerson } from './types.ts'

/** What a profile brings of its own. */
export type ProfileParts = {
  readonly id: LinkageProfile
  /** cores of the names in one surname field, each once */
  readonly surnames: (text: string) => readonly string[]
  readonly address: (raw: RawPerson) => NormalAddress
  readonly sound: (name: string) => string
  /** calling name -> official names, both folded */
  readonly callingNames: ReadonlyMap<string, readonly string[]>
}

const NO_NAMES: readonly string[] = []

/** By UTF-16 unit, which for a-z is the alphabet; `localeCompare` would differ between machines. */
const sorted = (names: readonly string[]): readonly string[] => (names.length < 2 ? names : [...names].sort())

function mergeSorted(one: readonly string[], other: readonly string[]): readonly string[] {
  if (other.length === 0) return one
  return one.length === 0 ? other : sorted([...new Set([...one, ...other])])
}

/** @returns a profile with memories of its own: make one for each extract and drop it with the extract */
export function makeProfile(parts: ProfileParts): Profile {
  const setOf = letterSets()
  const surnamesOf = remembering((text) => sorted(parts.surnames(text)))
  const initialsOf = remembering(readInitials)
  const givenOf = remembering((text) => {
    const { first, initials } = readGivenNames(text)
    let official = 0
    for (const name of parts.callingNames.get(first) ?? []) official |= letterBit(name)
    return { first, initials, official }
  })
  const nobody = givenOf('')
  const surnames = (text: string | undefined): readonly string[] =>
    text === undefined || text === '' ? NO_NAMES : surnamesOf(text)
  return {
    id: parts.id,
    sound: remembering(parts.sound),
    normalise: (raw, options) => {
      const given = raw.givenNames ? givenOf(raw.givenNames) : nobody
      const calling = raw.callingName ? givenOf(raw.callingName) : nobody
      const written = raw.initials ? initialsOf(raw.initials) : ''
      const initials = written === '' ? given.initials : written
      // A calling name tells how somebody is called, not the initials; as the first letter it counts.
      let first =
        letterBit(initials) |
        letterBit(given.first) |
        letterBit(calling.first === '' ? calling.initials : calling.first)
      if (options.callingNames) first |= given.official | calling.official
      const birth = readBirthDate(raw.birthDate ?? '')
      return {
        surnames: mergeSorted(surnames(raw.surname), surnames(raw.partnerSurname)),
        givenName: given.first === '' ? calling.first : given.first,
        initials,
        firstInitials: setOf(first),
        birthYear: birth.year,
        birthMonth: birth.month,
        birthDay: birth.day,
        sex: readSex(raw.sex ?? ''),
        ...parts.address(raw),
      }
    },
  }
}
