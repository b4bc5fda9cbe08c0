/**
 * Short ways to write the dimensions of an agreement out in full: what is signed is the whole code list.
 * @module
 */
import type { Bilingual, Dimension } from '@kruispunt/contracts'

type About = {
  readonly id: string
  readonly label: Bilingual
  readonly headers: readonly string[]
  readonly meaning: string
  readonly why: string
  readonly dataKind?: Dimension['dataKind']
}
type Category = Dimension['codes'][number]

export const text = (nl: string, en: string): Bilingual => ({ nl, en })
const unknownLabel = text('onbekend', 'unknown')
const unknown = (parent: string | null = null): Category => ({
  code: 'unknown',
  label: unknownLabel,
  parent,
  sources: [],
})

const described = (about: About) => ({
  id: about.id,
  label: about.label,
  meaning: about.meaning,
  whyNeeded: about.why,
  dataKind: about.dataKind ?? 'ordinary',
  headers: [...about.headers],
  unknownCode: 'unknown',
})
const oneLevel = (about: About, codes: Category[]) => ({
  levels: [{ id: about.id, label: about.label }],
  codes: [...codes, unknown()],
  parents: [],
})

/** A closed list: source spelling = code, unless `sources` says more. */
export function categories(
  about: About,
  codes: readonly (readonly [code: string, en: string, ...sources: string[]])[],
): Dimension {
  const listed = codes.map(([code, en, ...sources]) => ({
    code,
    label: text(code, en),
    parent: null,
    sources: [code, ...sources],
  }))
  return { ...described(about), derivation: { kind: 'category' }, ...oneLevel(about, listed) }
}

/** The same with a coarser level: `[code, en, parentCode]`. */
export function nestedCategories(
  about: About,
  coarse: {
    readonly id: string
    readonly label: Bilingual
    readonly codes: readonly (readonly [code: string, label: Bilingual])[]
  },
  codes: readonly (readonly [code: string, en: string, parent: string])[],
): Dimension {
  return {
    ...described(about),
    derivation: { kind: 'category' },
    levels: [
      { id: coarse.id, label: coarse.label },
      { id: about.id, label: about.label },
    ],
    codes: [
      ...codes.map(([code, en, parent]) => ({ code, label: text(code, en), parent, sources: [code] })),
      unknown('unknown'),
    ],
    parents: [[...coarse.codes.map(([code, label]) => ({ code, label, parent: null, sources: [] })), unknown()]],
  }
}

export function yesNo(about: About): Dimension {
  const listed: Category[] = [
    { code: 'yes', label: text('ja', 'yes'), parent: null, sources: [] },
    { code: 'no', label: text('nee', 'no'), parent: null, sources: [] },
  ]
  return { ...described(about), derivation: { kind: 'yes-no' }, ...oneLevel(about, listed) }
}

const rangeCode = (from: number, below: number | null) =>
  below === null ? `${from}+` : below === from + 1 ? `${from}` : `${from}-${below - 1}`

function bands(lows: readonly number[]) {
  return lows
    .map((from, index) => ({ from, below: lows[index + 1] ?? null }))
    .map((band) => ({ code: rangeCode(band.from, band.below), ...band }))
}

/** @param lows - lowest age of each band, rising; the last band is open */
export function ageBands(about: About, referenceDate: string, lows: readonly number[]): Dimension {
  const listed = bands(lows).map(({ code }) => ({
    code,
    label: code.endsWith('+')
      ? text(`${code.slice(0, -1)} jaar en ouder`, `${code.slice(0, -1)} and older`)
      : text(`${code} jaar`, `aged ${code}`),
    parent: null,
    sources: [],
  }))
  return {
    ...described(about),
    derivation: { kind: 'age-band', referenceDate, bands: bands(lows) },
    ...oneLevel(about, listed),
  }
}

/** @param lows - lowest whole number of each band, rising; the last band is open */
export function numberBands(about: About, lows: readonly number[]): Dimension {
  const listed = bands(lows).map(({ code }) => ({
    code,
    label: code.endsWith('+') ? text(`${code.slice(0, -1)} of meer`, `${code.slice(0, -1)} or more`) : text(code, code),
    parent: null,
    sources: [],
  }))
  return { ...described(about), derivation: { kind: 'number-band', bands: bands(lows) }, ...oneLevel(about, listed) }
}

/** Neighbourhoods within districts, CBS codes. */
export function areas(
  about: About,
  districts: readonly { code: string; name: string; neighbourhoods: readonly { code: string; name: string }[] }[],
): Dimension {
  const codes = districts.flatMap((district) =>
    district.neighbourhoods.map(({ code, name }) => ({
      code,
      label: text(name, name),
      parent: district.code,
      sources: [code],
    })),
  )
  return {
    ...described(about),
    derivation: { kind: 'area' },
    levels: [
      { id: 'wijk', label: text('wijk', 'district') },
      { id: 'buurt', label: text('buurt', 'neighbourhood') },
    ],
    codes: [...codes, unknown('unknown')],
    parents: [
      [...districts.map(({ code, name }) => ({ code, label: text(name, name), parent: null, sources: [] })), unknown()],
    ],
  }
}

/** Months of whole years, with quarters above them. */
export function monthsOf(about: About, fromYear: number, toYear: number): Dimension {
  const codes: Category[] = []
  const quarters: Category[] = []
  for (let year = fromYear; year <= toYear; year++)
    for (let month = 1; month <= 12; month++) {
      const quarter = `${year}-Q${Math.ceil(month / 3)}`
      if (month % 3 === 1) quarters.push({ code: quarter, label: text(quarter, quarter), parent: null, sources: [] })
      const code = `${year}-${String(month).padStart(2, '0')}`
      codes.push({ code, label: text(code, code), parent: quarter, sources: [] })
    }
  return {
    ...described(about),
    derivation: { kind: 'month', from: `${fromYear}-01`, to: `${toYear}-12` },
    levels: [
      { id: 'kwartaal', label: text('kwartaal', 'quarter') },
      { id: 'maand', label: text('maand', 'month') },
    ],
    codes: [...codes, unknown('unknown')],
    parents: [[...quarters, unknown()]],
  }
}
