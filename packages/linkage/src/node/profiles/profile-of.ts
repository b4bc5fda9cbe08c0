/**
 * From the name of a profile in an agreement to the profile.
 * @module
 */
import type { LinkageProfile } from '@kruispunt/contracts'
import { en1 } from './en1/profile.ts'
import { nl1 } from './nl1/profile.ts'
import type { Profile } from './types.ts'

const MAKERS: Readonly<Record<LinkageProfile, () => Profile>> = { nl1, en1 }

/**
 * @returns a new profile. It remembers names it has read, to be fast; make one for each extract and let it go afterwards,
 *   so that no plain name outlives the extract.
 */
export const profileOf = (id: LinkageProfile): Profile => MAKERS[id]()
