/**
 * How much processor time one question takes, audit included: `node packages/disclosure/bench/suppression.ts`.
 * Tables are drawn from a fixed seed, with a share of small counts as in real neighbourhood data.
 * @module
 */
import { type Axis, defaultRules, protectTable, type TrueTable } from '../src/index.ts'
import { flat, type Group, secret, tableOf } from '../test/tables.ts'

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/** Counts spread evenly on a logarithmic scale; `small` is the chance of a count below 10. */
function drawn(sizes: readonly number[], small: number, parties: number, seed: number): TrueTable {
  const next = random(seed)
  const axes: Axis[] = sizes.map((size, index) =>
    flat(
      `d${index}`,
      Array.from({ length: size }, (_, code) => `${code}`),
    ),
  )
  let groups: Group[] = [{ leaves: {}, count: 0 }]
  for (const axis of axes) {
    groups = groups.flatMap((group) =>
      Array.from({ length: axis.leaves }, (_, leaf) => ({
        leaves: { ...group.leaves, [axis.dimension]: leaf },
        count: 0,
      })),
    )
  }
  const filled = groups.map((group) => {
    const count = next() < small ? 1 + Math.floor(next() * 9) : Math.floor(10 * 20 ** next())
    const held: Record<string, number> = {}
    for (let party = 0; party < parties; party++) held[`party${party}`] = Math.floor(count * next() * 0.5)
    return { ...group, count, held }
  })
  return tableOf(axes, filled)
}

const shapes = [
  { name: '8 x 10', sizes: [8, 10], small: 0.1 },
  { name: '14 x 34 = 476 cells', sizes: [13, 33], small: 0.15 },
  { name: '4 x 7 x 17 = 476 cells', sizes: [3, 6, 16], small: 0.15 },
  { name: '30 x 40 = 1,200 cells', sizes: [29, 39], small: 0.35 },
  { name: '10 x 10 x 12 = 1,200 cells', sizes: [9, 9, 11], small: 0.35 },
  { name: '10 x 10 x 12, some 400 unsafe', sizes: [9, 9, 11], small: 0.45 },
  { name: '70 x 71 = 4,970 cells', sizes: [69, 70], small: 0.15 },
]
await protectTable({
  table: drawn([2, 2], 0, 0, 1),
  earlier: [],
  rules: defaultRules,
  secret,
  deadlineMs: 60_000,
  now: () => performance.now(),
})
for (const { name, sizes, small } of shapes) {
  for (const parties of [0, 4]) {
    const times: number[] = []
    let text = ''
    for (let seed = 1; seed <= 3; seed++) {
      const table = drawn(sizes, small, parties, seed)
      const start = performance.now()
      const { user } = process.cpuUsage()
      const outcome = await protectTable({
        table,
        earlier: [],
        rules: { ...defaultRules, maxSparsity: 1 },
        secret,
        deadlineMs: start + 120_000,
        now: () => performance.now(),
      })
      // Time of the processor: what others do on the machine does not count.
      times.push((process.cpuUsage().user - user) / 1000)
      const unsafe = table.cells.filter((cell) => cell.count > 0 && cell.count < 10).length
      text =
        outcome.outcome === 'answered'
          ? `${unsafe} unsafe, ${outcome.certificate.holes} withheld`
          : `refused: ${outcome.code}`
    }
    console.log(`${name}, ${parties} parties: ${times.map((ms) => `${ms.toFixed(0)} ms`).join(', ')} (${text})`)
  }
}
