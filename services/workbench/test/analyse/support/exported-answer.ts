/** Two answers as a broker hands them out, each with something withheld. */
import { type CrossTabAnswer, hashedForm } from '@kruispunt/contracts'
import { documentHash } from '@kruispunt/statements'

type Node = CrossTabAnswer['axes'][number]['nodes'][number] & { readonly of: readonly number[] }

const text = (nl: string) => ({ nl, en: nl })
const total = (size: number): Node => ({
  code: 'total',
  label: { nl: 'totaal', en: 'total' },
  level: null,
  parent: null,
  of: Array.from({ length: size }, (_, at) => at),
})
const flat = (level: string, codes: readonly string[]): Node[] => [
  total(codes.length),
  ...codes.map((code, at) => ({ code, label: text(code), level, parent: 0, of: [at] })),
]
const quarters = Array.from({ length: 16 }, (_, at) => `${2022 + Math.floor(at / 4)}-Q${(at % 4) + 1}`)

const areas: Node[] = [
  total(4),
  { code: 'W1', label: text('Wijk 1'), level: 'wijk', parent: 0, of: [0, 1] },
  { code: 'n', label: text('Noord'), level: 'buurt', parent: 1, of: [0] },
  { code: 'o', label: text('Oost'), level: 'buurt', parent: 1, of: [1] },
  { code: 'W2', label: text('Wijk 2'), level: 'wijk', parent: 0, of: [2, 3] },
  { code: 'z', label: text('Zuid'), level: 'buurt', parent: 4, of: [2] },
  { code: 'w', label: text('West'), level: 'buurt', parent: 4, of: [3] },
]
type Axis = { readonly dimension: string; readonly nodes: readonly Node[] }
const axis = (dimension: string, codes: readonly string[]): Axis => ({ dimension, nodes: flat(dimension, codes) })
const care = axis('wmo', ['ja', 'nee'])

/** @param people - of each combination of finest codes @param isHidden - which cells are withheld */
function answerOf(
  population: CrossTabAnswer['population'],
  axes: readonly Axis[],
  people: (finest: readonly number[]) => number,
  isHidden: (at: readonly number[]) => boolean,
): CrossTabAnswer {
  const product = (sizes: readonly (readonly number[])[]): number[][] =>
    sizes.reduce<number[][]>((all, values) => all.flatMap((at) => values.map((value) => [...at, value])), [[]])
  const places = product(axes.map(({ nodes }) => nodes.map((_, node) => node)))
  const cells = places.map((at): CrossTabAnswer['cells'][number] => {
    const finest = product(at.map((node, place) => axes[place]?.nodes[node]?.of ?? []))
    const count = finest.reduce((sum, each) => sum + people(each), 0)
    return isHidden(at) ? { at, state: 'withheld' } : { at, state: 'released', count }
  })
  const released = cells.filter(({ state }) => state === 'released').length
  const answer: CrossTabAnswer = {
    table: 'wonen',
    title: { nl: 'Wmo', en: 'Support' },
    population,
    unit: 'persons',
    release: '11'.repeat(32),
    minimum: 10,
    mode: 'suppression',
    exactness: { nl: 'Exact.', en: 'Counted exactly.' },
    rows: 1,
    axes: axes.map(({ dimension, nodes }) => ({
      dimension,
      label: text(dimension),
      nodes: nodes.map(({ of: _, ...node }) => node),
    })),
    filters: [],
    cells,
    released,
    withheld: cells.length - released,
    explanation: [],
    rules: [],
    questionsLeft: 9,
    tableHash: '22'.repeat(32),
    resultSha256: '',
  }
  return { ...answer, resultSha256: documentHash('result', hashedForm(answer)) }
}

/** Area with districts, care and age; by care and age together two areas are withheld. */
export const byArea = answerOf(
  { nl: 'inwoners', en: 'residents' },
  [{ dimension: 'gebied', nodes: areas }, care, axis('leeftijd', ['jong', 'oud'])],
  ([area = 0, support = 0, age = 0]) => 60 + area * 9 + (support === 0 ? 0 : 400) + age * 30,
  ([area = 0, support = 0, age = 0]) => (area === 2 || area === 3) && support > 0 && age > 0,
)

/** Sixteen quarters and care; one quarter is withheld by care. */
export const byQuarter = answerOf(
  { nl: 'aanvragers', en: 'applicants' },
  [axis('kwartaal', quarters), care],
  ([quarter = 0, support = 0]) => 60 + ((quarter * 7) % 5) * 4 + (support === 0 ? 0 : 240),
  ([quarter = 0, support = 0]) => quarter === 5 && support > 0,
)
