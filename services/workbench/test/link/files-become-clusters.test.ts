import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { citizenNumberRecipe } from '@kruispunt/contracts'
import { generateLabelledSet, type LabelledPartner, labelledPreset } from '@kruispunt/synthetic-region'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LinkOptions, linkCommand } from '../../src/link/link-command.ts'
import type { Report } from '../../src/link/report.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'link-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

let written = 0
const write = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}
const run = async (paths: readonly string[], options: LinkOptions = {}) => {
  const reportPath = join(folder, `report-${++written}.json`)
  let out = ''
  let said = ''
  await linkCommand(
    paths,
    { report: reportPath, ...options },
    {
      stdout: (text) => {
        out += text
      },
      stderr: (text) => {
        said += text
      },
    },
  )
  const report = JSON.parse(await readFile(options.report ?? reportPath, 'utf8')) as Report
  const rows = out
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
  return { out, said, report, rows }
}
const recipe = (content: unknown): Promise<string> => write(`recipe-${++written}.json`, JSON.stringify(content))

const few = {
  a: 'id;bsn;voornaam;tussenvoegsel;achternaam;geboortedatum;geslacht;postcode;huisnr\na1;;Jan;de;Vries;1950-02-03;M;1234AB;5\na2;;Els;;Bos;1961-12-30;V;1234AB;7\n',
  b: 'rec_id,initials,surname,dob,sex,postcode,house number\nb1,E,Bos,19611230,2,1234 ab,7\nb2,J.,"Vries, de",19500203,1,1234AB,5\nb3,K,Kok,19700101,1,4321CD,1\n',
}

describe('rows of files become clusters', () => {
  it('names file, row and id of every row, rows of one person under one number', async () => {
    const { out } = await run([await write('a.csv', few.a), await write('b.csv', few.b)])
    expect(out).toBe('cluster,file,row,id\n1,a.csv,1,a1\n2,a.csv,2,a2\n2,b.csv,1,b1\n1,b.csv,2,b2\n3,b.csv,3,b3\n')
  })

  it('says the same as JSON', async () => {
    const { out } = await run([await write('a.csv', few.a), await write('b.csv', few.b)], { json: true })
    expect(JSON.parse(out).clusters[1]).toStrictEqual({
      cluster: 2,
      rows: [
        { file: 'a.csv', row: 2, id: 'a2' },
        { file: 'b.csv', row: 1, id: 'b1' },
      ],
    })
  })

  it('puts the same rows together whatever the order of the files', async () => {
    const partition = (rows: string[][]): string[] =>
      [...Map.groupBy(rows, ([cluster]) => cluster).values()]
        .map((group) =>
          group
            .map(([, file, row]) => `${file}:${row}`)
            .toSorted()
            .join(' '),
        )
        .toSorted()
    const paths = []
    for (const { fileName, csv } of generateLabelledSet({ seed: 9, persons: 300, ...labelledPreset('six-partners') })) {
      paths.push(await write(fileName, csv))
    }
    const forth = await run(paths, { truth: 'id' })
    const back = await run(paths.toReversed(), { truth: 'id' })
    expect(partition(back.rows)).toStrictEqual(partition(forth.rows))
    expect(back.report.truth?.all).toStrictEqual(forth.report.truth?.all)
  })

  it('finds duplicates within a single file, several of one person too', async () => {
    const text = `id;voornaam;achternaam;geboortedatum;postcode;huisnr
1;Jan;Vries;1950-02-03;1234AB;5
2;J;Vriess;1950-02-03;1234AB;5
3;Jan;Vries;1950-03-02;1234AB;5
4;Els;Bos;1950-02-03;1234AB;5
`
    const { rows } = await run([await write('one.csv', text)], { recipe: await recipe({ strictness: 'tolerant' }) })
    expect(rows.map(([cluster]) => cluster)).toStrictEqual(['1', '1', '1', '2'])
  })

  it('shows no value of an identifier, in clusters, report or summary', async () => {
    const { out, said, report } = await run([await write('a.csv', few.a), await write('b.csv', few.b)])
    const all = `${out}${said}${JSON.stringify(report)}`.toLowerCase()
    for (const value of ['vries', 'bos', 'kok', '1950', '1234']) expect(all).not.toContain(value)
  })
})

describe('the citizen number is used where it may be', () => {
  const numbered = (name: string, number: string, surname: string): Promise<string> =>
    write(name, `id;bsn;voorletters;achternaam;geboortedatum\n1;${number};J;${surname};1950-02-03\n`)
  const linked = async (paths: string[], content: unknown): Promise<boolean> => {
    const { rows } = await run(paths, { recipe: await recipe(content) })
    return rows[0]?.[0] === rows[1]?.[0]
  }

  it('links equal ones as a key, and neither as a veto nor in a file that has no ground', async () => {
    const paths = [await numbered('c.csv', '999996216', 'Vos'), await numbered('d.csv', '999996216', 'Haas')]
    expect(await linked(paths, {})).toBe(true)
    expect(await linked(paths, { citizenNumber: 'veto' })).toBe(false)
    expect(await linked(paths, { files: { 'd.csv': { citizenNumber: false } } })).toBe(false)
  })

  it('keeps different ones apart, unless nobody uses it', async () => {
    const paths = [await numbered('c.csv', '999996216', 'Vos'), await numbered('d.csv', '999911235', 'Vos')]
    expect(await linked(paths, {})).toBe(false)
    expect(await linked(paths, { citizenNumber: 'veto' })).toBe(false)
    expect(await linked(paths, { citizenNumber: 'none' })).toBe(true)
  })
})

describe('the report', () => {
  const right: LabelledPartner = {
    name: 'first',
    coverage: 1,
    columns: ['citizenNumber', 'givenNames', 'surname', 'birthDate', 'sex', 'postcode', 'houseNumber'],
    errors: { nameTypo: 0.02, missing: { citizenNumber: 0.2 } },
  }
  it('estimates precision and recall within a point of the truth where it relies on the estimate', async () => {
    const partners = [right, { ...right, name: 'second', coverage: 0.9 }]
    const paths = []
    for (const { fileName, csv } of generateLabelledSet({ seed: 4, persons: 2000, population: 'dutch', partners })) {
      paths.push(await write(fileName, csv))
    }
    const { report, said } = await run(paths, { truth: 'id' })
    const { precision, recall } = report.linkage.quality
    expect([precision.valid, recall.valid]).toStrictEqual([true, true])
    expect(Math.abs((precision.value ?? 0) - (report.truth?.acrossFiles.precision ?? 1))).toBeLessThan(0.01)
    expect(Math.abs((recall.value ?? 0) - (report.truth?.acrossFiles.recall ?? 1))).toBeLessThan(0.01)
    expect(said).toContain('truth, pairs across files: precision')
    expect(report.files.map(({ rows }) => rows)).toStrictEqual([2000, report.files[1]?.rows])
  })
})

describe('a register among the files', () => {
  it('adds the key without a first name to the standard recipe', async () => {
    const path = await write('a.csv', few.a)
    const keys = async (content: unknown): Promise<string[]> => {
      const { report } = await run([path], { recipe: await recipe(content) })
      return report.recipe.keys.map(({ id }) => id)
    }
    expect(await keys({ files: { 'a.csv': { register: true } } })).toContain('N15')
    expect(await keys({})).not.toContain('N15')
  })

  it('is found by what the files have in common, unless a file says otherwise or keys are named', async () => {
    const partner = (name: string, coverage: number): LabelledPartner => ({
      ...(labelledPreset('six-partners').partners[0] as LabelledPartner),
      name,
      coverage,
    })
    const partners = [partner('stad', 0.98), partner('zorg', 0.3), partner('school', 0.2)]
    const set = generateLabelledSet({ seed: 3, persons: 600, population: 'dutch', partners })
    const paths = await Promise.all(set.map(({ fileName, csv }) => write(fileName, csv)))
    const found = await run(paths, { recipe: await recipe({}) })
    expect(found.report.register).toBe('stad.csv')
    expect(found.report.recipe.keys.map(({ id }) => id)).toContain('N15')
    expect(found.said).toContain('stad.csv holds nearly everybody')
    const others: unknown[] = [{ files: { 'zorg.csv': { register: false } } }, { keys: ['N1', 'N3'] }]
    for (const content of others) {
      const { report } = await run(paths, { recipe: await recipe(content) })
      expect(report.register).toBeNull()
      expect(report.recipe.keys.map(({ id }) => id)).not.toContain('N15')
    }
    const alone = await run(paths.slice(0, 2), { recipe: await recipe({}) })
    expect(alone.report.register).toBeNull()
  })
})

describe('the summary', () => {
  it('says when nobody of a file can be recognised, and how many columns were left alone', async () => {
    const { said } = await run([await write('bare.csv', 'achternaam;geboortedatum;kleur\nVos;1950-02-03;rood\n')])
    expect(said).toContain('1 row in 1 file: 1 cluster\n')
    expect(said).toContain('1 column not used')
    expect(said).toContain('nobody in bare.csv can be recognised')
    expect(said).not.toMatch(/kleur|rood/)
  })

  it('says when the recipe has a rule for a file that is not there', async () => {
    const content = { files: { 'A.csv': { citizenNumber: false } } }
    const { said } = await run([await write('a.csv', few.a)], { recipe: await recipe(content) })
    expect(said).toContain('the recipe says something about A.csv, which is not among the files')
  })
})

describe('refusals name what to mend', () => {
  it.each([
    ['no files', [], {}, 'no_files'],
    ['one file twice', ['a.csv', 'sub/../a.csv'], {}, 'file_twice'],
    ['an unknown profile', ['a.csv'], { profile: 'fr1' }, 'option_malformed'],
    ['a recipe that is not there', ['a.csv'], { recipe: 'nowhere.json' }, 'recipe_not_found'],
    ['a column of truth that is not there', ['a.csv'], { truth: 'waarheid' }, 'column_not_found'],
    ['an output folder that is not there', ['a.csv'], { out: 'nowhere/out.csv' }, 'output_not_writable'],
  ] as const)('%s', async (_, names, options, code) => {
    await write('a.csv', few.a)
    const inFolder = Object.fromEntries(
      Object.entries(options).map(([name, value]) => [name, /recipe|out/.test(name) ? join(folder, value) : value]),
    )
    const paths = names.map((name) => join(folder, name))
    await expect(run(paths, inFolder)).rejects.toMatchObject({ code })
  })

  it('takes the recipe of an agreement as it is', async () => {
    const agreed = { ...citizenNumberRecipe, selfTest: 40 }
    const { report } = await run([await write('a.csv', few.a)], { recipe: await recipe(agreed) })
    expect(report.recipe.keys.map(({ id }) => id)).toStrictEqual(['B1'])
  })

  it('lists every fault of a recipe', async () => {
    const path = await write('a.csv', few.a)
    const faulty = { strictness: 'loose', fewestKeys: 0, keys: ['N1', 7] }
    await expect(run([path], { recipe: await recipe(faulty) })).rejects.toMatchObject({
      code: 'recipe_malformed',
      details: [
        expect.stringContaining('strictness'),
        expect.stringContaining('keys.1'),
        expect.stringContaining('fewestKeys'),
      ],
    })
    await expect(run([path], { recipe: await recipe({ keys: ['N1', 'N99', 'Q1'] }) })).rejects.toMatchObject({
      details: [expect.stringContaining('N99'), expect.stringContaining('Q1')],
    })
    const parts = {
      keys: [
        { id: 'X1', parts: ['initial', 'lastname'] },
        { id: 'key1', parts: ['initial'] },
      ],
    }
    await expect(run([path], { recipe: await recipe(parts) })).rejects.toMatchObject({
      details: [expect.stringMatching(/^keys\.0\.parts\.1: .*surname/), expect.stringContaining('keys.1.id')],
    })
    const household = { keys: [{ id: 'X1', parts: ['surname', 'birthDate'] }] }
    await expect(run([path], { recipe: await recipe(household) })).rejects.toMatchObject({ code: 'recipe_malformed' })
    await expect(run([path], { profile: 'nl1', recipe: await recipe({ profile: 'en1' }) })).rejects.toMatchObject({
      code: 'profile_contradicts',
    })
    await expect(run([path], { recipe: await write('broken.json', '{') })).rejects.toMatchObject({
      code: 'recipe_not_json',
    })
  })
})
