import { cryptoReady } from '@kruispunt/crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { createIdentifierStore, createTokenColumns, makeSubjects } from '../../src/node.ts'
import { recipeFaults, standardKeysOf, standardRecipe } from '../../src/recipe.ts'

beforeAll(cryptoReady)

type Fields = Parameters<ReturnType<typeof createIdentifierStore>['add']>[1]
const rows: Record<keyof Fields & string, string[]> = {
  givenNames: ['Amy', 'amy', ''],
  surname: ['Stone', 'Stoen', 'Stone'],
  birthDate: ['19560409', '19560904', ''],
  street: ['tullaroop street', 'tullarop street', 'tullaroop street'],
  place: ['upton', 'uptn', 'upton'],
  houseNumber: ['7', '', '7'],
  postcode: ['2119', '2191', '2119'],
} as never

/** Per key, whether two of the rows share a token; every row is a subject of its own. */
async function sharedBy(one: number, other: number): Promise<string[]> {
  const recipe = standardRecipe('en1', { strictness: 'tolerant', citizenNumber: 'none' })
  const pseudonymKey = new Uint8Array(32).fill(7)
  const tokensOf = async (row: number): Promise<Map<string, string[]>> => {
    const identifiers = createIdentifierStore(recipe)
    identifiers.add(1, Object.fromEntries(Object.entries(rows).map(([field, values]) => [field, [values[row] ?? '']])))
    const subjects = makeSubjects({ rows: 1, bsn: null, codes: {}, identifiers })
    const columns = createTokenColumns({
      subjects,
      identifiers,
      keys: recipe.keys,
      order: Uint32Array.of(0),
      pseudonymKey,
    })
    const found = new Map<string, string[]>()
    for (const { id, slots } of columns.keys) {
      const { tokens } = await columns.column(id)
      found.set(
        id,
        Array.from({ length: slots }, (_, slot) => tokens.subarray(slot * 16, slot * 16 + 16).join()),
      )
    }
    await columns.erase()
    return found
  }
  const [a, b] = [await tokensOf(one), await tokensOf(other)]
  return [...a].filter(([id, tokens]) => tokens.some((token) => b.get(id)?.includes(token))).map(([id]) => id)
}

describe('the keys of profile en1', () => {
  it('find a person by any three pieces, with a slip in most of them', async () => {
    expect(await sharedBy(0, 1)).toStrictEqual(['P1', 'P4', 'P11', 'P14', 'P15'])
  })

  it('find somebody without name and date by the address only where the recipe is tolerant', async () => {
    const shared = await sharedBy(0, 2)
    expect(shared.filter((id) => id.startsWith('T'))).toStrictEqual(['T18', 'T19', 'T20', 'T21', 'T22'])
    expect(shared.filter((id) => !id.startsWith('T'))).toStrictEqual([])
  })

  it('are in the recipes of en1, without a fault, and mean nothing under nl1', () => {
    for (const strictness of ['strict', 'tolerant'] as const) {
      const recipe = standardRecipe('en1', { strictness, citizenNumber: 'none' })
      expect(recipeFaults(recipe, { citizenNumberAllowed: false })).toStrictEqual([])
      expect(recipe.keys.some(({ id }) => id === 'P1')).toBe(true)
      expect(recipe.keys.some(({ id }) => id === 'T1')).toBe(strictness === 'tolerant')
      expect(recipe.keys.length).toBeLessThanOrEqual(60)
    }
    const foreign = standardKeysOf('en1').filter(({ id }) => id === 'T1')
    const dutch = { ...standardRecipe('nl1', { strictness: 'strict', citizenNumber: 'none' }), keys: foreign }
    expect(recipeFaults(dutch, { citizenNumberAllowed: false }).map(({ code }) => code)).toStrictEqual(['too_little'])
  })
})
