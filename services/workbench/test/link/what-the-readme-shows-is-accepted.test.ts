import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRecipe } from '../../src/link/recipe-file.ts'
import { rehearseCommand } from '../../src/link/rehearse-command.ts'

let folder = ''
let shown: string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-'))
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const [, section = ''] = readme.split(/^## `kruispunt-link`$/m)
  shown = [...(section.split(/^## /m)[0] ?? '').matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => json ?? '')
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const written = async (at: number): Promise<string> => {
  const path = join(folder, `${at}.json`)
  await writeFile(path, shown[at] ?? '')
  return path
}

describe('what the README shows is accepted', () => {
  it('the recipe, with what it says of single files', async () => {
    const plan = await readRecipe(await written(0), 'nl1')
    expect(plan.recipe.keys.map(({ id }) => id)).toStrictEqual(['B1', 'N1', 'X1'])
    expect(plan.mayUseNumber('corporatie.csv')).toBe(false)
    expect(plan.mayUseNumber('gemeente.csv')).toBe(true)
    expect(plan.isRegister('gemeente.csv')).toBe(true)
    expect(plan.columnsOf('corporatie.csv')).toStrictEqual({ surname: 'Naam', birthDate: 'Geboren op', place: null })
  })

  it('the partners of a rehearsal', async () => {
    const lines = await rehearseCommand({ partners: await written(1), seed: '1', persons: '300' })
    expect(lines.some((line) => line.includes('gemeente and corporatie'))).toBe(true)
  })
})
