import { ristretto255_hasher } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import sodium from 'libsodium-wrappers-sumo'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  addElements,
  addScalars,
  generatorTimes,
  groupReady,
  hashToElements,
  invertScalars,
  isElement,
  multiply,
  randomScalars,
} from '../src/group.ts'
import { concatBytes, randomBytes, toHex, utf8 } from '../src/index.ts'

const code = (value: string) => expect.objectContaining({ code: value })

function isInHeap(bytes: Uint8Array): boolean {
  const { libsodium } = sodium as unknown as { libsodium: { HEAPU8: Uint8Array } }
  return Buffer.from(libsodium.HEAPU8.buffer).includes(Buffer.from(bytes))
}

describe('the group is a group', () => {
  it('asks to be loaded first', () => {
    // Runs before anything in this file has called groupReady.
    for (const attempt of [() => randomScalars(1), () => isElement(new Uint8Array(32).fill(1))])
      expect(attempt).toThrow(code('not_ready'))
  })

  describe('once loaded', () => {
    beforeAll(groupReady)

    it('adds alike in scalars and in elements, and multiplies in either order', () => {
      for (let round = 0; round < 20; round++) {
        const [a, b] = [randomScalars(1), randomScalars(1)]
        const [left, right] = [generatorTimes(a), generatorTimes(b)]
        expect(toHex(generatorTimes(addScalars(a, b)))).toBe(toHex(addElements(left, right)))
        expect(toHex(multiply(left, b))).toBe(toHex(multiply(right, a)))
      }
    })

    it.each([1, 2, 511, 512, 513, 1300])('inverts %i scalars, across the borders of its batches', (count) => {
      const scalars = randomScalars(count)
      const elements = generatorTimes(invertScalars(scalars))
      const generator = toHex(generatorTimes(new Uint8Array(32).with(0, 1)))
      const products = multiply(elements, scalars)
      for (const at of new Set([0, count >> 1, Math.min(511, count - 1), Math.min(512, count - 1), count - 1]))
        expect(toHex(products.subarray(at * 32, at * 32 + 32))).toBe(generator)
    })

    it('multiplies many by one as one by one', () => {
      const [elements, scalar] = [generatorTimes(randomScalars(600)), randomScalars(1)]
      const products = multiply(elements, scalar)
      for (const at of [0, 511, 512, 599]) {
        const one = elements.slice(at * 32, at * 32 + 32)
        expect(toHex(products.subarray(at * 32, at * 32 + 32))).toBe(toHex(multiply(one, scalar)))
      }
    })

    it('hashes to the elements that another implementation hashes to, whatever the message and the domain', () => {
      const domain = fc.string({ minLength: 1, maxLength: 60 }).map((text) => utf8(text.toWellFormed()))
      const message = fc.uint8Array({ minLength: 1, maxLength: 80 })
      fc.assert(
        fc.property(message, domain, (bytes, tag) => {
          const other = ristretto255_hasher.hashToCurve(bytes, { DST: tag }).toBytes()
          return toHex(hashToElements(concatBytes(bytes, bytes), bytes.length, tag)) === toHex(other).repeat(2)
        }),
        { numRuns: 30 },
      )
    })

    it('draws different scalars each time', () => {
      const drawn = toHex(randomScalars(1000)).match(/.{64}/g)
      expect(new Set(drawn).size).toBe(1000)
    })

    it.each([
      ['no scalar of zero', () => generatorTimes(new Uint8Array(32)), 'malformed_scalar'],
      ['no scalar that is not reduced', () => invertScalars(new Uint8Array(32).fill(0xff)), 'malformed_scalar'],
      ['no half scalar', () => generatorTimes(randomBytes(33)), 'out_of_range'],
      ['no half element', () => multiply(randomBytes(33), randomScalars(1)), 'out_of_range'],
      [
        'no two scalars for three elements',
        () => multiply(generatorTimes(randomScalars(3)), randomScalars(2)),
        'out_of_range',
      ],
      [
        'no sum of unequal numbers',
        () => addElements(generatorTimes(randomScalars(2)), generatorTimes(randomScalars(1))),
        'out_of_range',
      ],
      ['no identity', () => multiply(new Uint8Array(32), randomScalars(1)), 'malformed_element'],
      [
        'no bytes that encode nothing',
        () => addElements(new Uint8Array(32).fill(0xff), generatorTimes(randomScalars(1))),
        'malformed_element',
      ],
      ['no empty domain', () => hashToElements(randomBytes(32), 32, new Uint8Array(0)), 'out_of_range'],
      ['no number of scalars below none', () => randomScalars(-1), 'out_of_range'],
    ] as const)('takes %s', (_, attempt, expected) => expect(attempt).toThrow(code(expected)))

    it('leaves no scalar in the memory of the library', () => {
      const [share, blinds] = [randomScalars(1), randomScalars(3)]
      const elements = generatorTimes(blinds)
      multiply(elements, share)
      multiply(elements, blinds)
      const inverses = invertScalars(blinds)
      const secrets = [share, blinds.slice(0, 32), blinds.slice(64), inverses.slice(0, 32), inverses.slice(64)]
      expect(secrets.map(isInHeap)).toStrictEqual(secrets.map(() => false))
    })
  })
})
