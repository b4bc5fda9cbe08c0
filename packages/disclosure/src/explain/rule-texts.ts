/**
 * Which rules a table was held against, in plain words. Worked out from its shape, the rules and who delivers: all of it is in
 * the agreement. Nothing here looks at a count, so nothing here says where a rule struck.
 * @module
 */
import type { Rules } from '../rules.ts'
import type { Axis, Unit } from '../types.ts'
import { type Labels, namesOf, type Words } from './words.ts'

export type RuledShape = {
  readonly unit: Unit
  readonly axes: readonly Axis[]
  /** Organisations that deliver the data, as the agreement names them. */
  readonly parties: readonly string[]
  readonly structuralZeros: number
  /** Answers of the same release that this one had to fit. */
  readonly earlierTables: number
}

/**
 * @param withParameters - whether the agreement publishes more than the minimum: shares, percentages, coalition
 * @returns one sentence for each rule that can withhold something in such a table
 */
export function ruleTexts(shape: RuledShape, rules: Rules, labels: Labels, withParameters: boolean): Words[] {
  return [
    ...smallCounts(shape.unit, rules),
    ...zeros(shape, rules, labels),
    ...groups(shape, rules, labels, withParameters),
    ...insiders(shape, rules, withParameters),
    ...records(shape, rules, withParameters),
    {
      nl: 'Een cel is ook onderdrukt als anders een andere uit te rekenen is, met aftrekken of met ander rekenwerk. Het antwoord zegt niet welke.',
      en: 'A cell is also withheld if another could otherwise be worked out, by subtraction or any other calculation. The answer does not say which.',
    },
    ...earlier(shape),
  ]
}

function smallCounts(unit: Unit, { minimum }: Rules): Words[] {
  const also = unit === 'households' ? { nl: ' en huishoudens', en: ' and households' } : { nl: '', en: '' }
  return [
    {
      nl: `Een aantal boven nul is alleen te zien bij ten minste ${minimum} personen${also.nl}.`,
      en: `A count above zero is shown only with at least ${minimum} persons${also.en}.`,
    },
  ]
}

/** Somebody other than the owner of an axis delivers: the axis then tells it about people it can name. */
const tellsAnother = ({ owner, sensitive, nodes }: Axis, parties: readonly string[]): boolean =>
  nodes.length > 1 && (sensitive === true || (owner !== undefined && parties.some((party) => party !== owner)))

function zeros({ axes, parties, structuralZeros }: RuledShape, rules: Rules, labels: Labels): Words[] {
  const telling = axes.filter((axis) => tellsAnother(axis, parties))
  const names = namesOf(telling, labels)
  const rule: Words =
    rules.zeros === 'protect'
      ? { nl: 'Een nul wordt behandeld als een klein aantal.', en: 'A zero is treated as a small count.' }
      : rules.zeros === 'protect-foreign' && telling.length > 0
        ? {
            nl: `Een nul wordt behandeld als een klein aantal, omdat ${names.nl} iets ${telling.length > 1 ? 'zeggen' : 'zegt'} over mensen die een ander kent.`,
            en: `A zero is treated as a small count, because ${names.en} ${telling.length > 1 ? 'say' : 'says'} something about people whom another knows.`,
          }
        : {
            nl: 'Een nul mag te zien zijn, als zij niets anders verraadt.',
            en: 'A zero may be shown, if it gives nothing else away.',
          }
  if (structuralZeros === 0) return [rule]
  return [
    rule,
    {
      nl: `Van ${structuralZeros} cellen ligt vast dat er niemand in kan zitten; die tellen niet als geheim.`,
      en: `${structuralZeros} cells cannot hold anybody by definition; they are no secret.`,
    },
  ]
}

function groups({ axes, parties }: RuledShape, rules: Rules, labels: Labels, withParameters: boolean): Words[] {
  const telling = axes.filter(
    (axis) => tellsAnother(axis, parties) && !axis.nodes.every((_, node) => axis.neutral?.includes(node)),
  )
  if (telling.length === 0) return []
  const { nl, en } = namesOf(telling, labels)
  const share = Math.round(rules.groupShare * 100)
  return [
    {
      nl: `Bij ${nl} is een categorie onderdrukt als ${withParameters ? `meer dan ${share} %` : 'bijna iedereen'} van een groep erin zit, of op een enkeling na iedereen: dan weet men het van ieder van hen.`,
      en: `Under ${en} a category is withheld if ${withParameters ? `more than ${share} %` : 'nearly everyone'} of a group is in it, or all but a handful: one would know it of each of them.`,
    },
  ]
}

function insiders({ parties }: RuledShape, { insider, coalition }: Rules, withParameters: boolean): Words[] {
  if (!insider || parties.length === 0) return []
  const alone: Words = {
    nl: 'Ook wat overblijft als een organisatie haar eigen mensen aftrekt, mag geen klein aantal zijn.',
    en: 'What is left when an organisation takes its own people away may not be a small count either.',
  }
  if (coalition < 2 || parties.length < 2) return [alone]
  return [
    alone,
    withParameters
      ? {
          nl: `Hetzelfde geldt voor ${coalition} organisaties die hun mensen samen aftrekken.`,
          en: `The same holds for ${coalition} organisations that take their people away together.`,
        }
      : {
          nl: 'Hetzelfde geldt voor organisaties die hun mensen samen aftrekken.',
          en: 'The same holds for organisations that take their people away together.',
        },
  ]
}

function records({ unit }: RuledShape, { pPercent }: Rules, withParameters: boolean): Words[] {
  if (unit !== 'records') return []
  return [
    {
      nl: `Niemand mag het aantal van een ander${withParameters ? ` tot op ${pPercent} % nauwkeurig` : ' nauwkeurig'} kunnen schatten.`,
      en: `Nobody may be able to estimate another's records${withParameters ? ` to within ${pPercent} %` : ' closely'}.`,
    },
  ]
}

function earlier({ earlierTables }: RuledShape): Words[] {
  if (earlierTables === 0) return []
  return [
    {
      nl: `Dit antwoord past bij ${earlierTables === 1 ? 'het eerdere' : `de ${earlierTables} eerdere`}: wat daar te zien was blijft te zien, wat onderdrukt was blijft onderdrukt, en samen verraden zij niets.`,
      en: `This answer fits ${earlierTables === 1 ? 'the earlier one' : `the ${earlierTables} earlier ones`}: what they showed stays shown, what they withheld stays withheld, and together they give nothing away.`,
    },
  ]
}
