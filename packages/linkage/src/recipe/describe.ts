/**
 * A recipe in words, for the officer who signs it.
 * @module
 */
import { citizenNumberKey, householdKey, type LinkageRecipe, type MatchKey } from '@kruispunt/contracts'
import { type Bilingual, partWords } from './part-words.ts'
import { isTentative } from './tentative.ts'

/** What has to be equal, in the order of the parts: "eerste voorletter + achternaam + geboortedatum". */
export function describeKey({ parts }: Pick<MatchKey, 'parts'>): Bilingual {
  return {
    nl: parts.map((part) => partWords[part].nl).join(' + '),
    en: parts.map((part) => partWords[part].en).join(' + '),
  }
}

const profiles: Readonly<Record<LinkageRecipe['profile'], Bilingual>> = {
  nl1: {
    nl: 'Namen, datums en adressen worden gelijkgemaakt volgens het Nederlandse profiel nl1.',
    en: 'Names, dates and addresses are brought into one form by the Dutch profile nl1.',
  },
  en1: {
    nl: 'Namen, datums en adressen worden gelijkgemaakt volgens het Engelstalige profiel en1.',
    en: 'Names, dates and addresses are brought into one form by the English-language profile en1.',
  },
}

const numberUse: Readonly<Record<LinkageRecipe['citizenNumber'], Bilingual>> = {
  key: {
    nl: 'Gelijke burgerservicenummers koppelen; twee verschillende zijn nooit één persoon. Alleen partijen met een wettelijke grondslag gebruiken het.',
    en: 'Equal citizen numbers link; two different ones are never one person. Only parties with a legal ground use it.',
  },
  veto: {
    nl: 'Gelijke burgerservicenummers koppelen niet; twee verschillende zijn nooit één persoon. Alleen partijen met een wettelijke grondslag gebruiken het.',
    en: 'Equal citizen numbers do not link; two different ones are never one person. Only parties with a legal ground use it.',
  },
}

const noNumber: Bilingual = {
  nl: 'Het burgerservicenummer wordt niet gebruikt.',
  en: 'The citizen number is not used.',
}

const suspects: Readonly<Record<LinkageRecipe['suspects'], Bilingual>> = {
  keep: {
    nl: 'Wie alleen het burgerservicenummer gemeen heeft, blijft gekoppeld en wordt geteld als twijfelgeval.',
    en: 'Who has only the citizen number in common stays linked and is counted as a suspect.',
  },
  drop: {
    nl: 'Wie alleen het burgerservicenummer gemeen heeft, wordt niet gekoppeld.',
    en: 'Who has only the citizen number in common is not linked.',
  },
}

const tentativeWords = [
  ', alleen tussen partijen waar de andere sleutels dit bevestigen',
  ', only between parties where the other keys bear this out',
] as const

/** One line each: the profile, the keys of persons, the number, how many keys it takes, calling names, households. */
export function describeRecipe(recipe: LinkageRecipe): Bilingual[] {
  const { keys, fewestKeys } = recipe
  const hasNumber = keys.some(({ id }) => id === citizenNumberKey)
  const lines: Bilingual[] = [profiles[recipe.profile]]
  for (const key of keys) {
    if (key.id === citizenNumberKey || key.id === householdKey) continue
    const words = describeKey(key)
    const [nl, en] = isTentative(key.id) ? tentativeWords : ['', '']
    lines.push({ nl: `${key.id}: zelfde ${words.nl}${nl}.`, en: `${key.id}: same ${words.en}${en}.` })
  }
  lines.push(hasNumber ? numberUse[recipe.citizenNumber] : noNumber)
  if (hasNumber && recipe.citizenNumber === 'key' && keys.length > 1) lines.push(suspects[recipe.suspects])
  if (fewestKeys > 1)
    lines.push({
      nl: `Een koppeling vraagt ten minste ${fewestKeys} gelijke sleutels naast het burgerservicenummer.`,
      en: `A link takes at least ${fewestKeys} equal keys besides the citizen number.`,
    })
  if (recipe.callingNames)
    lines.push({
      nl: 'Roepnamen tellen ook als de voornaam waar zij meestal van komen.',
      en: 'Calling names also count as the official name they usually stand for.',
    })
  if (keys.some(({ id }) => id === householdKey))
    lines.push({
      nl: 'Huishoudens worden herkend aan hetzelfde adres, alleen voor vragen over huishoudens.',
      en: 'Households are recognised by the same address, for questions about households only.',
    })
  return lines
}
