import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeSubjects } from '../../src/node.ts'

const a = 999996216
const b = 999911235

describe('rows of one person are one subject', () => {
  it('merges rows with the same number and leaves every row without one alone', () => {
    const { subjectOfRow, subjects, bsn, report } = makeSubjects({
      rows: 7,
      bsn: Int32Array.of(a, 0, b, a, -1, -2, -3),
      codes: {},
    })
    expect([...subjectOfRow]).toStrictEqual([0, 1, 2, 0, 3, 4, 5])
    expect([...bsn]).toStrictEqual([a, 0, b, 0, 0, 0])
    expect(subjects).toBe(6)
    expect(report).toStrictEqual({
      rows: 7,
      subjects: 6,
      bsn: { valid: 3, empty: 1, malformed: 1, elevenTest: 1, filler: 1 },
      merged: 1,
      mergedBy: {
        citizenNumber: 1,
        namesAndBirthDate: 0,
        nameBirthDateAndAddress: 0,
        initialsAndBirthDate: 0,
        birthDateAndAddress: 0,
        namesAndAddress: 0,
        surnameSlip: 0,
        givenNameSlip: 0,
        namesSwapped: 0,
      },
      keptApart: 0,
      conflicts: {},
    })
  })
  it('makes every row a subject for a party that may not use the number', () => {
    const { subjects, report } = makeSubjects({ rows: 3, bsn: null, codes: { type: Uint16Array.of(1, 2, 0) } })
    expect(subjects).toBe(3)
    expect(report.bsn.empty).toBe(3)
  })
  it('keeps the last known code, never unknown over known, and counts the rows that disagree', () => {
    const { codes, report } = makeSubjects({
      rows: 4,
      bsn: Int32Array.of(a, a, a, a),
      codes: { hours: Uint16Array.of(2, 0, 3, 0), home: Uint16Array.of(0, 1, 1, 1), none: new Uint16Array(4) },
    })
    expect(codes).toStrictEqual({ hours: Uint16Array.of(3), home: Uint16Array.of(1), none: Uint16Array.of(0) })
    expect(report.conflicts).toStrictEqual({ hours: 1, home: 0, none: 0 })
  })
  it('takes an extract without rows', () => {
    expect(makeSubjects({ rows: 0, bsn: new Int32Array(0), codes: {} }).subjects).toBe(0)
  })
  it('refuses columns of different length, which is a bug of the caller', () => {
    expect(() => makeSubjects({ rows: 2, bsn: new Int32Array(1), codes: {} })).toThrow(
      expect.objectContaining({ code: 'columns_differ_in_length' }),
    )
  })
  it('groups exactly as a Map does, whatever the numbers', () => {
    const number = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.integer({ min: 999_900_000, max: 999_900_050 }))
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300 }), (numbers) => {
        const { subjectOfRow, subjects } = makeSubjects({
          rows: numbers.length,
          bsn: Int32Array.from(numbers),
          codes: {},
        })
        const seen = new Map<number, number>()
        let next = 0
        const expected = numbers.map((value) => {
          const known = value > 0 ? seen.get(value) : undefined
          if (known !== undefined) return known
          if (value > 0) seen.set(value, next)
          next += 1
          return next - 1
        })
        expect([...subjectOfRow]).toStrictEqual(expected)
        expect(subjects).toBe(next)
      }),
    )
  })
})
