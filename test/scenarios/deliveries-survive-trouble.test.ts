import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CrossTabAnswer } from '@kruispunt/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './support/processes.ts'
import { type Party, type SmallLab, startSmallLab } from './support/small-lab.ts'

const minutes = 60_000
const work = mkdtempSync(join(tmpdir(), 'kruispunt-trouble-'))
let lab: SmallLab

beforeAll(async () => {
  lab = await startSmallLab(join(work, 'lab'))
}, 3 * minutes)

afterAll(async () => {
  await lab?.end()
  rmSync(work, { recursive: true, force: true })
}, minutes)

let answered: CrossTabAnswer | undefined

const deliveriesOf = async (party: Party) => {
  const { agreements } = await lab.status()
  return agreements.flatMap(({ deliveries }) => deliveries.filter((delivery) => delivery.party === party))
}
const ownDelivery = async (party: Party, extractId: string) =>
  (await lab.node(party).deliveries()).find((delivery) => delivery.extractId === extractId)

/** Each step goes on from the one before, as in real life. */
describe('a delivery comes through whatever happens on the way', () => {
  let first = ''

  it(
    'the broker dies half-way: the node says so and what to do, and sending again completes it, once',
    async () => {
      const gemeente = lab.node('gemeente')
      const { status, body } = await gemeente.prepare()
      expect(status).toBe(201)
      first = body.extractId
      const columns = body.report.leaves.length
      const sizeBefore = (await lab.status()).logSize

      // The columns are 160 kilobytes together; the largest alone is more than this.
      const held = lab.line.holdAfter(60_000)
      const sending = gemeente.send(first)
      await held
      await lab.kill('broker')
      lab.line.release()
      const broken = await sending
      expect(broken.status).toBe(503)
      expect(broken.body.code).toBe('broker_unreachable')
      expect(broken.body.remedy?.nl).not.toBe('')
      expect(broken.body.remedy?.en).not.toBe('')
      expect(lab.columnsAtBroker(first).length).toBeLessThan(columns)
      expect((await ownDelivery('gemeente', first))?.state).toBe('prepared')

      await lab.startBroker()
      expect(await deliveriesOf('gemeente')).toEqual([])
      const sent = await gemeente.send(first)
      expect(sent.status).toBe(200)
      expect(sent.body.index).toBe(sizeBefore)
      expect(await deliveriesOf('gemeente')).toEqual([expect.objectContaining({ extractId: first, version: 1 })])
      expect((await lab.status()).logSize).toBe(sizeBefore + 1)
      expect(lab.columnsAtBroker(first)).toHaveLength(columns)
    },
    minutes,
  )

  it(
    'sent once more, it gives the same receipt and puts nothing on record',
    async () => {
      const { logSize } = await lab.status()
      const again = await lab.node('gemeente').send(first)
      const oncemore = await lab.node('gemeente').send(first)
      expect(again.status).toBe(200)
      expect(again.body.index).toBe(logSize - 1)
      expect(oncemore.body).toEqual(again.body)
      expect((await lab.status()).logSize).toBe(logSize)
    },
    minutes,
  )

  it(
    'the node is killed after preparing: the extract is still there when it is back, and sends',
    async () => {
      const politie = lab.node('politie')
      const { extractId } = (await politie.prepare()).body
      await lab.kill('politie')
      await politie.start()
      expect(await politie.deliveries()).toEqual([
        expect.objectContaining({ extractId, state: 'prepared', keyPresent: true }),
      ])
      expect((await politie.send(extractId)).status).toBe(200)
      expect(await deliveriesOf('politie')).toEqual([expect.objectContaining({ extractId, version: 1 })])
    },
    minutes,
  )
})

describe('what was not agreed is refused', () => {
  it(
    'a column outside the agreement is not even prepared',
    async () => {
      const ggd = lab.node('ggd')
      const { status, body } = await ggd.prepare({ 'ggd.surname': 2 })
      expect(status).toBe(422)
      expect(body.code).toBe('mapping_invalid')
      expect(await ggd.deliveries()).toEqual([])
    },
    minutes,
  )

  it(
    'a variable outside the table is not counted, one inside it is',
    async () => {
      const ggd = lab.node('ggd')
      const { extractId } = (await ggd.prepare()).body
      expect((await ggd.send(extractId)).status).toBe(200)
      const job = await lab.openJob()
      expect(job.state).toBe('open')
      const outside = await lab.table(job.requestId, 'residents', 'gemeente.age', 'politie.kind')
      expect(outside.exit).toBe(3)
      expect(outside.problem?.code).toBe('question_not_allowed')
      expect(outside.answer).toBeUndefined()
      const inside = await lab.table(job.requestId, 'residents', 'gemeente.age', 'presence:ggd')
      expect(inside.exit).toBe(0)
      answered = inside.answer
      expect(answered?.released).toBeGreaterThan(0)
    },
    minutes,
  )
})

describe('a delivery ends when its owner says so', () => {
  it(
    'a new version takes the place of the first, whose key is destroyed',
    async () => {
      const gemeente = lab.node('gemeente')
      const [before] = await deliveriesOf('gemeente')
      const { extractId } = (await gemeente.prepare()).body
      expect((await gemeente.send(extractId)).status).toBe(200)
      expect(await deliveriesOf('gemeente')).toEqual([expect.objectContaining({ extractId, version: 2 })])
      const replaced = await until('the key of the first version is gone', async () => {
        const own = await ownDelivery('gemeente', before?.extractId ?? '')
        return own?.keyPresent === false ? own : undefined
      })
      expect(replaced.state).toBe('replaced')
      expect(await ownDelivery('gemeente', extractId)).toEqual(
        expect.objectContaining({ state: 'sent', version: 2, keyPresent: true }),
      )
    },
    minutes,
  )

  it(
    'the same question over the new version is counted anew, and contradicts nothing that was shown',
    async () => {
      const job = await lab.openJob()
      const { exit, answer } = await lab.table(job.requestId, 'residents', 'gemeente.age', 'presence:ggd')
      expect(exit).toBe(0)
      expect(answer?.release).not.toBe(answered?.release)
      // The file was the same: whatever is shown both times is the same.
      const shownIn = (given: CrossTabAnswer | undefined) =>
        new Map(given?.cells.flatMap((cell) => (cell.state === 'released' ? [[cell.at.join(), cell.count]] : [])))
      const before = shownIn(answered)
      const both = [...shownIn(answer)].filter(([at]) => before.has(at))
      expect(both.length).toBeGreaterThan(0)
      for (const [at, count] of both) expect(count).toBe(before.get(at))
    },
    minutes,
  )

  it(
    'withdrawn by its officer, its job ends, its key is gone, and no job opens it again',
    async () => {
      const ggd = lab.node('ggd')
      const [current] = await deliveriesOf('ggd')
      const extractId = current?.extractId ?? ''
      const job = await lab.openJob()
      expect((await lab.table(job.requestId, 'residents', 'gemeente.age', 'presence:politie')).exit).toBe(0)

      const reason = 'Er stonden mensen in die er niet in hoorden.'
      expect((await ggd.withdraw(extractId, reason)).status).toBe(200)
      const own = await until('the key of the withdrawn extract is gone', async () => {
        const found = await ownDelivery('ggd', extractId)
        return found?.keyPresent === false ? found : undefined
      })
      expect(own.state).toBe('withdrawn')
      expect(await deliveriesOf('ggd')).toEqual([])
      const running = await lab.table(job.requestId, 'residents', 'gemeente.age', 'ggd.report')
      expect(running.problem?.code).toBe('job_not_open')

      const next = await lab.openJob()
      expect(next.state).toBe('open')
      const refused = await lab.table(next.requestId, 'residents', 'gemeente.age', 'presence:ggd')
      expect(refused.problem?.code).toBe('question_not_allowed')
      expect((await ggd.send(extractId)).body.index).not.toBeUndefined()
      expect(await deliveriesOf('ggd')).toEqual([])
    },
    minutes,
  )
})
