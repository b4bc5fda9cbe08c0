import type { CrossTabAnswer } from '@kruispunt/contracts'

type Node = CrossTabAnswer['axes'][number]['nodes'][number]

export const node = (code: string, label: string, level: string | null, parent: number | null): Node => ({
  code,
  label: { nl: label, en: label },
  level,
  parent,
})

/** Every cell of the axes, counted one by one. */
export function answerOf(axes: readonly (readonly Node[])[], rows: number): CrossTabAnswer {
  let places: number[][] = [[]]
  for (const nodes of axes) places = places.flatMap((place) => nodes.map((_, at) => [...place, at]))
  const text = (nl: string) => ({ nl, en: nl })
  return {
    table: 'wonen',
    title: text('Wonen'),
    population: text('inwoners'),
    unit: 'persons',
    release: '11'.repeat(32),
    minimum: 10,
    mode: 'suppression',
    exactness: text('Exact.'),
    rows,
    axes: axes.map((nodes, at) => ({ dimension: `v${at}`, label: text(`v${at}`), nodes: [...nodes] })),
    filters: [],
    cells: places.map((at, count) => ({ at, state: 'released', count })),
    released: places.length,
    withheld: 0,
    explanation: [],
    rules: [],
    questionsLeft: 9,
    tableHash: '22'.repeat(32),
    resultSha256: '33'.repeat(32),
  }
}
