/**
 * How well the linking went, as the coordinator may see it: from the same displayed report that disclosure control
 * takes as known to everybody.
 * @module
 */
import type { AgreementDocument, LinkQuality, MatchKeyId } from '@kruispunt/contracts'
import {
  type DisplayedLinkageReport,
  explainQuality,
  type PartyWords,
  type ShownEstimate,
  type ShownQuality,
} from '@kruispunt/linkage/broker'
import type { SelfTest } from './self-test.ts'
import { explainSelfTest } from './self-test-words.ts'

const asShare = (percentage: number | null): number | null =>
  percentage === null ? null : Math.round(percentage * 10) / 1000

/** A rate is shown over this many subjects or more. */
const fewestForRate = 100

function rate(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole < fewestForRate) return null
  return Math.round((1000 * part) / whole) / 1000
}

/** Shown only where every part of the sum is. */
const sum = (parts: readonly (number | null)[]): number | null =>
  parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0)

const estimateOf = ({ percentage, margin, flaw }: ShownEstimate): LinkQuality['quality']['precision'] => ({
  share: asShare(percentage),
  margin: asShare(margin),
  flaw,
})

const rangeOf = ([low, high]: readonly [number, number]): [number, number] => [asShare(low) ?? 0, asShare(high) ?? 1]

const qualityOf = ({ precision, recall, range }: ShownQuality): LinkQuality['quality'] => ({
  precision: estimateOf(precision),
  recall: estimateOf(recall),
  range: range && { precision: rangeOf(range.precision), recall: rangeOf(range.recall) },
})

/** How sentences name a delivery and its people: by the agreement's names of the party and of the population it makes. */
function wordsOf(label: string, { parties, datasets, populations }: AgreementDocument): PartyWords {
  const dataset = datasets.find(({ id, party }) => label === `dataset:${id}` || label === party)
  const name = parties.find(({ id }) => id === dataset?.party)?.name ?? label
  const own = populations.find(({ dataset: of, unit }) => unit === 'persons' && of === dataset?.id)
  return {
    party: { nl: name, en: name },
    people: own?.label ?? { nl: `personen van ${name}`, en: `people of ${name}` },
  }
}

/** @param agreement - says what the parties and their people are called */
export function linkQualityOf(
  shown: DisplayedLinkageReport,
  agreement: AgreementDocument,
  selfTest: SelfTest,
): LinkQuality {
  const words = Object.fromEntries(shown.parties.map(({ party }) => [party, wordsOf(party, agreement)]))
  return {
    persons: shown.persons,
    parties: shown.parties.map(({ party, subjects, linked, ambiguous }) => ({
      party,
      subjects,
      linkedToAny: rate(linked, subjects),
      ambiguous,
    })),
    pairs: shown.pairs.map(({ parties: [a, b], linked, percentages: [ofA, ofB], ...pair }) => ({
      a,
      b,
      linked,
      rateOfA: asShare(ofA),
      rateOfB: asShare(ofB),
      singleKey: pair.singleKey,
      suspects: pair.suspects,
      conflicts: sum([pair.conflicts.sameParty, pair.conflicts.differentIdentity]),
      ties: pair.ties,
      quality: qualityOf(pair.quality),
    })),
    keys: shown.keys.map(({ keyId, voidTokens, links }) => ({ keyId: keyId as MatchKeyId, voidTokens, links })),
    quality: qualityOf(shown.quality),
    households: shown.households && {
      households: shown.households.households,
      personsWithoutAddress: shown.households.personsWithoutAddress,
      personsInInstitutions: shown.households.personsInInstitutions,
    },
    selfTest,
    explanation: [
      ...explainQuality(shown, words).map(({ nl, en }) => ({ nl, en })),
      ...explainSelfTest(selfTest, (label) => wordsOf(label, agreement).party.nl),
    ],
  }
}
