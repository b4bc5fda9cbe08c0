/**
 * What parsers are given: the kept corpus, arbitrary bytes, and good examples that were damaged a little.
 * @module
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'

type Kept = { readonly name: string; readonly text?: string; readonly hex?: string; readonly repeat?: number }

export const corpus = (
  JSON.parse(readFileSync(new URL('./corpus.json', import.meta.url), 'utf8')) as { readonly inputs: readonly Kept[] }
).inputs.map(({ name, text, hex, repeat = 1 }) => {
  const once = text === undefined ? Buffer.from(hex ?? '', 'hex') : Buffer.from(text, 'utf8')
  return { name, bytes: Uint8Array.from(Buffer.concat(Array.from({ length: repeat }, () => once))) }
})

/** One of the good ones with bytes changed, cut off, doubled or put in. */
const damaged = (good: readonly Uint8Array[]) =>
  fc
    .record({
      of: fc.constantFrom(...good),
      at: fc.nat(1_000_000),
      length: fc.integer({ min: 1, max: 40 }),
      what: fc.constantFrom('change', 'cut', 'double', 'put in', 'take out'),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
    })
    .map(({ of, at, length, what, bytes }) => {
      const place = of.length === 0 ? 0 : at % of.length
      const [before, after] = [of.subarray(0, place), of.subarray(place)]
      if (what === 'cut') return Uint8Array.from(before)
      if (what === 'double') return Uint8Array.from([...before, ...after.subarray(0, length), ...after])
      if (what === 'put in') return Uint8Array.from([...before, ...bytes, ...after])
      if (what === 'take out') return Uint8Array.from([...before, ...after.subarray(length)])
      return Uint8Array.from([...before, ...bytes, ...after.subarray(bytes.length)])
    })

export const anyInput = (good: readonly Uint8Array[]) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 3000 }) },
    { weight: 1, arbitrary: fc.constantFrom(...corpus.map(({ bytes }) => bytes)) },
    {
      weight: 1,
      arbitrary: fc.string({ unit: 'binary', maxLength: 400 }).map((text) => Uint8Array.from(Buffer.from(text))),
    },
    { weight: 4, arbitrary: damaged(good) },
  )
