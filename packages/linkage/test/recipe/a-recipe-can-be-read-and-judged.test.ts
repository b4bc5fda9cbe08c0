import {
  citizenNumberRecipe,
  type KeyPart,
  type LinkageRecipe,
  linkageRecipe,
  type MatchKey,
  type MatchKeyId,
} from '@kruispunt/contracts'
import { describe, expect, it } from 'vitest'
import {
  describeKey,
  describeRecipe,
  type RecipeFaultCode,
  recipeFaults,
  standardKeys,
  standardKeysOf,
  standardRecipe,
} from '../../src/recipe.ts'

const strict = standardRecipe('nl1', { strictness: 'strict', citizenNumber: 'key' })
const ids = (recipe: LinkageRecipe) => recipe.keys.map(({ id }) => id).join(' ')
const key = (id: string, ...parts: KeyPart[]): MatchKey => ({ id: id as MatchKeyId, parts })
const withKeys = (...keys: MatchKey[]): LinkageRecipe => ({ ...strict, keys })
const codes = (recipe: LinkageRecipe, citizenNumberAllowed = true): RecipeFaultCode[] =>
  recipeFaults(recipe, { citizenNumberAllowed }).map(({ code }) => code)

const persons = 'N1 N2 N3 N4 N5 N6 N7 N8 N9 N10 N11 N12 N13 N14'

describe('standard recipes', () => {
  it('hold the keys of linkage.md, and the exceptions only when asked for', () => {
    expect(ids(strict)).toBe(`B1 ${persons}`)
    expect(ids(standardRecipe('nl1', { strictness: 'strict', citizenNumber: 'none' }))).toBe(persons)
    const all = { strictness: 'tolerant', citizenNumber: 'veto', nearCompleteRegister: true, households: true } as const
    expect(ids(standardRecipe('nl1', all))).toBe(`B1 ${persons} N15 E1 E2 E3 E4 E5 E6 H1`)
    expect(standardRecipe('nl1', all).citizenNumber).toBe('veto')
  })
  it.each(['strict', 'tolerant'] as const)('have no faults and keep to the contract: %s', (strictness) => {
    for (const citizenNumber of ['key', 'veto', 'none'] as const) {
      const recipe = standardRecipe('nl1', { strictness, citizenNumber, nearCompleteRegister: true, households: true })
      expect(linkageRecipe.parse(recipe)).toStrictEqual(recipe)
      expect(codes(recipe, citizenNumber !== 'none')).toStrictEqual([])
    }
    expect(codes(citizenNumberRecipe)).toStrictEqual([])
  })
  it('of en1 are its own keys, the tentative ones where it is tolerant', () => {
    const english = (strictness: 'strict' | 'tolerant') => standardRecipe('en1', { strictness, citizenNumber: 'none' })
    expect(new Set(english('strict').keys.map(({ id }) => id[0]))).toStrictEqual(new Set(['P']))
    expect(new Set(english('tolerant').keys.map(({ id }) => id[0]))).toStrictEqual(new Set(['P', 'T']))
    for (const recipe of [english('strict'), english('tolerant')]) {
      expect(linkageRecipe.parse(recipe)).toStrictEqual(recipe)
      expect(codes(recipe, false)).toStrictEqual([])
    }
  })
  it('of en1 keep to the rule that is asked of other keys, and T keys are tentative because they do not', () => {
    for (const { id, parts } of standardKeysOf('en1').filter((own) => /^[PT]/.test(own.id))) {
      const asked = (name: string) => codes({ ...strict, profile: 'en1', keys: [key(name, ...parts)] })
      expect(asked('T99')).toStrictEqual([])
      if (id.startsWith('P')) expect(asked('X1')).toStrictEqual([])
      else expect(asked('X1')).not.toStrictEqual([])
    }
  })
  it('cannot be changed through a recipe made before', () => {
    strict.keys[1]?.parts.push('sex')
    expect(standardKeys.find(({ id }) => id === 'N1')?.parts).toStrictEqual(['initial', 'surname', 'birthDate'])
    strict.keys[1]?.parts.pop()
  })
})

describe('faults of a recipe', () => {
  it.each<[RecipeFaultCode[], LinkageRecipe]>([
    [
      ['key_twice'],
      withKeys(key('X1', 'initial', 'surname', 'birthDate'), key('X1', 'givenName', 'surname', 'birthDate')),
    ],
    [
      ['same_parts'],
      withKeys(key('X1', 'initial', 'surname', 'birthDate'), key('X2', 'surname', 'initial', 'birthDate')),
    ],
    [['part_twice'], withKeys(key('X1', 'initial', 'surname', 'surname', 'birthDate'))],
    [['standard_key_changed'], withKeys(key('N1', 'initial', 'surname', 'birthDate', 'sex'))],
    [['standard_key_changed'], withKeys(key('N15', 'surname', 'birthDate', 'address'))],
    [['citizen_number_key_malformed'], withKeys(key('B1', 'citizenNumber', 'sex'))],
    [['citizen_number_key_malformed'], withKeys(key('B1', 'address'))],
    [['citizen_number_elsewhere'], withKeys(key('X1', 'citizenNumber'))],
    [['citizen_number_elsewhere'], withKeys(key('X1', 'initial', 'citizenNumber', 'birthDate'))],
    [
      ['household_key_malformed'],
      withKeys(key('H1', 'addressWithoutSuffix'), key('X1', 'initial', 'surname', 'birthDate')),
    ],
    [['no_first_name'], withKeys(key('X1', 'surname', 'birthDate', 'sex', 'address'))],
    [['no_first_name'], withKeys(key('X15', 'surname', 'birthDate', 'sex', 'address'))],
    [['too_little'], withKeys(key('X1', 'givenName', 'surname', 'birthYear', 'sex', 'postcodeArea'))],
    [['too_little'], withKeys(key('X1', 'givenName', 'birthDate', 'sex'))],
    [['no_first_name', 'too_little'], withKeys(key('X1', 'birthDate'))],
    [['no_person_key'], withKeys(key('H1', 'address'))],
  ])('%j', (expected, recipe) => {
    expect(codes(recipe)).toStrictEqual(expected)
    for (const { message } of recipeFaults(recipe, { citizenNumberAllowed: true })) {
      expect(message.nl).not.toBe(message.en)
    }
  })
  it.each<[RecipeFaultCode[], MatchKey]>([
    [['shared_by_household'], key('X1', 'initial', 'surname', 'addressWithoutSuffix')],
    [['shared_by_household'], key('X1', 'surname', 'place', 'street', 'birthYear')],
    [['shared_by_household'], key('X1', 'address')],
    [['fewer_than_three'], key('X1', 'givenName', 'birthDate')],
    [['fewer_than_three'], key('X1', 'birthDate', 'postcodeArea', 'place')],
    [['fewer_than_three'], key('X1', 'givenName', 'surname', 'birthYear', 'sex')],
    [['fewer_than_two'], key('T30', 'surname', 'sex')],
    [[], key('T30', 'surname', 'place')],
    [[], key('X1', 'birthMonth', 'birthYear', 'street', 'place')],
    [[], key('X1', 'givenNameSound', 'addressWithoutSuffix')],
  ])('under en1 %j', (expected, own) => {
    expect(codes({ ...strict, profile: 'en1', keys: [own] })).toStrictEqual(expected)
  })
  it('are none at the border: two of surname, date and address, or two parts of the date', () => {
    expect(codes(withKeys(key('X1', 'initial', 'birthDay', 'birthMonth', 'address')))).toStrictEqual([])
    expect(codes(withKeys(key('X1', 'namesSorted', 'birthDateSorted')))).toStrictEqual([])
    expect(codes(withKeys(key('X1', 'initial', 'surnameSound', 'addressWithoutSuffix')))).toStrictEqual([])
  })
  it('name B1 where there is no legal ground for the number', () => {
    expect(recipeFaults(strict, { citizenNumberAllowed: false })).toMatchObject([
      { code: 'citizen_number_not_allowed', keyId: 'B1' },
    ])
  })
})

describe('words of a recipe', () => {
  it('say what has to be equal', () => {
    expect(describeKey(key('N1', 'initial', 'surname', 'birthDate'))).toStrictEqual({
      nl: 'eerste voorletter + achternaam + geboortedatum',
      en: 'first initial + surname + date of birth',
    })
  })
  it('say that a tentative key has to be borne out', () => {
    const lines = describeRecipe(standardRecipe('en1', { strictness: 'tolerant', citizenNumber: 'none' }))
    const tentative = lines.filter(({ en }) => en.includes('bear this out'))
    expect(tentative.length).toBe(lines.filter(({ en }) => /^T[0-9]+: same /.test(en)).length)
    expect(tentative.every(({ nl }) => nl.includes('dit bevestigen'))).toBe(true)
  })
  it('say every choice that the partners made', () => {
    const english = (recipe: LinkageRecipe) =>
      describeRecipe(recipe)
        .map(({ en }) => en)
        .join('\n')
    expect(english(strict)).toContain('Equal citizen numbers link')
    expect(english({ ...strict, citizenNumber: 'veto' })).toContain('Equal citizen numbers do not link')
    expect(english({ ...strict, suspects: 'drop' })).toContain('is not linked')
    expect(english({ ...strict, fewestKeys: 2 })).toContain('at least 2 equal keys')
    expect(english({ ...strict, callingNames: false })).not.toContain('Calling names')
    expect(english(standardRecipe('nl1', { strictness: 'strict', citizenNumber: 'none' }))).toContain(
      'number is not used',
    )
    expect(english(standardRecipe('nl1', { strictness: 'strict', citizenNumber: 'none', households: true }))).toContain(
      'Households',
    )
    for (const { nl, en } of describeRecipe(standardRecipe('nl1', { strictness: 'tolerant', citizenNumber: 'key' }))) {
      expect(nl).not.toBe(en)
    }
  })
})
