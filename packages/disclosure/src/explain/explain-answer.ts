/**
 * An answer or a refusal explained, in plain Dutch and English: which rules a table like this is held against, what its states
 * mean, and what would make more of it visible. Computed from shape, rules and published pattern; no count is looked at.
 * @module
 */
import type { Rules } from '../rules.ts'
import type { Axis, Outcome, Unit } from '../types.ts'
import { adviceText } from './advice-text.ts'
import { ruleTexts } from './rule-texts.ts'
import { refusalTexts, stateTexts } from './state-texts.ts'
import { dimensionWords, type Labels, type Words } from './words.ts'

export type Explained = {
  readonly unit: Unit
  readonly axes: readonly Axis[]
  readonly outcome: Outcome
  readonly rules: Rules
  /** Organisations that deliver the data, as the agreement names them: not who turned out to be in the table. */
  readonly parties: readonly string[]
  readonly structuralZeros?: number
  readonly labels?: Labels
  /** The agreement publishes more of its rules than the minimum. */
  readonly withParameters?: boolean
}

export type Explanation = {
  readonly summary: Words
  /** Rules that can withhold something in a table of this shape. */
  readonly rules: readonly Words[]
  readonly states: { readonly withheld: Words; readonly zero: Words; readonly structural: Words }
  /** Best first; of a refusal, the first line says what to do. */
  readonly advice: readonly Words[]
}

export function explainAnswer(explained: Explained): Explanation {
  const { unit, axes, outcome, rules, parties, structuralZeros = 0, labels = {}, withParameters = false } = explained
  const earlierTables = outcome.outcome === 'answered' ? outcome.certificate.earlierTables : 0
  // Dimensions that the reader does not see (a filter) cannot be followed up on.
  const visible = new Set(axes.map(({ dimension }) => dimension))
  const advice = outcome.advice
    .filter(({ dimension }) => visible.has(dimension))
    .map((each) => adviceText(each, labels))
  return {
    summary: summary(outcome, axes, labels),
    rules: ruleTexts({ unit, axes, parties, structuralZeros, earlierTables }, rules, labels, withParameters),
    states: stateTexts(rules.minimum),
    advice: outcome.outcome === 'refused' ? [refusalTexts[outcome.code].remedy, ...advice] : advice,
  }
}

function summary(outcome: Outcome, axes: readonly Axis[], labels: Labels): Words {
  if (outcome.outcome === 'refused') return refusalTexts[outcome.code].reason
  const all = outcome.cells.length
  const holes = outcome.cells.filter(({ state }) => state === 'withheld')
  const shown = all - holes.length
  if (holes.length === 0) return { nl: `Alle ${all} cellen zijn te zien.`, en: `All ${all} cells are shown.` }
  const { nl, en } = {
    nl: `${shown} van de ${all} cellen zijn te zien, ${holes.length} zijn onderdrukt.`,
    en: `${shown} of ${all} cells are shown, ${holes.length} are withheld.`,
  }
  const where = fullest(outcome.cells, axes)
  if (where === undefined) return { nl, en }
  const { nl: dimension, en: dimensionEn } = dimensionWords(labels, where)
  return {
    nl: `${nl} Het meest verdwijnt door de verdeling naar ${dimension}.`,
    en: `${en} Most is lost by dividing by ${dimensionEn}.`,
  }
}

/** The dimension whose totals are shown most often where its parts are not: the published pattern alone. */
function fullest(cells: Extract<Outcome, { outcome: 'answered' }>['cells'], axes: readonly Axis[]): string | undefined {
  if (axes.filter(({ nodes }) => nodes.length > 1).length < 2) return undefined
  const shown = new Set(cells.flatMap(({ at, state }) => (state === 'released' ? [at.join()] : [])))
  const losses = axes.map(({ dimension }, index) => ({
    dimension,
    lost: cells.filter(
      ({ at, state }) => state === 'withheld' && at[index] !== 0 && shown.has(at.with(index, 0).join()),
    ).length,
  }))
  const [first, second] = losses.toSorted((a, b) => b.lost - a.lost)
  return first && first.lost > (second?.lost ?? 0) ? first.dimension : undefined
}
