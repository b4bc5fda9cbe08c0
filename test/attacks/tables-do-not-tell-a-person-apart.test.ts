/** A coordinator, or a partner with rows that are nobody, who asks until a table gives somebody away. */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttackLab, startAttackLab } from '../scenarios/support/hostile/attack-lab.ts'
import { citizenNumbers } from '../scenarios/support/hostile/people.ts'

const minutes = 60_000
const minimum = 10
type Party = 'gemeente' | 'politie' | 'ggd'
type Code = 'yes' | 'no'
type Person = { readonly number: string; readonly codes: Partial<Record<Party, Code>> }
let lab: AttackLab

const [lonely = '', ...numbers] = citizenNumbers(700)
const dummies = citizenNumbers(60, 400_000_000)
/** Known to all three, forty for every combination; and one person who differs from its forty in what ggd says. */
const linked: Person[] = numbers.slice(0, 320).map((number, at) => ({
  number,
  codes: {
    gemeente: at % 2 === 0 ? 'yes' : 'no',
    politie: Math.floor(at / 2) % 2 === 0 ? 'yes' : 'no',
    // Everybody of the first eighty; of the others half of them.
    ggd: at % 4 === 0 || Math.floor(at / 4) % 2 === 0 ? 'yes' : 'no',
  },
}))
const odd: Person = { number: lonely, codes: { gemeente: 'yes', politie: 'yes', ggd: 'no' } }
/** Four whom gemeente and politie know, and ggd does not. */
const few: Person[] = numbers
  .slice(400, 404)
  .map((number) => ({ number, codes: { gemeente: 'no', politie: 'yes' } satisfies Person['codes'] }))
const everybody = [...linked, odd, ...few]

const fileOf = (party: Party, people: readonly Person[], extra: readonly string[] = []) =>
  [
    'bsn,bekend',
    ...people.flatMap(({ number, codes }) =>
      codes[party] === undefined ? [] : [`${number},${codes[party] === 'yes' ? 'ja' : 'nee'}`],
    ),
    ...extra,
  ].join('\n')

beforeAll(async () => {
  lab = await startAttackLab({
    upTo: 'keyed',
    agreement: ({ tables: [table], disclosure }) => ({
      tables: table ? [{ ...table, filters: ['ggd.bekend'] }] : [],
      disclosure: { ...disclosure, minimum, zeros: 'publish', groupSharePercent: 100, neutral: [] },
    }),
  })
  for (const party of ['gemeente', 'politie', 'ggd'] as const)
    await lab.node(party).deliver(fileOf(party, everybody), { agreement: lab.agreement })
}, 5 * minutes)
afterAll(() => lab?.stop(), minutes)

/** Released counts by their two codes; a withheld cell is `undefined`. */
function shown(answer: CrossTabAnswer): Map<string, number | undefined> {
  const codeAt = (axis: number, at: number | undefined) => {
    const node = answer.axes[axis]?.nodes[at ?? -1]
    return node === undefined || node.level === null ? 'total' : node.code
  }
  return new Map(
    answer.cells.map((cell) => [
      `${codeAt(0, cell.at[0])} ${codeAt(1, cell.at[1])}`,
      cell.state === 'released' ? cell.count : undefined,
    ]),
  )
}
type Pair = readonly [Party, Party]
const atHome: Pair = ['gemeente', 'politie']
/** What the files say of one cell, counted here. */
function truth(people: readonly Person[], cell: string, [rows, columns]: Pair, among = (_: Person) => true): number {
  const [row, column] = cell.split(' ')
  const is = (code: string | undefined, wanted: string | undefined) =>
    wanted === 'total' || (code ?? 'not-known') === wanted
  return people.filter((person) => among(person) && is(person.codes[rows], row) && is(person.codes[columns], column))
    .length
}
const ask = async (requestId: string, [rows, columns]: Pair, codes?: readonly Code[]) => {
  const filters = codes === undefined ? [] : [{ dimension: 'ggd.bekend', codes }]
  const { answer, code } = await lab.table(requestId, `${rows}.bekend`, `${columns}.bekend`, filters)
  if (answer === undefined) expect(code).toBe('not_protectable')
  return answer === undefined ? new Map<string, number | undefined>() : shown(answer)
}
/** No small count is the one that is hidden in its line, so that the others and their total give it away. */
function nothingToFillIn(table: ReadonlyMap<string, number | undefined>, real: (cell: string) => number): void {
  const codes = ['yes', 'no', 'not-known', 'total']
  for (const one of codes)
    for (const line of [codes.map((other) => `${one} ${other}`), codes.map((other) => `${other} ${one}`)]) {
      const hidden = line.filter((cell) => table.has(cell) && table.get(cell) === undefined)
      if (hidden.length !== 1) continue
      const count = real(hidden[0] ?? '')
      expect([hidden, count === 0 || count >= minimum]).toEqual([hidden, true])
    }
}

describe('tables do not tell a person apart', () => {
  it(
    'attack 46: two tables that differ by one person: what both would show is withheld in the second, by whatever filter',
    async () => {
      const { requestId, state } = await lab.openJob()
      expect(state).toBe('open')
      const all = await ask(requestId, atHome)
      const of = (codes: readonly Code[]) => (person: Person) => codes.includes(person.codes.ggd as Code)
      // The first table shows the cell that the one person is in; of that one ggd says something else than of the others.
      expect([all.get('yes yes'), truth(everybody, 'yes yes', atHome)]).toEqual([81, 81])
      expect(truth(everybody, 'yes yes', atHome, of(['no']))).toBe(1)
      let shownTwice = 0
      for (const codes of [['yes'], ['no'], ['no', 'yes']] as const) {
        const part = await ask(requestId, atHome, codes)
        nothingToFillIn(part, (cell) => truth(everybody, cell, atHome, of(codes)))
        for (const [cell, count] of part) {
          if (count === undefined) continue
          const [whole, here] = [truth(everybody, cell, atHome), truth(everybody, cell, atHome, of(codes))]
          // What is shown is so.
          expect([codes, cell, count]).toEqual([codes, cell, here])
          if (all.get(cell) === undefined) continue
          shownTwice += 1
          expect([codes, cell, whole - here === 0 || whole - here >= minimum]).toEqual([codes, cell, true])
        }
        expect(part.get('yes yes')).toBeUndefined()
      }
      // Not by withholding everything.
      expect(shownTwice).toBeGreaterThan(5)
      for (const [cell, count] of all) if (count !== undefined) expect(count).toBe(truth(everybody, cell, atHome))
      // In another job, and the other way round, it is the same table: the same is withheld.
      const { requestId: other } = await lab.openJob()
      expect(await ask(other, atHome)).toEqual(all)
      expect((await ask(other, atHome, ['yes'])).get('yes yes')).toBeUndefined()
    },
    3 * minutes,
  )

  it(
    'attack 47: rows that are nobody lift no cell of people whom two partners describe, nor what is left of a cell without them',
    async () => {
      // A lab of its own, so that no earlier table has a part in what is withheld: of those politie knows, ggd says no of three.
      const isRare = ({ codes }: Person) => codes.politie === 'yes' && codes.ggd === 'no'
      const rare = linked.filter(isRare).slice(0, 3)
      const people = [...linked.filter((person) => !isRare(person)), ...rare, ...few]
      const made = dummies.map((number): Person => ({ number, codes: { politie: 'yes' } }))
      const all = [...people, ...made]
      const agreement = await lab.propose({ reference: 'PROEF-2' })
      await Promise.all(lab.nodes.map((node) => node.sign(agreement)))
      await lab.untilKeyed(agreement)
      for (const party of ['gemeente', 'ggd'] as const)
        await lab.node(party).deliver(fileOf(party, people), { agreement })
      await lab.node('politie').deliver(fileOf('politie', all), { agreement })
      const { requestId, state } = await lab.openJob(undefined, agreement)
      expect(state).toBe('open')
      const pairs: readonly Pair[] = [['politie', 'ggd'], ['gemeente', 'ggd'], atHome]
      const tables = []
      for (const pair of pairs) tables.push(await ask(requestId, pair))
      let shownHere = 0
      for (const [at, table] of tables.entries()) {
        const pair = pairs[at] as Pair
        nothingToFillIn(table, (cell) => truth(all, cell, pair))
        for (const [cell, count] of table) {
          if (count === undefined) continue
          shownHere += 1
          expect([pair, cell, count]).toEqual([pair, cell, truth(all, cell, pair)])
          // In a cell that two partners describe nobody is made up, and k holds for who is in it.
          const real = truth(people, cell, pair)
          if (!/total|not-known/.test(cell))
            expect([pair, cell, real === 0 || real >= minimum]).toEqual([pair, cell, true])
          // What a partner other than the one that made them up has beside its own is no handful.
          const others = truth(all, cell, pair) - truth(all, cell, pair, ({ codes }) => codes.politie !== undefined)
          expect([pair, cell, others === 0 || others >= minimum]).toEqual([pair, cell, true])
        }
      }
      expect(shownHere).toBeGreaterThan(10)
      const [own] = tables
      expect(truth(all, 'yes no', ['politie', 'ggd'])).toBe(rare.length)
      expect(own?.get('yes no')).toBeUndefined()
    },
    3 * minutes,
  )

  it(
    'attack 47, what remains: of its own people whom another does not know, a partner counts the ones it made up too',
    async () => {
      // Written down as it is (see the row): this changes the day that k counts those alone whom two partners hold.
      const agreement = await lab.propose({ reference: 'PROEF-3' })
      await Promise.all(lab.nodes.map((node) => node.sign(agreement)))
      await lab.untilKeyed(agreement)
      const made = dummies.map((number): Person => ({ number, codes: { politie: 'yes' } }))
      const all = [...everybody, ...made]
      for (const party of ['gemeente', 'ggd', 'politie'] as const)
        await lab.node(party).deliver(fileOf(party, party === 'politie' ? all : everybody), { agreement })
      const { requestId } = await lab.openJob(undefined, agreement)
      const table = await ask(requestId, ['politie', 'ggd'])
      expect(truth(everybody, 'yes not-known', ['politie', 'ggd'])).toBeLessThan(minimum)
      expect(table.get('yes not-known')).toBe(few.length + dummies.length)
    },
    3 * minutes,
  )
})
