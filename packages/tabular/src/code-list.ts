/**
 * The closed list of codes a dimension can take, made from the specification alone.
 *
 * Runs at every partner and must give the same list everywhere: pure, no locale of the machine, nothing from the data.
 * @module
 */
import { TabularError } from './errors.ts'
import type { Code, FieldSpec, Target } from './spec.ts'

/** Index of the code `unknown` in every list, and in every list of parents. */
export const UNKNOWN = 0

export type CodeList = {
  /** Index = the number a row carries; index 0 is always `unknown`. */
  readonly codes: readonly Code[]
  /** Codes of the coarser level (districts, quarters), `unknown` first; null where there is no hierarchy. */
  readonly parents: readonly Code[] | null
  /** For every code the index of its parent; null where there is no hierarchy. */
  readonly parentOf: readonly number[] | null
}

export type DimensionTarget = Exclude<Target, { kind: 'bsn' | 'text' | 'amount' }>

const unknown: Code = { code: 'unknown', label: { nl: 'onbekend', en: 'unknown' } }
const yes: Code = { code: 'yes', label: { nl: 'ja', en: 'yes' } }
const no: Code = { code: 'no', label: { nl: 'nee', en: 'no' } }

export function isDimension(target: Target): target is DimensionTarget {
  return target.kind !== 'bsn' && target.kind !== 'text' && target.kind !== 'amount'
}

/**
 * The code list of one field.
 * @throws {@link TabularError} `spec_invalid` if codes repeat, a parent is missing, or bands or months are out of order
 */
export function codeListOf(field: FieldSpec): CodeList {
  const { target } = field
  switch (target.kind) {
    case 'category':
      return flat(target.codes)
    case 'yesNo':
      return flat([yes, no])
    case 'ageBand':
      return flat(ageBands(target.from))
    case 'numberBand':
      return flat(checkBands(target.bands))
    case 'area':
      return nested(
        target.areas.map((area) => ({ ...named(area), parent: area.district })),
        target.districts,
      )
    case 'month':
      return months(target.from, target.to)
    default:
      throw new TabularError('spec_invalid')
  }
}

const named = ({ code, label }: Code): Code => ({ code, label })

function flat(codes: readonly Code[]): CodeList {
  return { codes: withUnknown(codes), parents: null, parentOf: null }
}

function nested(children: readonly (Code & { parent: string })[], parents: readonly Code[]): CodeList {
  const all = withUnknown(parents)
  const indexOf = new Map(all.map(({ code }, index) => [code, index]))
  const parentOf = children.map(({ parent }) => indexOf.get(parent) ?? UNKNOWN)
  if (parentOf.includes(UNKNOWN)) throw new TabularError('spec_invalid')
  return { codes: withUnknown(children), parents: all, parentOf: [UNKNOWN, ...parentOf] }
}

function withUnknown(codes: readonly Code[]): Code[] {
  const all = [unknown, ...codes.map(named)]
  // Rows carry 16 bits a code; `unknown` in the specification would make two of them.
  if (codes.length === 0 || all.length > 0xffff || new Set(all.map(({ code }) => code)).size !== all.length) {
    throw new TabularError('spec_invalid')
  }
  return all
}

function ageBands(from: readonly number[]): Code[] {
  return from.map((low, index) => {
    const next = from[index + 1]
    if (!Number.isInteger(low) || low < 0 || (next !== undefined && next <= low)) throw new TabularError('spec_invalid')
    if (next === undefined) return { code: `${low}+`, label: { nl: `${low} jaar en ouder`, en: `${low} and older` } }
    return { code: `${low}-${next - 1}`, label: { nl: `${low} t/m ${next - 1} jaar`, en: `${low} to ${next - 1}` } }
  })
}

function checkBands<T extends { from: number; below?: number }>(bands: readonly T[]): readonly T[] {
  let last = Number.NEGATIVE_INFINITY
  for (const { from, below } of bands) {
    if (!Number.isFinite(from) || from < last) throw new TabularError('spec_invalid')
    last = below ?? Number.POSITIVE_INFINITY
    if (!(last > from)) throw new TabularError('spec_invalid')
  }
  return bands
}

const monthNames = {
  nl: [
    'januari',
    'februari',
    'maart',
    'april',
    'mei',
    'juni',
    'juli',
    'augustus',
    'september',
    'oktober',
    'november',
    'december',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
}

/** Months since year 0, or a refusal of the specification. */
export function monthNumber(text: string): number {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  if (match === null) throw new TabularError('spec_invalid')
  return Number(match[1]) * 12 + Number(match[2]) - 1
}

function months(from: string, to: string): CodeList {
  const first = monthNumber(from)
  const last = monthNumber(to)
  if (last < first || last - first > 1200) throw new TabularError('spec_invalid')
  const quarters = new Map<string, Code>()
  const children = Array.from({ length: last - first + 1 }, (_, offset) => {
    const year = Math.floor((first + offset) / 12)
    const month = (first + offset) % 12
    const quarter = Math.floor(month / 3) + 1
    const parent = `${year}-Q${quarter}`
    quarters.set(parent, { code: parent, label: { nl: `${quarter}e kwartaal ${year}`, en: `Q${quarter} ${year}` } })
    return {
      code: `${year}-${String(month + 1).padStart(2, '0')}`,
      label: { nl: `${monthNames.nl[month]} ${year}`, en: `${monthNames.en[month]} ${year}` },
      parent,
    }
  })
  return nested(children, [...quarters.values()])
}
