/**
 * Ready-made recipes, from a few choices that partners make at the table.
 * @module
 */
import { citizenNumberKey, householdKey, type LinkageProfile, type LinkageRecipe } from '@kruispunt/contracts'
import { standardKeysOf } from './standard-keys.ts'
import { isTentative } from './tentative.ts'

export type RecipeChoices = {
  /**
   * `strict`: N1–N14. `tolerant`: also E1–E6, which forgive one letter or digit, or a date, and make three to four times the
   * tokens. Under en1, of which the keys say most of this already: P1–P29, and with them the tentative T1–T22.
   */
  readonly strictness: 'strict' | 'tolerant'
  /** `none`: nobody's number is used, not even to keep people apart. */
  readonly citizenNumber: LinkageRecipe['citizenNumber'] | 'none'
  /** N15 links without a first name: only where a near-complete register takes part. Left out unless asked for; en1 has no need of it. */
  readonly nearCompleteRegister?: boolean
  /** H1, for questions about households. Left out unless asked for. */
  readonly households?: boolean
  /** Two people with one number and nothing else in common; kept unless said otherwise. */
  readonly suspects?: LinkageRecipe['suspects']
  /** One unless said otherwise. */
  readonly fewestKeys?: number
  /** Looked up unless said otherwise. */
  readonly callingNames?: boolean
}

/** The standard recipe of a profile. It has no faults where the party may use the citizen number, or where it is `none`. */
export function standardRecipe(profile: LinkageProfile, choices: RecipeChoices): LinkageRecipe {
  const isWanted = (id: string): boolean => {
    if (id === citizenNumberKey) return choices.citizenNumber !== 'none'
    if (id === householdKey) return choices.households === true
    if (profile === 'en1') return id.startsWith('P') || (isTentative(id) && choices.strictness === 'tolerant')
    if (id === 'N15') return choices.nearCompleteRegister === true
    return id.startsWith('N') || choices.strictness === 'tolerant'
  }
  return {
    profile,
    keys: standardKeysOf(profile)
      .filter(({ id }) => isWanted(id))
      .map(({ id, parts }) => ({ id, parts: [...parts] })),
    citizenNumber: choices.citizenNumber === 'none' ? 'veto' : choices.citizenNumber,
    suspects: choices.suspects ?? 'keep',
    fewestKeys: choices.fewestKeys ?? 1,
    callingNames: choices.callingNames ?? true,
  }
}
