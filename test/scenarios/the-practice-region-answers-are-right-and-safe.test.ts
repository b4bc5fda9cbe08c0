import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LinkQuality } from '@kruispunt/contracts'
import { cryptoReady } from '@kruispunt/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Question } from '../../infra/demo/lab.ts'
import { inspectFile } from '../../services/node/src/delivery/inspect.ts'
import { memoryPort } from '../../services/node/test/delivery/memory-port.ts'
import type { Verdict } from '../../services/workbench/src/verify/report/verdict.ts'
import { createAttacker } from '../oracles/attacker.ts'
import { filesIn, findLeaks } from '../oracles/leak-search.ts'
import { type PlainLinkage, plainLinkage } from '../oracles/plain-linkage.ts'
import { readPractice } from '../oracles/plain-practice.ts'
import { plainRoot } from '../oracles/plain-root.ts'
import { plainTables } from '../oracles/plain-tables.ts'
import { isSmall, leavesFew, tellsOfNearlyAll } from '../oracles/unsafe-cells.ts'
import { checkedCells } from './support/cells.ts'
import {
  type Answered,
  type Asked,
  agreementIn,
  answersIn,
  askMore,
  auditedBy,
  deliveriesAt,
  logsAt,
  logsOfRunning,
  playStory,
  propose,
  stopStories,
} from './support/demo-story.ts'
import { linkFacts } from './support/link-facts.ts'
import { columnOfNames, secretsOf } from './support/secrets.ts'

/** Far beyond what a quiet machine takes; a busy one is no reason to fail. */
const minutes = 5 * 60_000
const work = mkdtempSync(join(tmpdir(), 'kruispunt-region-'))
const folder = join(work, 'demo')
let told = ''
let all: Answered[] = []
let asked: Asked[] = []
let logs: Awaited<ReturnType<typeof logsOfRunning>> = []
let links: LinkQuality
let plain: PlainLinkage
let withNumber: string | undefined

const named = (name: string, questions: readonly Omit<Question, 'name' | 'title'>[]): Question[] =>
  questions.map((question, index) => ({ ...question, name: `${name}-${index + 1}`, title: '' }))
/** Narrower than the demo asks, and overlapping with it: what an attacker would ask. */
const first = named('more', [
  { table: 'reports', rows: 'politie.month@kwartaal', columns: 'gemeente.wmo@wmo-any', filter: 'politie.kind=drugs' },
  { table: 'reports', rows: 'politie.month@kwartaal', columns: 'gemeente.wmo@wmo-any' },
  { table: 'reports', rows: 'politie.month@kwartaal', columns: 'politie.kind' },
  { table: 'tenants', rows: 'corporatie.home', columns: 'corporatie.arrears' },
  { table: 'tenants', rows: 'gemeente.area@wijk', columns: 'presence:zorg' },
  { table: 'tenants', rows: 'corporatie.arrears', columns: 'gemeente.wmo', filter: 'corporatie.home=flat met lift' },
])
const linked = named('linked', [
  { table: 'residents', rows: 'gemeente.area@wijk', columns: 'gemeente.wmo' },
  { table: 'residents', rows: 'gemeente.area@wijk', columns: 'gemeente.age,gemeente.wmo@wmo-any' },
])
/** The story asked one of the three tables that the budget allows. */
const noisy = named('noisy', [
  { table: 'households', rows: 'gemeente.area@wijk', columns: 'presence:politie' },
  { table: 'households', rows: 'gemeente.assistance', columns: 'presence:zorg' },
  { table: 'households', rows: 'gemeente.assistance', columns: 'presence:politie' },
])
const [, , tooMuch] = noisy
/** Everybody, and everybody but one neighbourhood, in which few people of some age are known to the police. */
const atOnce = (neighbourhood: string): Question[] => {
  const area = agreementIn(folder).agreement.datasets.flatMap(({ dimensions }) =>
    dimensions.filter(({ id }) => id === 'gemeente.area'),
  )
  const others = area.flatMap(({ codes }) => codes.map(({ code }) => code)).filter((code) => code !== neighbourhood)
  const question = { table: 'residents', rows: 'gemeente.age', columns: 'presence:politie' }
  return named('at-once', [question, { ...question, filter: `gemeente.area=${others.join('|')}` }])
}
const neighbourhood = 'BU99990301'

beforeAll(async () => {
  await cryptoReady()
  const playing = playStory(folder, '--fresh')
  // The story has its own processes; this one has time to count meanwhile.
  plain = plainLinkage(readPractice())
  const story = await playing
  told = story.told
  const extra = await askMore(folder, { first: [...first, ...noisy], linked, atOnce: atOnce(neighbourhood) })
  asked = extra.asked
  all = [...answersIn(folder), ...asked.flatMap(({ answered }) => answered ?? [])]
  links = extra.links
  checked = check()
  withNumber = await propose(folder, numbersForAll())
  logs = await logsOfRunning(folder, 1 + Math.max(...all.map(({ logIndex }) => logIndex)))
  await story.stop()
}, 3 * minutes)

afterAll(async () => {
  await stopStories()
  rmSync(work, { recursive: true, force: true })
}, minutes)

/** The agreement, but the housing corporation would deliver citizen numbers as well. */
const numbersForAll = () => {
  const { agreement } = agreementIn(folder)
  const datasets = agreement.datasets.map((dataset) =>
    dataset.party === 'corporatie' ? { ...dataset, linkageKeys: ['B1', ...dataset.linkageKeys] } : dataset,
  )
  return { ...agreement, version: 2, datasets }
}

/** Whose people a table counts; reports are not people. */
const homeOf: Readonly<Record<string, string>> = { residents: 'gemeente', tenants: 'corporatie', clients: 'zorg' }

/** Reports are answered with a small error in each count, at most so large; households with noise; everything else exactly. */
const largestError = 4
const isExact = ({ answer }: Answered): boolean => answer.mode === 'suppression'

const isNoisy = ({ answer }: Answered): boolean => answer.mode === 'differential-privacy'

type CheckedTable = Answered & { readonly cells: ReturnType<typeof checkedCells> }
let checked: CheckedTable[] = []

/** Every answer beside the plain counts of its cells. */
const check = (): CheckedTable[] => {
  const count = plainTables(plain)
  const agreed = agreementIn(folder)
  return all.map((answered) => {
    const counter = count.get(answered.answer.table)
    if (counter === undefined) throw new Error(`the oracle does not know the table ${answered.answer.table}`)
    return { ...answered, cells: checkedCells(answered, agreed, counter) }
  })
}

describe('what six organisations count together is what a plain count gives', () => {
  it('every count that is shown is right, and every cell of each table is there once', () => {
    for (const table of checked) {
      const { answer, cells } = table
      const size = answer.axes.reduce((product, { nodes }) => product * nodes.length, 1)
      expect(new Set(answer.cells.map(({ at }) => at.join())).size).toBe(size)
      expect(answer.cells).toHaveLength(size)
      const shown = cells.filter((cell) => cell.shown !== undefined)
      expect(answer.released).toBe(shown.length)
      expect(answer.withheld).toBe(size - shown.length)
      if (!isExact(table)) continue
      expect(answer.unit).toBe('persons')
      const expected = shown.map(({ name, plain }) => `${name} ${plain.persons}`)
      expect(shown.map(({ name, shown: count }) => `${name} ${count}`)).toEqual(expected)
    }
  })

  it('every count of reports is off by no more than was signed, not always, and the same wherever it stands', () => {
    const cells = checked.filter(({ answer }) => answer.mode === 'cell-key').flatMap((table) => table.cells)
    const shown = cells.filter((cell) => cell.shown !== undefined)
    const errors = shown.map(({ plain, shown: count = 0 }) => count - plain.rows)
    expect(errors.length).toBeGreaterThan(30)
    expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(largestError)
    expect(new Set(errors).size).toBeGreaterThan(2)
    // A quarter's reports of one kind stand in a table of that kind alone and in one of all kinds.
    const byPlace = Object.groupBy(shown, ({ place }) => place)
    const twice = Object.values(byPlace).filter((same = []) => same.length > 1)
    expect(twice.length).toBeGreaterThan(3)
    for (const same of twice) expect(new Set(same?.map((cell) => cell.shown)).size).toBe(1)
  })

  it('every sum of hours that is shown is right to the tenth, its mean follows, and none tells of one person', () => {
    const cells = checked.flatMap((table) => table.cells)
    const summed = cells.filter((cell) => cell.shownSum !== undefined)
    expect(summed.length).toBeGreaterThan(3)
    expect(told).toMatch(/gemiddeld per persoon/)
    for (const { name, plain, shown, shownSum } of summed) {
      expect(shown === undefined ? `${name} has a sum and no count` : undefined).toBeUndefined()
      // One decimal more than the sum: hundredths of an hour.
      const mean = Math.round((plain.sum / plain.persons) * 10)
      expect(`${name} ${shownSum?.sum} ${shownSum?.mean}`).toBe(`${name} ${plain.sum} ${mean}`)
      const [first = 0, second = 0] = plain.largest
      expect(plain.sum - first - second < first / 10 ? name : undefined).toBeUndefined()
    }
  })

  it('counts of households add up in their table, and their noise is as large as it says, to both sides', () => {
    const noisyTables = checked.filter(isNoisy)
    expect(noisyTables.length).toBe(noisy.length)
    const errors: number[] = []
    for (const { answer, cells } of noisyTables) {
      expect(answer.withheld).toBe(0)
      expect(answer.exactness.nl).toContain('willekeurige ruis')
      const [, told = ''] = /fijnste cel is de ruis ongeveer ([\d,]+)/.exec(answer.exactness.nl) ?? []
      const deviation = Number(told.replace(',', '.'))
      expect(deviation).toBeGreaterThan(1)
      const shownAt = new Map(cells.map(({ at, shown }) => [at.join(), shown ?? Number.NaN]))
      const [rows = 0, columns = 0] = answer.axes.map(({ nodes }) => nodes.length)
      const line = (length: number, at: (node: number) => string) =>
        Array.from({ length: length - 1 }, (_, node) => shownAt.get(at(node + 1)) ?? Number.NaN).reduce((a, b) => a + b)
      for (let row = 0; row < rows; row++)
        expect(line(columns, (node) => `${row},${node}`)).toBe(shownAt.get(`${row},0`))
      for (let column = 0; column < columns; column++)
        expect(line(rows, (node) => `${node},${column}`)).toBe(shownAt.get(`0,${column}`))
      // Next to nothing cannot be below nothing, so only large cells have noise to both sides.
      for (const { at, plain, shown = Number.NaN } of cells)
        if (!at.includes(0) && plain.rows > 10 * deviation) errors.push((shown - plain.rows) / deviation)
    }
    expect(errors.length).toBeGreaterThan(12)
    expect(errors.some((error) => error < 0) && errors.some((error) => error > 0)).toBe(true)
    const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    // In deviations. Beyond these no run in a million comes.
    expect(Math.abs(average(errors))).toBeLessThan(6 / Math.sqrt(errors.length) + 0.5)
    expect(average(errors.map((error) => error ** 2))).toBeGreaterThan(0.04)
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(20)
  })

  it('and when their budget is spent, no other table of them is answered', () => {
    const outcomeOf = (question: Question | undefined) => asked.find((one) => one.question === question)?.refused
    expect(outcomeOf(tooMuch)).toBe('privacy_budget_spent')
    expect(noisy.filter((question) => question !== tooMuch).map(outcomeOf)).toEqual([undefined, undefined])
  })

  it('two questions at the same moment that would together tell of a few people do not both get through whole', () => {
    const count = plainTables(plain).get('residents')
    const both = checked.filter(({ question }) => question.name.startsWith('at-once'))
    expect(both.length).toBeGreaterThan(0)
    const [whole, without] = ['at-once-1', 'at-once-2'].map((name) =>
      both.find(({ question }) => question.name === name),
    )
    const cells = (whole ?? without)?.cells ?? []
    let few = 0
    for (const { at } of cells) {
      const codes = (whole ?? without)?.answer.axes.map(({ dimension, nodes }, axis) => ({
        dimension,
        codes: [nodes[at[axis] ?? -1]?.code ?? ''],
      }))
      const place = (codes ?? []).filter(({ codes: [code] }) => code !== 'total')
      const inside = count?.([...place, { dimension: 'gemeente.area', codes: [neighbourhood] }])
      if (!inside || !isSmall(inside)) continue
      few += 1
      const shown = [whole, without].map((table) => table?.cells.find((cell) => cell.at.join() === at.join())?.shown)
      expect(
        shown.includes(undefined) ? undefined : `${at.join()} of ${neighbourhood}: ${inside.persons}`,
      ).toBeUndefined()
    }
    expect(few).toBeGreaterThan(0)
  })

  it('tables that are asked as one system are answered as one system', () => {
    const outcomes = asked.filter(({ question }) => linked.includes(question))
    expect(outcomes).toHaveLength(linked.length)
    expect(new Set(outcomes.map(({ refused }) => refused)).size).toBe(1)
    // Whatever stands in both has one fate and one count.
    const shown = checked.filter(({ question }) => linked.includes(question)).flatMap(({ cells }) => cells)
    const byPlace = Object.groupBy(shown, ({ place }) => place)
    for (const same of Object.values(byPlace)) expect(new Set(same?.map((cell) => cell.shown)).size).toBe(1)
  })

  it('shows at least half of the first table, something of every table, and withholds what must be', () => {
    const answers = all.map(({ answer }) => answer)
    // A table of which too little could be shown is refused whole, and says so.
    const refused = asked.filter(({ question }) => question !== tooMuch).flatMap(({ refused: code }) => code ?? [])
    expect(refused.filter((code) => code !== 'table_refused')).toEqual([])
    expect(answers.length).toBeGreaterThan(asked.length)
    const [table] = answers
    expect(table?.released).toBeGreaterThanOrEqual((table?.cells.length ?? 0) / 2)
    for (const { released } of answers) expect(released).toBeGreaterThan(0)
    expect(answers.reduce((sum, { withheld }) => sum + withheld, 0)).toBeGreaterThan(0)
  })
})

describe('how well people were linked is told as it is', () => {
  it('every count of the linking that is shown is the plain one, and most are', () => {
    const told: (readonly [string, number | null, number | undefined])[] = [
      ['persons', links.persons, plain.persons],
      ...links.parties.flatMap(({ party, subjects, ambiguous }) => {
        const own = plain.parties.get(party)
        return [
          [`subjects of ${party}`, subjects, own?.subjects],
          [`ambiguous of ${party}`, ambiguous, own?.ambiguous],
        ] as const
      }),
      ...links.pairs.flatMap(({ a, b, linked, singleKey, suspects, conflicts, ties }) => {
        const shown = { linked, singleKey, suspects, conflicts, ties }
        const own = plain.pairs.get(`${a} ${b}`)
        return Object.entries(shown).map(
          ([name, count]) => [`${name} of ${a} and ${b}`, count, own?.[name as keyof typeof shown]] as const,
        )
      }),
      ...links.keys.flatMap(({ keyId, voidTokens, links: made }) => {
        const own = plain.keys.get(keyId)
        return [
          [`void tokens of ${keyId}`, voidTokens, own?.voidTokens],
          [`links of ${keyId}`, made, own?.links],
        ] as const
      }),
    ]
    const shown = told.filter(([, count]) => count !== null)
    expect(shown.map(([name, count]) => `${name}: ${count}`)).toEqual(shown.map(([name, , own]) => `${name}: ${own}`))
    expect(links.pairs).toHaveLength(15)
    expect(links.pairs.filter(({ linked }) => linked !== null).length).toBeGreaterThan(10)
    expect(links.keys.filter(({ links: made }) => made !== null).length).toBeGreaterThan(10)
    // What is not shown is small, or would give something small away.
    expect(shown.filter(([, count]) => count !== null && count > 0 && count < 10)).toEqual([])
  })
})

describe('a partner that may not use the citizen number takes part in full', () => {
  it('its tenants are linked by name, date and address, to everybody, and its match rate is told', async () => {
    const { numbered, unnumbered } = Object.groupBy(plain.subjects, ({ bsn }) => (bsn ? 'numbered' : 'unnumbered'))
    expect(unnumbered?.filter(({ party }) => party === 'corporatie')).toHaveLength(
      plain.parties.get('corporatie')?.subjects ?? -1,
    )
    expect(numbered?.length).toBeGreaterThan(10_000)
    for (const pair of links.pairs.filter(({ a, b }) => a === 'corporatie' || b === 'corporatie')) {
      expect(pair.linked).toBeGreaterThan(100)
      expect(pair.a === 'corporatie' ? pair.rateOfA : pair.rateOfB).toBeGreaterThan(0)
    }
    const [tenants] = links.pairs.filter(({ a, b }) => a === 'gemeente' && b === 'corporatie')
    expect(tenants?.rateOfB).toBeGreaterThan(0.85)
    expect(all.filter(({ answer }) => answer.table === 'tenants').length).toBeGreaterThan(1)
  })

  it(
    'nothing that it delivers is made of a citizen number, nor says who has one; the others deliver both',
    async () => {
      const made = await deliveriesAt(folder)
      const columns = made.map(({ report }) => report.leaves.map(({ column }) => column))
      const isOfNumbers = (column: string) => /:B1$/.test(column)
      expect(columns.map((names) => names.filter(isOfNumbers))).toEqual([
        ['token:B1', 'present:B1'],
        ['token:B1', 'present:B1'],
        [],
        ['token:B1', 'present:B1'],
        ['token:B1', 'present:B1'],
        ['token:B1', 'present:B1'],
      ])
      const [first] = columns
      const names = first?.filter((column) => column.startsWith('token:N'))
      expect(names).toHaveLength(14)
      expect(columns[2]).toEqual(expect.arrayContaining(names ?? []))
    },
    minutes,
  )

  it('an agreement that would let it is refused before anybody reads it, and by its node all the same', async () => {
    expect(withNumber).toBe('agreement_invalid')
    const port = memoryPort(numbersForAll() as unknown as Parameters<typeof memoryPort>[0], 'corporatie')
    const file = new URL('../../infra/practice-region/corporatie-huurders.csv', import.meta.url).pathname
    try {
      await expect(inspectFile(port, {}, file)).rejects.toThrow(
        expect.objectContaining({ code: 'citizen_number_not_allowed' }),
      )
      expect(port.extracts()).toEqual([])
    } finally {
      port.dispose()
    }
  })
})

describe('nothing that is shown tells of a few people', () => {
  it('no cell of one to nine persons is shown, and there are such cells', () => {
    // A small count under noise may be of nobody: that is what its text says.
    const cells = checked.filter((table) => !isNoisy(table)).flatMap((table) => table.cells)
    const small = cells.filter(({ plain }) => isSmall(plain))
    expect(small.length).toBeGreaterThan(0)
    expect(small.filter(({ shown }) => shown !== undefined).map(({ name }) => name)).toEqual([])
  })

  it('no cell is shown that tells of nine in ten of its line, nor one beside a total that leaves one to nine', () => {
    for (const { name, plain, shown, lines } of checked.filter(isExact).flatMap((table) => table.cells)) {
      if (shown === undefined) continue
      expect(lines.some((line) => tellsOfNearlyAll(plain, line)) ? name : undefined).toBeUndefined()
      const isGivenAway = lines.some((line) => line.isTotalShown && leavesFew(plain, line))
      expect(isGivenAway ? name : undefined).toBeUndefined()
    }
  })

  it(
    'an attacker with all answers at once cannot bound a small cell below ten',
    async () => {
      // Counts with errors give an attacker no equations; that the errors stay within bounds is tested above.
      const tables = checked.filter(isExact)
      const dimensions = agreementIn(folder).agreement.datasets.flatMap((dataset) => dataset.dimensions)
      let tried = 0
      for (const table of new Set(tables.map(({ answer }) => answer.table))) {
        const same = tables.filter(({ answer }) => answer.table === table)
        const answers = same.map(({ answer }) => answer)
        const home = homeOf[table] ?? ''
        const facts = home === '' ? [] : linkFacts(links, home, answers)
        if (home !== '') expect(facts.length).toBeGreaterThan(0)
        const attacker = await createAttacker(dimensions, [...answers, ...facts])
        for (const { answer, cells } of same)
          for (const { name, at, plain, shown } of cells) {
            if (shown !== undefined || !isSmall(plain)) continue
            const { least, most } = attacker.interval(answer, at)
            const truth = answer.unit === 'records' ? plain.rows : plain.persons
            // The attacker is right, or proves nothing: the truth is always among what he holds possible.
            expect(least <= truth && truth <= most ? undefined : `${name} is outside`).toBeUndefined()
            expect(most >= 10 && least < most ? undefined : `${name}: ${least}..${most}`).toBeUndefined()
            tried += 1
          }
      }
      expect(tried).toBeGreaterThan(0)
    },
    2 * minutes,
  )
})

describe('everybody can check what was answered', () => {
  it(
    'each of the six nodes replays its own log, finds it whole, and finds every answer in it',
    async () => {
      const logs = await logsAt(folder)
      expect(logs).toHaveLength(6)
      for (const { valid, quorum, requests } of logs) {
        expect(valid).toBe(true)
        expect(quorum?.valid).toBe(true)
        const recorded = requests.flatMap(({ results }) => results)
        for (const { answer, logIndex } of answersIn(folder)) {
          const { tableHash, resultSha256 } = answer
          expect(recorded).toContainEqual(expect.objectContaining({ index: logIndex, tableHash, resultSha256 }))
        }
      }
    },
    minutes,
  )

  it(
    'an auditor replays a copy of a node, and of the broker, with other code: the same log, the same answers, no fault',
    async () => {
      const [known] = await logsAt(folder)
      for (const from of ['zorg', 'broker'] as const) {
        const { code, data } = await auditedBy(folder, from)
        const verdict = data as Verdict & { answers: { verdict: { onRecord: boolean; places: { entry: number }[] } }[] }
        expect(verdict.faults).toEqual([])
        expect(code).toBe(0)
        // The broker closed its jobs when it stopped; nodes had not all heard of it.
        expect(verdict.size).toBeGreaterThanOrEqual(known?.size ?? Number.POSITIVE_INFINITY)
        // What the node had is a beginning of what the auditor has.
        expect(plainRoot(join(folder, `audit-${from}.jsonl`), known?.size ?? -1)).toBe(known?.root)
        expect(plainRoot(join(folder, `audit-${from}.jsonl`), verdict.size)).toBe(verdict.root)
        expect(verdict.quorum.reached).toBe(true)
        expect(verdict.agreements.find(({ state }) => state === 'active')?.signedBy).toHaveLength(6)
        // That of the story, the one that asked more, and the one that stays open for a visitor.
        expect(verdict.requests.length).toBeGreaterThanOrEqual(2)
        expect(verdict.requests.map(({ releases }) => releases.length)).toEqual(verdict.requests.map(() => 6))
        expect(verdict.requests.flatMap(({ results }) => results).every(({ inTime }) => inTime)).toBe(true)
        expect(verdict.answers.map(({ verdict: found }) => found.places.map(({ entry }) => entry))).toEqual(
          answersIn(folder).map(({ logIndex }) => [logIndex]),
        )
      }
    },
    minutes,
  )
})

describe('no person leaves a node', () => {
  it(
    'neither number nor name, date, postcode or pseudonym is in what the broker keeps, in the logs, or in the answers',
    async () => {
      const { pseudonymKey, ofNames, ...looked } = await secretsOf(folder)
      expect(looked.numbers.size).toBeGreaterThan(8000)
      expect(looked.names.size).toBeGreaterThan(300)
      expect(looked.dates.size).toBeGreaterThan(1000)
      expect(looked.postcodes.size).toBeGreaterThan(300)
      // The pseudonyms looked for are those that the municipality delivers.
      const [residents] = readPractice()
      const delivered = residents === undefined ? new Set() : await columnOfNames(residents, pseudonymKey)
      expect([...ofNames].filter((token) => !delivered.has(token))).toEqual([])
      expect(ofNames.size).toBeGreaterThan(8000)
      for (const part of ['broker', 'logs', 'answers']) {
        expect(filesIn(join(folder, part)).length).toBeGreaterThan(0)
        expect(findLeaks(join(folder, part), looked)).toEqual([])
      }
      // Nor do the nodes keep any: the raw file is gone, the columns are encrypted.
      expect(findLeaks(join(folder, 'nodes'), looked)).toEqual([])
    },
    2 * minutes,
  )

  it('and the search finds each of them when it is there, however it is written', () => {
    const number = '999911235'
    const name = 'Grevelink'
    const token = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
    const planted = join(work, 'planted')
    mkdirSync(planted)
    const [date, spoken, postcode] = ['19440204', '04-02-1944', '9926zj']
    const text = ` ${number} ${name} ${date}|9926 ZJ|150 `
    const written: Record<string, Buffer> = {
      plain: Buffer.from(`x${text}`),
      wide: Buffer.from(`x${text}`, 'utf16le'),
      hex: Buffer.from(Buffer.from(text).toString('hex')),
      base64: Buffer.from(Buffer.from(`ab${text}`).toString('base64')),
      backwards: Buffer.from([...text].reverse().join('')),
      key: Buffer.from(`b\u001f${name}\u001f${spoken}\u001f${postcode}|150 nr ${number}.`),
    }
    for (const [file, bytes] of Object.entries(written)) writeFileSync(join(planted, file), bytes)
    writeFileSync(join(planted, 'token'), Buffer.concat([Buffer.from('ab'), token, Buffer.from('cd')]))
    writeFileSync(join(planted, 'token-hex'), ` ${token.toString('hex')} `)
    writeFileSync(join(planted, 'token-base64'), token.toString('base64'))
    const tokens = new Set([token.toString('latin1')])
    const sets = { numbers: new Set([number]), names: new Set([name]), dates: new Set([date, spoken]) }
    const leaks = findLeaks(planted, { ...sets, postcodes: new Set([postcode]), tokens })
    for (const file of Object.keys(written))
      for (const kind of ['number', 'name', 'date', 'postcode'])
        expect(leaks).toContainEqual(expect.objectContaining({ file, kind }))
    for (const file of ['token', 'token-hex', 'token-base64'])
      expect(leaks).toContainEqual(expect.objectContaining({ file, kind: 'token' }))
  })
})

describe('a second start goes on where the first ended', () => {
  it(
    'has the same partners and deliveries, gives the same answers, and puts less on record',
    async () => {
      const codeOf = (text: string) => /code ([A-Z2-7]{4}(?:-[A-Z2-7]{4})+), door/.exec(text)?.[1]
      const before = { answers: answersIn(folder), deliveries: await deliveriesAt(folder) }
      const { told: again } = await playStory(folder, '--once')
      const after = { answers: answersIn(folder), logs: await logsAt(folder), deliveries: await deliveriesAt(folder) }

      expect(codeOf(told)).toBeDefined()
      expect(codeOf(again)).toBe(codeOf(told))
      const known = before.deliveries.map(({ extractId, state }) => ({ extractId, state }))
      expect(known).toHaveLength(6)
      expect(after.deliveries.map(({ extractId, state }) => ({ extractId, state }))).toEqual(known)
      const hashes = (answers: typeof before.answers) => answers.map(({ answer }) => answer.resultSha256)
      expect(hashes(after.answers)).toEqual(hashes(before.answers))
      const first = logs[0]?.size ?? 0
      const second = (after.logs[0]?.size ?? 0) - first
      expect(second).toBeGreaterThan(0)
      expect(second).toBeLessThan(first / 2)
      expect(after.logs.every(({ valid }) => valid)).toBe(true)
    },
    3 * minutes,
  )
})
