import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cryptoReady } from '@kruispunt/crypto'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Question } from '../../infra/demo/lab.ts'
import { openNode } from '../../services/node/src/node.ts'
import { createAttacker } from '../oracles/attacker.ts'
import { filesIn, findLeaks, type Secrets } from '../oracles/leak-search.ts'
import { readPeople } from '../oracles/plain-practice.ts'
import { plainTables } from '../oracles/plain-tables.ts'
import { isSmall, leavesFew, tellsOfNearlyAll } from '../oracles/unsafe-cells.ts'
import { checkedCells } from './support/cells.ts'
import {
  type Answered,
  agreementIn,
  answersIn,
  askMore,
  deliveriesAt,
  logsAt,
  logsOfRunning,
  playStory,
  stopStories,
} from './support/demo-story.ts'

const minutes = 60_000
const work = mkdtempSync(join(tmpdir(), 'kruispunt-region-'))
const folder = join(work, 'demo')
let told = ''
let all: Answered[] = []
let refused: string[] = []
let logs: Awaited<ReturnType<typeof logsOfRunning>> = []

/** Narrower than the demo asks, and overlapping with it: what an attacker would ask. */
const more: Question[] = [
  { table: 'residents', rows: 'gemeente.area@wijk', columns: 'gemeente.wmo' },
  { table: 'residents', rows: 'gemeente.area@wijk', columns: 'gemeente.age,gemeente.wmo@wmo-any' },
  { table: 'residents', rows: 'gemeente.age', columns: 'presence:politie', filter: 'gemeente.wmo=some' },
  { table: 'reports', rows: 'politie.month@kwartaal', columns: 'gemeente.wmo@wmo-any', filter: 'politie.kind=drugs' },
  { table: 'reports', rows: 'politie.month@kwartaal', columns: 'gemeente.wmo@wmo-any' },
].map((question, index) => ({ ...question, name: `more-${index + 1}`, title: '' }))

beforeAll(async () => {
  await cryptoReady()
  const story = await playStory(folder, '--fresh')
  told = story.told
  const extra = await askMore(folder, more)
  all = [...answersIn(folder), ...extra.answers]
  refused = extra.refused
  logs = await logsOfRunning(folder, 1 + Math.max(...all.map(({ logIndex }) => logIndex)))
  await story.stop()
}, 5 * minutes)

afterAll(async () => {
  await stopStories()
  rmSync(work, { recursive: true, force: true })
}, minutes)

const checked = () => {
  const count = plainTables()
  const agreed = agreementIn(folder)
  return all.map((answered) => {
    const counter = count.get(answered.answer.table)
    if (counter === undefined) throw new Error(`the oracle does not know the table ${answered.answer.table}`)
    return { ...answered, cells: checkedCells(answered, agreed, counter) }
  })
}

describe('what six organisations count together is what a plain count gives', () => {
  it('every count that is shown is right, and every cell of each table is there once', () => {
    for (const { answer, cells } of checked()) {
      const size = answer.axes.reduce((product, { nodes }) => product * nodes.length, 1)
      expect(new Set(answer.cells.map(({ at }) => at.join())).size).toBe(size)
      expect(answer.cells).toHaveLength(size)
      const shown = cells.filter((cell) => cell.shown !== undefined)
      expect(answer.released).toBe(shown.length)
      expect(answer.withheld).toBe(size - shown.length)
      const expected = shown.map(
        ({ name, plain }) => `${name} ${answer.unit === 'records' ? plain.rows : plain.persons}`,
      )
      expect(shown.map(({ name, shown: count }) => `${name} ${count}`)).toEqual(expected)
    }
  })

  it('shows at least half of the first table, something of every table, and withholds what must be', () => {
    const answers = all.map(({ answer }) => answer)
    // A table of which too little could be shown is refused whole, and says so.
    expect(refused.filter((code) => code !== 'table_refused')).toEqual([])
    expect(answers.length).toBeGreaterThan(more.length)
    const [first] = answers
    expect(first?.released).toBeGreaterThanOrEqual((first?.cells.length ?? 0) / 2)
    for (const { released } of answers) expect(released).toBeGreaterThan(0)
    expect(answers.reduce((sum, { withheld }) => sum + withheld, 0)).toBeGreaterThan(0)
  })
})

describe('nothing that is shown tells of a few people', () => {
  it('no cell of one to nine persons is shown, and there are such cells', () => {
    const cells = checked().flatMap((table) => table.cells)
    const small = cells.filter(({ plain }) => isSmall(plain))
    expect(small.length).toBeGreaterThan(0)
    expect(small.filter(({ shown }) => shown !== undefined).map(({ name }) => name)).toEqual([])
  })

  it('no cell is shown that tells of nine in ten of its line, nor one beside a total that leaves one to nine', () => {
    for (const { name, plain, shown, lines } of checked().flatMap((table) => table.cells)) {
      if (shown === undefined) continue
      expect(lines.some((line) => tellsOfNearlyAll(plain, line)) ? name : undefined).toBeUndefined()
      const isGivenAway = lines.some((line) => line.isTotalShown && leavesFew(plain, line))
      expect(isGivenAway ? name : undefined).toBeUndefined()
    }
  })

  it(
    'an attacker with all answers at once cannot bound a small cell below ten',
    async () => {
      const tables = checked()
      const dimensions = agreementIn(folder).agreement.datasets.flatMap((dataset) => dataset.dimensions)
      let tried = 0
      for (const table of new Set(tables.map(({ answer }) => answer.table))) {
        const same = tables.filter(({ answer }) => answer.table === table)
        const attacker = await createAttacker(
          dimensions,
          same.map(({ answer }) => answer),
        )
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
})

describe('no person leaves a node', () => {
  /** Numbers and names of the raw files, and the pseudonyms that the partners made of those numbers. */
  async function secrets(): Promise<Secrets> {
    const people = readPeople()
    const numbers = new Set(people.flatMap(({ bsns }) => [...bsns]))
    const agreed = new Set(agreementIn(folder).text.match(/[A-Za-z]+/g))
    const words = people.flatMap(({ surnames }) => [...surnames].flatMap((name) => name.match(/[A-Za-z]{6,}/g) ?? []))
    const names = new Set(words.filter((word) => /^[A-Z]/.test(word) && !agreed.has(word)))
    const [delivery] = await deliveriesAt(folder)
    if (delivery === undefined) throw new Error('no delivery')
    const node = await openNode({ folder: join(folder, 'nodes', 'gemeente'), clock: Date.now, random: () => 0 })
    try {
      const { agreement, epoch } = delivery
      const key = node.deliveries.pseudonymKey(agreement as Parameters<typeof node.deliveries.pseudonymKey>[0], epoch)
      const maker = createTokenMaker(key)
      const tokens = new Set([...numbers].map((number) => Buffer.from(maker.token('B1', number)).toString('latin1')))
      return { numbers, names, tokens }
    } finally {
      await node.close()
    }
  }

  it(
    'neither number nor name nor pseudonym is in what the broker keeps, in the logs, or in the answers',
    async () => {
      const looked = await secrets()
      expect(looked.numbers.size).toBeGreaterThan(8000)
      expect(looked.names.size).toBeGreaterThan(300)
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
    const written: Record<string, Buffer> = {
      plain: Buffer.from(`x ${number} ${name} `),
      wide: Buffer.from(`x ${number} ${name} `, 'utf16le'),
      hex: Buffer.from(Buffer.from(` ${number} ${name} `).toString('hex')),
      base64: Buffer.from(Buffer.from(`ab ${number} ${name} `).toString('base64')),
      backwards: Buffer.from([...` ${number} ${name} `].reverse().join('')),
    }
    for (const [file, bytes] of Object.entries(written)) writeFileSync(join(planted, file), bytes)
    writeFileSync(join(planted, 'token'), Buffer.concat([Buffer.from('ab'), token, Buffer.from('cd')]))
    writeFileSync(join(planted, 'token-hex'), ` ${token.toString('hex')} `)
    writeFileSync(join(planted, 'token-base64'), token.toString('base64'))
    const tokens = new Set([token.toString('latin1')])
    const leaks = findLeaks(planted, { numbers: new Set([number]), names: new Set([name]), tokens })
    for (const file of Object.keys(written))
      for (const kind of ['number', 'name']) expect(leaks).toContainEqual(expect.objectContaining({ file, kind }))
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
    5 * minutes,
  )
})
