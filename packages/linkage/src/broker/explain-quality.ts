/**
 * What the shown rates mean for the tables of a job, in Dutch and English sentences.
 *
 * From the displayed report only, so that no sentence says more than the figures do.
 * @module
 */
import type { ShownEstimate } from './display-estimate.ts'
import type { DisplayedLinkageReport, DisplayedPair } from './display-report.ts'
import { BrokerLinkageError } from './errors.ts'

export type Bilingual = { readonly nl: string; readonly en: string }

/** How sentences name a party and the people in its extract: `de gemeente` and `inwoners`. */
export type PartyWords = { readonly party: Bilingual; readonly people: Bilingual }

/**
 * @param words - per party of the report
 * @returns sentences about each pair in both directions, then about what the linkage misses and gets wrong
 * @throws {@link BrokerLinkageError} `unknown_party` for a party without words
 */
export function explainQuality(
  { pairs, parties }: DisplayedLinkageReport,
  words: Readonly<Record<string, PartyWords>>,
): Bilingual[] {
  const wordsOf = (party: string): PartyWords => {
    const found = words[party]
    if (!found) throw new BrokerLinkageError('unknown_party')
    return found
  }
  const subjectsOf = (party: string): number | null => parties.find((one) => one.party === party)?.subjects ?? null
  return pairs.flatMap((pair) => {
    const [one, other] = [wordsOf(pair.parties[0]), wordsOf(pair.parties[1])]
    const rates = pair.percentages.flatMap((percentage, at): Bilingual[] => {
      const subjects = subjectsOf(pair.parties[at] as string)
      if (percentage === null || subjects === null) return []
      return [at === 0 ? recognised(subjects, percentage, one, other) : recognised(subjects, percentage, other, one)]
    })
    if (rates.length === 0) return [tooFew(one, other)]
    return [...rates, missed(pair, one, other), ...wrong(pair.quality.precision)]
  })
}

function recognised(subjects: number, percentage: number, of: PartyWords, at: PartyWords): Bilingual {
  const rest = round(100 - percentage)
  return {
    nl:
      `Van de ${count(subjects, '.')} ${of.people.nl} is ${percent(percentage, 'nl')} bij ${at.party.nl} herkend; ` +
      `tabellen van ${of.people.nl} met gegevens van ${at.party.nl} missen de andere ${percent(rest, 'nl')}, ` +
      'van wie onbekend is of ze daar voorkomen.',
    en:
      `Of the ${count(subjects, ',')} ${of.people.en}, ${percent(percentage, 'en')} were recognised at ${at.party.en}; ` +
      `tables of ${of.people.en} with data of ${at.party.en} lack the other ${percent(rest, 'en')}, ` +
      'who may or may not be known there.',
  }
}

function missed({ quality: { recall, range } }: DisplayedPair, one: PartyWords, other: PartyWords): Bilingual {
  const both = {
    nl: `Van wie zowel bij ${one.party.nl} als bij ${other.party.nl} bekend is,`,
    en: `Of those who are known both at ${one.party.en} and at ${other.party.en},`,
  }
  if (recall.flaw === null && recall.percentage !== null) {
    const rest = round(100 - recall.percentage)
    return {
      nl: `${both.nl} mist de koppeling naar schatting ${percent(rest, 'nl')}; zoveel te laag zijn gezamenlijke aantallen.`,
      en: `${both.en} the linkage misses an estimated ${percent(rest, 'en')}; joint counts are too low by as much.`,
    }
  }
  if (range) {
    const [low, high] = [round(100 - range.recall[1]), round(100 - range.recall[0])]
    return {
      nl:
        `${both.nl} is niet te meten hoeveel de koppeling mist; ` +
        `waar beide partijen burgerservicenummers hebben, missen namen alleen ${number(low, 'nl')} tot ${percent(high, 'nl')}.`,
      en:
        `${both.en} how many the linkage misses cannot be measured; ` +
        `where both parties have citizen numbers, names alone miss ${number(low, 'en')} to ${percent(high, 'en')}.`,
    }
  }
  return {
    nl: `${both.nl} is niet te meten hoeveel de koppeling mist.`,
    en: `${both.en} how many the linkage misses cannot be measured.`,
  }
}

function wrong({ percentage, flaw }: ShownEstimate): Bilingual[] {
  if (percentage === null || flaw !== null) return []
  const share = round(100 - percentage)
  return [
    {
      nl: `Naar schatting is ${percent(share, 'nl')} van deze herkenningen een verwisseling met iemand anders.`,
      en: `An estimated ${percent(share, 'en')} of these recognitions are of somebody else.`,
    },
  ]
}

const tooFew = (one: PartyWords, other: PartyWords): Bilingual => ({
  nl: `Voor ${one.party.nl} en ${other.party.nl} gaat het om te weinig mensen om een aandeel te tonen.`,
  en: `For ${one.party.en} and ${other.party.en} there are too few people to show a share.`,
})

const round = (percentage: number): number => Math.round(percentage * 10) / 10

const number = (percentage: number, language: 'nl' | 'en'): string => {
  const text = percentage.toFixed(1)
  return language === 'nl' ? text.replace('.', ',') : text
}

const percent = (percentage: number, language: 'nl' | 'en'): string =>
  language === 'nl' ? `${number(percentage, 'nl')} %` : `${number(percentage, 'en')}%`

const count = (value: number, separator: string): string => String(value).replace(/\B(?=(\d{3})+$)/g, separator)
