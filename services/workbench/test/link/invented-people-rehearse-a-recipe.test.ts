import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rehearseCommand } from '../../src/link/rehearse-command.ts'
import { sampleCommand } from '../../src/link/sample-command.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rehearse-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const write = async (content: unknown): Promise<string> => {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.json`)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const columns = ['givenNames', 'surname', 'birthDate', 'sex', 'postcode', 'houseNumber']
const small = { seed: '3', persons: '600' }
/** The two numbers of the line about all partners: right links and people found, per thousand. */
const expectation = (lines: readonly string[]): number[] =>
  [...(lines.find((line) => line.includes('all partners together'))?.matchAll(/some (\d+) are/g) ?? [])].map(([, n]) =>
    Number(n),
  )

describe('a rehearsal says what to expect of a recipe', () => {
  it('nearly everything of partners without errors, less of partners with many', async () => {
    const partner = (name: string, nameTypo: number) => ({ name, coverage: 0.8, columns, errors: { nameTypo } })
    const clean = await rehearseCommand({ ...small, partners: await write([partner('a', 0), partner('b', 0)]) })
    const messy = await rehearseCommand({ ...small, partners: await write([partner('a', 0.4), partner('b', 0.4)]) })
    const [[rightClean = 0, foundClean = 0], [, foundMessy = 0]] = [expectation(clean), expectation(messy)]
    expect(rightClean).toBeGreaterThan(990)
    expect(foundClean).toBeGreaterThan(980)
    expect(foundMessy).toBeLessThan(foundClean)
    expect(clean.join('\n')).toContain('same first initial + surname + date of birth')
  })

  it('less of a recipe that asks for more', async () => {
    const recipe = await write({ keys: ['N2'] })
    const [, few = 0] = expectation(await rehearseCommand({ ...small, recipe }))
    const [, many = 0] = expectation(await rehearseCommand(small))
    expect(few).toBeLessThan(many - 100)
  })

  it.each([
    ['no JSON', '['],
    ['one partner', [{ name: 'a', coverage: 1, columns }]],
    ['two of one name', ['a', 'a'].map((name) => ({ name, coverage: 1, columns }))],
    ['a rate above one', ['a', 'b'].map((name) => ({ name, coverage: 1, columns, errors: { moved: 2 } }))],
    ['a column nobody has', ['a', 'b'].map((name) => ({ name, coverage: 1, columns: ['shoeSize'] }))],
  ])('refuses partners that are %s', async (_, content) => {
    await expect(rehearseCommand({ ...small, partners: await write(content) })).rejects.toMatchObject({
      code: 'partners_malformed',
    })
  })
})

describe('a sample', () => {
  it('is written as asked, the same for the same seed', async () => {
    const make = (out: string) =>
      sampleCommand({ set: 'five-parties', seed: '8', persons: '60', out: join(folder, out) })
    const [one, two] = [await make('one'), await make('two')]
    expect(one).toHaveLength(5)
    for (const [at, path] of one.entries()) {
      expect(await readFile(path, 'utf8')).toBe(await readFile(two[at] as string, 'utf8'))
    }
  })

  it.each([[{ set: 'seven-partners' }], [{ seed: 'x' }], [{ persons: '0' }], [{ persons: '1e9' }]])(
    'refuses %j',
    async (options) => {
      const usual = { set: 'febrl', seed: '1', persons: '10', out: join(folder, 'three') }
      await expect(sampleCommand({ ...usual, ...options })).rejects.toMatchObject({ code: 'option_malformed' })
    },
  )
})
