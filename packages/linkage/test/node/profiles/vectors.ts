/**
 * The vectors of the written standard, and what an output leaves out.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { NormalPerson, RawPerson } from '../../../src/node/profiles/types.ts'

type Case =
  | {
      readonly name: string
      readonly input: { readonly person: RawPerson; readonly callingNames?: boolean }
      readonly output: Partial<NormalPerson>
    }
  | { readonly name: string; readonly input: { readonly sound: string }; readonly output: { readonly sound: string } }

export type PersonCase = Extract<Case, { input: { person: RawPerson } }>
export type SoundCase = Extract<Case, { input: { sound: string } }>

export const nobody: NormalPerson = {
  surnames: [],
  givenName: '',
  initials: '',
  firstInitials: [],
  birthYear: '',
  birthMonth: '',
  birthDay: '',
  sex: '',
  postcodeArea: '',
  address: '',
  addressWithoutSuffix: '',
  street: '',
  place: '',
}

/** @param id - of the profile; the file is `test/vectors/linkage-<id>.json` */
export function vectorsOf(id: string): { persons: readonly PersonCase[]; sounds: readonly SoundCase[] } {
  const file = new URL(`../../../../../test/vectors/linkage-${id}.json`, import.meta.url)
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] }
  return {
    persons: cases.filter((one): one is PersonCase => 'person' in one.input),
    sounds: cases.filter((one): one is SoundCase => 'sound' in one.input),
  }
}
