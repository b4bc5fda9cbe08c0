import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { command } from './support/command.ts'

const page = readFileSync(new URL('../../../../packages/disclosure/docs/table-format.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/^```json ([a-z-]+) ?([a-z_]*)\n([\s\S]*?)^```/gm)].map(
  ([, name = '', ending = '', text = ''], index) => ({ name, ending, text, number: index + 1 }),
)

describe('the examples of the format run', () => {
  it('finds them', () => {
    expect(examples.length).toBeGreaterThan(12)
    expect(new Set(examples.map(({ name }) => name))).toEqual(new Set(['protect', 'attack', 'sequence', 'dry-run']))
  })

  it.each(examples)('example $number: $name $ending', async ({ name, ending, text }) => {
    const { code, result } = await command(name, text)
    if (name === 'attack') {
      expect(result).toMatchObject({ format: 'kruispunt-attack/1', verdict: ending })
      expect(code).toBe(ending === 'leak' ? 4 : 0)
    } else if (ending !== '') {
      expect(result).toMatchObject({ format: 'kruispunt-refusal/1', outcome: 'refused', code: ending })
      expect(code).toBe(2)
    } else {
      expect(code).toBe(0)
      expect(result).not.toHaveProperty('faults')
    }
  })
})
