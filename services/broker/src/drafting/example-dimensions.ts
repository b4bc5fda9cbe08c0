/**
 * One worked variable of every kind, for the draft of an agreement: what it is made from, its codes and levels.
 * @module
 */
import type { Dimension } from '@kruispunt/contracts'

type Category = Dimension['codes'][number]
type DimensionKind = Dimension['derivation']['kind']

export const todo = (nl: string) => `<${nl}>`
export const both = (nl: string, en: string) => ({ nl, en })

const category = (code: string, nl: string, en: string, parent: string | null = null): Category => ({
  code,
  label: both(nl, en),
  parent,
  sources: [],
})
const unknown = (parent: string | null = null) => category('unknown', 'onbekend', 'unknown', parent)

function described(dataset: string, name: string, label: { nl: string; en: string }, headers: string[]) {
  return {
    id: `${dataset}.${name}`,
    label,
    meaning: todo('wat dit kenmerk betekent'),
    whyNeeded: todo('waarom het voor deze vragen nodig is'),
    headers,
    unknownCode: 'unknown',
  }
}
const oneLevel = (id: string, label: { nl: string; en: string }, codes: Category[]) => ({
  levels: [{ id, label }],
  codes: [...codes, unknown()],
  parents: [],
})

function ageBand(dataset: string, year: number): Dimension {
  const label = both('leeftijd', 'age')
  const bands = [
    { code: '0-17', from: 0, below: 18 },
    { code: '18-64', from: 18, below: 65 },
    { code: '65+', from: 65, below: null },
  ]
  return {
    ...described(dataset, 'leeftijd', label, ['geboortedatum']),
    dataKind: 'ordinary',
    derivation: { kind: 'age-band', referenceDate: `${year}-01-01`, bands },
    ...oneLevel(
      'leeftijd',
      label,
      bands.map(({ code }) => category(code, `${code} jaar`, `${code} years`)),
    ),
  }
}

/** The codes of a yes-no variable are always `yes` and `no`; the spellings in files are known to the node. */
export function yesNo(dataset: string): Dimension {
  const label = both(todo('kenmerk'), todo('variable'))
  return {
    ...described(dataset, 'kenmerk', label, [todo('kolomkop in het bestand')]),
    dataKind: 'sensitive',
    derivation: { kind: 'yes-no' },
    ...oneLevel('kenmerk', label, [category('yes', 'ja', 'yes'), category('no', 'nee', 'no')]),
  }
}

/** `sources` holds the spellings that mean a category, besides its code and labels. */
function categories(dataset: string): Dimension {
  const label = both('woningtype', 'type of home')
  return {
    ...described(dataset, 'woningtype', label, ['woningtype', 'type woning']),
    dataKind: 'ordinary',
    derivation: { kind: 'category' },
    ...oneLevel('woningtype', label, [
      { ...category('eengezins', 'eengezinswoning', 'family house'), sources: ['eengezins', 'rijtjeshuis'] },
      { ...category('flat', 'flat', 'flat'), sources: ['flat', 'appartement'] },
    ]),
  }
}

function numberBand(dataset: string): Dimension {
  const label = both('huurachterstand in maanden', 'rent arrears in months')
  return {
    ...described(dataset, 'achterstand', label, ['huurachterstand']),
    dataKind: 'sensitive',
    derivation: {
      kind: 'number-band',
      bands: [
        { code: '0', from: 0, below: 1 },
        { code: '1-2', from: 1, below: 3 },
        { code: '3+', from: 3, below: null },
      ],
    },
    ...oneLevel('achterstand', label, [
      category('0', 'geen', 'none'),
      category('1-2', '1 of 2 maanden', '1 or 2 months'),
      category('3+', '3 maanden of meer', '3 months or more'),
    ]),
  }
}

/** Two levels: neighbourhoods in `codes`, each with its district as `parent`; districts in `parents`. CBS codes. */
function area(dataset: string): Dimension {
  return {
    ...described(dataset, 'gebied', both('gebied', 'area'), ['buurtcode']),
    dataKind: 'ordinary',
    derivation: { kind: 'area' },
    levels: [
      { id: 'wijk', label: both('wijk', 'district') },
      { id: 'buurt', label: both('buurt', 'neighbourhood') },
    ],
    codes: [
      category('BU99990000', 'Buurt A', 'Neighbourhood A', 'WK999900'),
      category('BU99990001', 'Buurt B', 'Neighbourhood B', 'WK999900'),
      category('BU99990100', 'Buurt C', 'Neighbourhood C', 'WK999901'),
      unknown('unknown'),
    ],
    parents: [[category('WK999900', 'Wijk 0', 'District 0'), category('WK999901', 'Wijk 1', 'District 1'), unknown()]],
  }
}

/** Every month from `from` to `to` is a code; quarters above them. */
function month(dataset: string, year: number): Dimension {
  const months = Array.from({ length: 12 }, (_, at) => {
    const code = `${year}-${String(at + 1).padStart(2, '0')}`
    return category(code, code, code, `${year}-Q${Math.floor(at / 3) + 1}`)
  })
  const quarters = [1, 2, 3, 4].map((quarter) =>
    category(`${year}-Q${quarter}`, `${quarter}e kwartaal ${year}`, `Q${quarter} ${year}`),
  )
  return {
    ...described(dataset, 'maand', both('maand', 'month'), ['peilmaand', 'maand']),
    dataKind: 'ordinary',
    derivation: { kind: 'month', from: `${year}-01`, to: `${year}-12` },
    levels: [
      { id: 'kwartaal', label: both('kwartaal', 'quarter') },
      { id: 'maand', label: both('maand', 'month') },
    ],
    codes: [...months, unknown('unknown')],
    parents: [[...quarters, unknown()]],
  }
}

/** One of every kind; a kind without an example does not compile. */
export function exampleDimensions(dataset: string, year: number): Dimension[] {
  const examples: Record<DimensionKind, Dimension> = {
    'age-band': ageBand(dataset, year),
    area: area(dataset),
    'yes-no': yesNo(dataset),
    category: categories(dataset),
    'number-band': numberBand(dataset),
    month: month(dataset, year),
  }
  return Object.values(examples)
}
