import { citizenNumberRecipe } from '@kruispunt/contracts'
import { cryptoReady, randomBytes } from '@kruispunt/crypto'
import { createTokenMaker } from '@kruispunt/pseudonyms'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderLinkQuality } from '../../src/cli/render-links.ts'
import { type Decoys, eraseDecoys, scoreSelfTest } from '../../src/jobs/self-test.ts'
import { makePeople } from './support/people.ts'
import { createSmallLab, type SmallLab } from './support/small-lab.ts'

const invented = 40
const people = makePeople(300)
const question = { table: 'residents', rows: [{ dimension: 'care' }], columns: [], filters: [] }
const isErased = (bytes: ArrayLike<number>) => Array.from(bytes).every((byte) => byte === 0)

const labs: SmallLab[] = []
async function labWith(selfTest: number | undefined): Promise<SmallLab> {
  const lab = await createSmallLab({ people, agreement: selfTest === undefined ? {} : { selfTest } })
  labs.push(lab)
  return lab
}
async function openedBy(lab: SmallLab) {
  const { requestId } = await lab.openJob()
  expect(lab.view(requestId).state).toBe('open')
  return { requestId, quality: lab.jobs().linkQuality(lab.lab, requestId) }
}

beforeAll(() => cryptoReady())
afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.finish()
})

describe('a self-test shows whether nodes agree', () => {
  it('says per pair how many invented people were expected, found again and mistaken', async () => {
    const lab = await labWith(invented)
    const { requestId, quality } = await openedBy(lab)
    // Each party misses a tenth; the health service takes one person for another, whom the two others know.
    expect(quality.selfTest).toStrictEqual({
      people: invented,
      pairs: [
        { a: 'town', b: 'police', expected: 32, recovered: 32, wrong: 0 },
        { a: 'town', b: 'health', expected: 32, recovered: 31, wrong: 1 },
        { a: 'police', b: 'health', expected: 32, recovered: 31, wrong: 1 },
      ],
    })
    const { nl, en } = quality.explanation.at(-1) ?? { nl: '', en: '' }
    expect(nl).toMatch(/^Zelftest met 40 verzonnen mensen: 97% teruggevonden, 2 verkeerd\..*toevallige koppelingen/)
    expect(en).toMatch(/^Self-test with 40 invented people: 97% found again, 2 wrong\..*chance links/)
    const lines = renderLinkQuality(quality, 'nl').join('\n')
    expect(lines).toMatch(/zelftest: verzonnen mensen +bij beide +teruggevonden +verkeerd/)
    expect(lines).toMatch(/town \+ health +32 +31 +1/)
    expect(lab.view(requestId).state).toBe('open')
  })

  it('touches no count, and is silent where none was agreed', async () => {
    const [without, with_] = [await labWith(undefined), await labWith(invented)]
    const [plain, tested] = [await openedBy(without), await openedBy(with_)]
    expect(plain.quality.selfTest).toBeNull()
    expect(JSON.stringify(plain.quality.explanation)).not.toMatch(/Zelftest|Self-test/)
    expect(renderLinkQuality(plain.quality, 'nl').join()).not.toContain('zelftest')
    expect(tested.quality.persons).toBe(plain.quality.persons)
    expect(tested.quality.parties).toStrictEqual(plain.quality.parties)
    const { cells } = await with_.ask(tested.requestId, question)
    expect(cells).toStrictEqual((await without.ask(plain.requestId, question)).cells)
  })

  it('finds nobody at a node that holds another secret, and names its pairs', async () => {
    const lab = await labWith(invented)
    const stranger = createTokenMaker(randomBytes(32))
    const ofStranger = (bytes: Uint8Array): Uint8Array => {
      const made = new Uint8Array(bytes.length)
      for (let row = 0; row < bytes.length / 16; row++) made.set(stranger.token('N1', `invented ${row}`), row * 16)
      return made
    }
    lab.deliver('reports', people, (name, bytes) => (name === 'decoy:N1' ? ofStranger(bytes) : bytes))
    const { quality } = await openedBy(lab)
    expect(quality.selfTest?.pairs.map(({ expected, recovered }) => [expected, recovered])).toStrictEqual([
      [32, 0],
      [32, 31],
      [32, 0],
    ])
    const { nl } = quality.explanation.at(-1) ?? { nl: '' }
    expect(nl).toContain('Partner town + Partner police, Partner police + Partner health')
    expect(nl).not.toContain('Partner town + Partner health')
  })

  it.each([
    ['is about somebody outside the list', 'decoy:person', (bytes: Uint8Array) => bytes.fill(invented + 1, 0, 1)],
    ['is about nobody', 'decoy:person', (bytes: Uint8Array) => bytes.fill(0, 0, 1)],
    ['has fewer rows than was said', 'decoy:person', (bytes: Uint8Array) => bytes.slice(1)],
    ['has fewer tokens than was said', 'decoy:N1', (bytes: Uint8Array) => bytes.slice(16)],
  ])('fails the job whole when a column %s', async (_, column, change) => {
    const lab = await labWith(invented)
    lab.deliver('clients', people, (name, bytes) => (name === column ? change(bytes.slice()) : bytes))
    const { requestId } = await lab.openJob()
    expect(lab.view(requestId).failure?.en).toMatch(/Partner health .*agreed form/)
  })

  it('fails a request that leaves the invented people out', async () => {
    const lab = await labWith(invented)
    const all = lab.current('clients').statement.columns.map(({ name }) => name)
    const made = lab.request({ clients: all.filter((name) => name !== 'decoy:person') })
    await lab.stateIs(made.requestId, 'failed')
    expect(lab.view(made.requestId).failure?.en).toMatch(/leaves out the columns/)
  })
})

describe('what is known of invented people is erased', () => {
  const decoysOf = (): Decoys => ({
    rows: 2,
    tokens: [{ keyId: 'N1', slots: 1, tokens: new Uint8Array(32).fill(7).fill(8, 16) }],
    people: Uint8Array.of(1, 2),
  })
  const { citizenNumber, suspects, fewestKeys } = citizenNumberRecipe
  const rules = { citizenNumber, suspects, fewestKeys }

  it('tokens when they are linked, the rest with the delivery', () => {
    const [one, other] = [decoysOf(), decoysOf()]
    const deliveries = [
      { party: 'a', decoys: one },
      { party: 'b', decoys: other },
    ]
    expect(scoreSelfTest(20, rules, deliveries)?.pairs).toStrictEqual([
      { a: 'a', b: 'b', expected: 2, recovered: 2, wrong: 0 },
    ])
    for (const { tokens } of [...one.tokens, ...other.tokens]) expect(isErased(tokens)).toBe(true)
    eraseDecoys(one)
    expect(isErased(one.people)).toBe(true)
  })

  it('also when there is nobody to compare with', () => {
    const alone = decoysOf()
    expect(scoreSelfTest(20, rules, [{ party: 'a', decoys: alone }])).toBeNull()
    eraseDecoys(alone)
    expect(isErased(alone.tokens[0]?.tokens ?? [1])).toBe(true)
    expect(isErased(alone.people)).toBe(true)
  })
})
