/** Amsterdam's stylesheets ask for values by name; a name without a value is a part that looks like nothing. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const theme = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'theme')
const read = (name: string) => readFileSync(join(theme, name), 'utf8')
const { resolve } = createRequire(import.meta.url)

const defined = (css: string) => new Set([...css.matchAll(/(--[a-z][a-z0-9-]*)\s*:/g)].map(([, name]) => name))
/** Names asked for without something to fall back on. */
const asked = (css: string) => new Set([...css.matchAll(/var\((--[a-z][a-z0-9-]*)\s*\)/g)].map(([, name]) => name))

const imported = [...read('index.css').matchAll(/@import "(@amsterdam\/[^"]+)"/g)].map(([, path]) =>
  readFileSync(resolve(path ?? ''), 'utf8'),
)
const ours = readdirSync(theme).filter((name) => name.endsWith('.css'))

describe('every token has a value', () => {
  it('that Amsterdam’s components ask for, and no other', () => {
    expect(imported.length).toBeGreaterThan(10)
    const wanted = new Set(imported.flatMap((css) => [...asked(css)].filter((name) => !defined(css).has(name))))
    const given = defined(read('component-tokens.css'))
    expect([...wanted].filter((name) => !given.has(name))).toStrictEqual([])
    const used = new Set(imported.flatMap((css) => [...css.matchAll(/var\((--[a-z0-9-]+)/g)].map(([, name]) => name)))
    expect([...given].filter((name) => !used.has(name))).toStrictEqual([])
  })

  it('that our own parts ask for', () => {
    const given = defined(ours.map(read).join('\n'))
    const wanted = new Set(ours.flatMap((name) => [...asked(read(name))]))
    expect([...wanted].filter((name) => !given.has(name))).toStrictEqual([])
  })

  it('in the second theme as well, colour by colour', () => {
    const isColour = (name: string | undefined) => !/--kp-(font|text|radius)/.test(name ?? '')
    const [light, dark] = [defined(read('values-light.css')), defined(read('values-dark.css'))]
    expect([...dark].toSorted()).toStrictEqual([...light].filter(isColour).toSorted())
  })
})
