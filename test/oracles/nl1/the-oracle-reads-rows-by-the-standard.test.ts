import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type PlainPerson, plainPerson, type RawPerson } from './person.ts'
import { plainSound } from './sound.ts'

type Case = {
  readonly name: string
  readonly input: { readonly person?: RawPerson; readonly callingNames?: boolean; readonly sound?: string }
  readonly output: Partial<PlainPerson> & { readonly sound?: string }
}
const file = new URL('../../vectors/linkage-nl1.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] }
const nobody: PlainPerson = {
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
}

describe('the oracle reads raw rows as the written standard says', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { input, output }) => {
    if (input.sound !== undefined) expect(plainSound(input.sound)).toBe(output.sound)
    else expect(plainPerson(input.person ?? {}, input.callingNames === true)).toEqual({ ...nobody, ...output })
  })
})
