import type { CrossTabAnswer } from '@kruispunt/contracts'

const text = (nl: string, en = nl) => ({ nl, en })
const node = (code: string, label: string, level: string | null, parent: number | null, en = label) => ({
  code,
  label: text(label, en),
  level,
  parent,
})

/** District with neighbourhoods down, yes/no across; one cell withheld and the one that would give it away. */
export const sampleAnswer: CrossTabAnswer = {
  table: 'wonen',
  title: text('Wmo naar gebied', 'Support by area'),
  population: text('inwoners', 'residents'),
  unit: 'persons',
  release: '11'.repeat(32),
  minimum: 10,
  mode: 'suppression',
  exactness: text('Exact.', 'Exact.'),
  rows: 1,
  axes: [
    {
      dimension: 'gebied',
      label: text('gebied', 'area'),
      nodes: [
        node('total', 'totaal', null, null, 'total'),
        node('W0', 'Wijk 0', 'wijk', 0),
        node('B1', 'Buurt 0-1', 'buurt', 1),
        node('B2', 'Buurt 0-2', 'buurt', 1),
        node('W1', 'Wijk 1', 'wijk', 0),
      ],
    },
    {
      dimension: 'wmo',
      label: text('Wmo-voorziening', 'support'),
      nodes: [
        node('total', 'totaal', null, null, 'total'),
        node('ja', 'ja', 'wmo', 0, 'yes'),
        node('nee', 'nee', 'wmo', 0, 'no'),
      ],
    },
  ],
  filters: [
    { dimension: 'leeftijd', label: text('leeftijd', 'age'), codes: [text('65 jaar en ouder', '65 and over')] },
  ],
  cells: [
    ...[
      [0, 0, 12_345],
      [0, 1, 345],
      [0, 2, 12_000],
      [1, 0, 2000],
      [1, 1, 45],
      [1, 2, 1955],
      [2, 0, 1200],
      [3, 0, 800],
      [4, 0, 10_345],
      [4, 1, 300],
      [4, 2, 10_045],
    ].map(([row = 0, column = 0, count = 0]) => ({ at: [row, column], state: 'released' as const, count })),
    ...[
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
    ].map((at) => ({ at, state: 'withheld' as const })),
  ],
  released: 11,
  withheld: 4,
  explanation: [text('Kies wijken in plaats van buurten.', 'Choose districts instead of neighbourhoods.')],
  rules: [text('Aantallen onder 10 zijn onderdrukt.', 'Counts below 10 are withheld.')],
  questionsLeft: 99,
  tableHash: '22'.repeat(32),
  resultSha256: '33'.repeat(32),
}
