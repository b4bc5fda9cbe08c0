import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createStreamOpener, createStreamSealer, cryptoReady, randomBytes, utf8 } from '../src/index.ts'

beforeAll(cryptoReady)

const aad = utf8('column a')
const refused = expect.objectContaining({ code: 'open_failed' })

function sealed(texts: readonly string[]) {
  const key = randomBytes(32)
  const sealer = createStreamSealer(key)
  const chunks = texts.map((text, i) => sealer.push(utf8(text), aad, i === texts.length - 1))
  return { key, header: sealer.header, chunks, opener: () => createStreamOpener(key, sealer.header) }
}
const at = <T>(list: readonly T[], index: number): T => list[index] as T

describe('streams open whole and in order', () => {
  it('gives back every chunk and says which one was the last', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 }), (parts) => {
        const key = randomBytes(32)
        const sealer = createStreamSealer(key)
        const chunks = parts.map((part, i) => sealer.push(part, aad, i === parts.length - 1))
        const opener = createStreamOpener(key, sealer.header)
        const opened = chunks.map((chunk) => opener.pull(chunk, aad))
        expect(opened.map((o) => o.plaintext)).toStrictEqual(parts.map((part) => Uint8Array.from(part)))
        expect(opened.map((o) => o.final)).toStrictEqual(parts.map((_, i) => i === parts.length - 1))
      }),
      { numRuns: 50 },
    )
  })

  it('refuses a chunk that was swapped, dropped, doubled, cut or changed', () => {
    const { chunks, opener } = sealed(['one', 'two', 'three'])
    expect(() => opener().pull(at(chunks, 1), aad)).toThrow(refused)
    const doubled = opener()
    doubled.pull(at(chunks, 0), aad)
    expect(() => doubled.pull(at(chunks, 0), aad)).toThrow(refused)
    expect(() => opener().pull(at(chunks, 0).subarray(0, -1), aad)).toThrow(refused)
    expect(() => opener().pull(new Uint8Array(16), aad)).toThrow(refused)
    const changed = at(chunks, 0).slice()
    changed[0] = (changed[0] as number) ^ 1
    expect(() => opener().pull(changed, aad)).toThrow(refused)
  })

  it('refuses another context, another key and another header', () => {
    const { key, header, chunks, opener } = sealed(['one'])
    expect(() => opener().pull(at(chunks, 0), utf8('column b'))).toThrow(refused)
    expect(() => createStreamOpener(randomBytes(32), header).pull(at(chunks, 0), aad)).toThrow(refused)
    expect(() => createStreamOpener(key, randomBytes(24)).pull(at(chunks, 0), aad)).toThrow(refused)
    expect(() => createStreamOpener(key, header.subarray(1))).toThrow(refused)
  })

  it('stays shut after a refusal and after the final chunk', () => {
    const { chunks, opener } = sealed(['one', 'two'])
    const failed = opener()
    expect(() => failed.pull(at(chunks, 1), aad)).toThrow(refused)
    expect(() => failed.pull(at(chunks, 0), aad)).toThrow(refused)
    const whole = opener()
    for (const chunk of chunks) whole.pull(chunk, aad)
    expect(() => whole.pull(at(chunks, 1), aad)).toThrow(expect.objectContaining({ code: 'stream_finished' }))
  })

  it('cannot be added to once finished', () => {
    const sealer = createStreamSealer(randomBytes(32))
    sealer.push(utf8('end'), aad, true)
    expect(() => sealer.push(utf8('more'), aad, false)).toThrow(expect.objectContaining({ code: 'stream_finished' }))
  })
})
