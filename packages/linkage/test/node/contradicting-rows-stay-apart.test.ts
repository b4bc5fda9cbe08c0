import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jan, type Row, storeOf, subjectsOf } from './rows.ts'

const a = 999996216
const b = 999911235

/** Subjects by row, numbered in order of first appearance. */
const partition = (rows: readonly Row[]) => [...subjectsOf(rows).subjectOfRow]

describe('rows of one extract are one person unless they contradict each other', () => {
  it('joins by sound of given name, surname and date, whatever the address', () => {
    const other: Row = { ...jan, birthDate: '1951-12-31', houseNumber: '6' }
    const rows: Row[] = [jan, { ...jan, givenNames: 'Jahn', postcode: '9999ZZ' }, other]
    const { subjectOfRow, report } = subjectsOf(rows)
    expect([...subjectOfRow]).toStrictEqual([0, 0, 1])
    expect(report.mergedBy).toMatchObject({ citizenNumber: 0, namesAndBirthDate: 1, nameBirthDateAndAddress: 0 })
    expect(report.keptApart).toBe(0)
  })
  it('joins by initial, surname, date and address where there is no given name', () => {
    const bare: Row = { ...jan, givenNames: '' }
    expect(partition([jan, bare, { ...bare, houseNumber: '6' }])).toStrictEqual([0, 0, 1])
    expect(subjectsOf([jan, bare]).report.mergedBy.nameBirthDateAndAddress).toBe(1)
  })
  it('joins by two initials, surname, date and sex, and not by one initial', () => {
    const moved = (initials: string, postcode: string): Row => ({ ...jan, givenNames: '', initials, postcode })
    const { subjectOfRow, report } = subjectsOf([moved('J.P.', '1234AB'), moved('J.P.', '9999ZZ')])
    expect([...subjectOfRow]).toStrictEqual([0, 0])
    expect(report.mergedBy.initialsAndBirthDate).toBe(1)
    expect(partition([moved('J.', '1234AB'), moved('J.', '9999ZZ')])).toStrictEqual([0, 1])
  })
  it('joins another surname at one address on one date by given name or two initials, and not twins', () => {
    const married: Row = { ...jan, surname: 'Bos' }
    const { subjectOfRow, report } = subjectsOf([jan, married])
    expect([...subjectOfRow]).toStrictEqual([0, 0])
    expect(report.mergedBy.birthDateAndAddress).toBe(1)
    expect(partition([jan, { ...married, givenNames: 'Joost' }])).toStrictEqual([0, 1])
    const bare = { ...jan, givenNames: '', initials: 'J.P.' }
    expect(partition([bare, { ...bare, surname: 'Bos' }])).toStrictEqual([0, 0])
  })
  it('joins one name at one address when a date is missing or a slip away, and keeps father and son apart', () => {
    const born = (birthDate: string): number[] => partition([jan, { ...jan, birthDate }])
    for (const close of ['', '1980-06-06', '1980-05-06']) expect(born(close)).toStrictEqual([0, 0])
    expect(subjectsOf([jan, { ...jan, birthDate: '' }]).report.mergedBy.namesAndAddress).toBe(1)
    for (const other of ['1951-06-04', '1981-06-06']) expect(born(other)).toStrictEqual([0, 1])
  })
  it('keeps one name and date with initials that do not fit apart, whichever rule asks', () => {
    const rows = ['J.P.', 'J.K.'].map((initials, at): Row => ({ ...jan, initials, houseNumber: String(at + 1) }))
    expect(partition(rows)).toStrictEqual([0, 1])
  })
  it('leaves rows of one person that fit two others, who contradict each other, with neither, in any order', () => {
    const bare: Row = { ...jan, givenNames: '', bsn: a }
    const moved: Row = { ...bare, surname: 'Bos', houseNumber: '9' }
    const one: Row = { ...jan, bsn: 0 }
    const other: Row = { ...moved, bsn: 0, givenNames: 'Johannes' }
    expect(partition([bare, moved, one, other])).toStrictEqual([0, 0, 1, 2])
    expect(partition([moved, other, bare, one])).toStrictEqual([0, 1, 0, 2])
  })
  it('takes a given name that is one slip away for the same, and a short one for another', () => {
    const called = (one: string, other: string): number[] =>
      partition([
        { ...jan, givenNames: one },
        { ...jan, givenNames: other },
      ])
    for (const slip of ['Vincnt', 'Vincennt', 'Vinsent', 'Vicnent'])
      expect(called('Vincent', slip)).toStrictEqual([0, 0])
    expect(called('Jan', 'Jos')).toStrictEqual([0, 1])
    expect(called('Daan', 'Dirk')).toStrictEqual([0, 1])
  })
  it('joins rows with a slip in the surname by given name and date, wherever they live', () => {
    const moved: Row = { ...jan, surname: 'Veldhuis', postcode: '9999ZZ' }
    const named = (surname: string, other: Row = {}) => subjectsOf([moved, { ...jan, surname, ...other }])
    for (const slip of ['Vedlhuis', 'Weldhuis', 'Veldhus', 'Veldhuiis']) {
      expect([...named(slip).subjectOfRow]).toStrictEqual([0, 0])
      expect(named(slip).report.mergedBy.surnameSlip).toBe(1)
    }
    const apart = [named('Vellehuis'), named('Veldhus', { sex: 'V' }), named('Veldhus', { birthDate: '1980-06-15' })]
    for (const { subjectOfRow, report } of apart) {
      expect([...subjectOfRow]).toStrictEqual([0, 1])
      expect(report.keptApart).toBe(0)
    }
    expect(partition([moved, { ...jan, surname: 'Veldhus', givenNames: 'Jaap' }])).toStrictEqual([0, 1])
    expect([...named('Velhuis', { bsn: a }).subjectOfRow]).toStrictEqual([0, 0])
    expect(
      partition([
        { ...moved, bsn: b },
        { ...jan, surname: 'Velhuis', bsn: a },
      ]),
    ).toStrictEqual([0, 1])
  })
  it('joins rows with a slip in the given name, the first letter included, and keeps brothers apart', () => {
    const named = (givenNames: string, initials: string) =>
      subjectsOf([
        { ...jan, givenNames: 'Xander', initials: 'X.M.' },
        { ...jan, givenNames, initials, postcode: '9999ZZ' },
      ])
    const { subjectOfRow, report } = named('Tander', 'T.M.')
    expect([...subjectOfRow]).toStrictEqual([0, 0])
    expect(report.mergedBy.givenNameSlip).toBe(1)
    expect([...named('Xadner', '').subjectOfRow]).toStrictEqual([0, 0])
    expect([...named('Tander', 'T.P.').subjectOfRow]).toStrictEqual([0, 1])
    expect([...named('Leander', 'L.').subjectOfRow]).toStrictEqual([0, 1])
    expect([...named('', 'T.').subjectOfRow]).toStrictEqual([0, 1])
  })
  it('joins rows with the two names in the other column', () => {
    const swapped: Row = { ...jan, surname: 'Jan', givenNames: 'Vries', initials: 'V', postcode: '9999ZZ' }
    const { subjectOfRow, report } = subjectsOf([jan, swapped])
    expect([...subjectOfRow]).toStrictEqual([0, 0])
    expect(report.mergedBy.namesSwapped).toBe(1)
    expect(partition([jan, { ...swapped, sex: 'V' }])).toStrictEqual([0, 1])
    expect(partition([jan, { ...swapped, birthDate: '1980-06-15' }])).toStrictEqual([0, 1])
  })
  it('joins by any of several surnames', () => {
    expect(partition([{ ...jan, surname: 'Bakker - Vries' }, jan])).toStrictEqual([0, 0])
  })
  it('keeps different numbers apart, also through a row that fits both', () => {
    const { subjectOfRow, report } = subjectsOf([{ ...jan, bsn: a }, jan, { ...jan, bsn: b }])
    expect([...subjectOfRow]).toStrictEqual([0, 1, 2])
    expect(report.keptApart).toBe(3)
    expect(
      partition([
        { ...jan, bsn: a },
        { ...jan, bsn: b },
      ]),
    ).toStrictEqual([0, 1])
  })
  it('keeps other initials apart, and lets shorter ones fit', () => {
    const named = (initials: string): Row => ({ ...jan, givenNames: '', initials })
    expect(partition([named('J.P.'), named('J.M.')])).toStrictEqual([0, 1])
    expect(partition([named('J.P.'), named('J.')])).toStrictEqual([0, 0])
  })
  it("takes a relative's number for a mistake, and a calling name for none", () => {
    const child: Row = { ...jan, bsn: a, givenNames: 'Piet', initials: 'P', birthDate: '2012-01-02' }
    const twice = subjectsOf([{ ...jan, bsn: a }, child, { ...jan, bsn: a, postcode: '9999ZZ' }])
    expect([...twice.subjectOfRow]).toStrictEqual([0, 1, 0])
    expect(twice.report.keptApart).toBe(3)
    expect([...twice.bsn]).toStrictEqual([a, a])
    expect(
      partition([
        { ...jan, bsn: a },
        { ...jan, bsn: a, givenNames: 'Hannes', initials: 'H' },
      ]),
    ).toStrictEqual([0, 0])
  })
  it('says who has a number', () => {
    expect([
      ...subjectsOf([{ ...jan, bsn: a }, jan, { ...jan, givenNames: 'Piet', initials: 'P' }]).hasCitizenNumber,
    ]).toStrictEqual([1, 0])
  })
  it('keeps a heap of contradicting people apart in reasonable time', () => {
    const heap = Array.from({ length: 3000 }, (_, i): Row => ({ ...jan, bsn: 100_000_000 + i }))
    expect(subjectsOf([...heap, jan]).subjects).toBe(3001)
  })
})

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const row: fc.Arbitrary<Row> = fc.record({
  bsn: pick(0, 0, a, b, 100_000_009),
  surname: pick('Vries', 'Vries - Bos', 'Bos', ''),
  givenNames: pick('Jan', 'Johan', 'Piet', ''),
  initials: pick('J', 'J.P.', 'P', ''),
  birthDate: pick('19800605', '19800506', '2012', ''),
  sex: pick('M', 'V', ''),
  postcode: pick('1234AB', '1234AC', ''),
  houseNumber: pick('1', ''),
})
const rows = fc.array(row, { maxLength: 25 })
const numbered = rows.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray([...list.keys()], { minLength: list.length })),
)

describe('whatever the rows', () => {
  it('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(numbered, ([list, order]) => {
        const before = subjectsOf(list)
        const after = subjectsOf(order.map((at) => list[at] as Row))
        const { rows: _, ...counts } = before.report
        expect(after.report).toMatchObject(counts)
        const pairs = (subjects: ArrayLike<number>, place: (at: number) => number) =>
          list.map((_row, one) => list.map((_other, other) => subjects[place(one)] === subjects[place(other)]))
        const placeOf = new Map(order.map((at, place) => [at, place]))
        expect(pairs(after.subjectOfRow, (at) => placeOf.get(at) as number)).toStrictEqual(
          pairs(before.subjectOfRow, (at) => at),
        )
      }),
    )
  })
  it('two different numbers are never one subject, and equal rows with enough in them always are', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const { subjectOfRow } = subjectsOf([...list, ...list])
        for (const [at, one] of list.entries()) {
          for (const [other, two] of list.entries()) {
            if ((one.bsn ?? 0) === 0 || (two.bsn ?? 0) === 0 || one.bsn === two.bsn) continue
            expect(subjectOfRow[at]).not.toBe(subjectOfRow[other])
          }
          if ((one.bsn ?? 0) !== 0) expect(subjectOfRow[at]).toBe(subjectOfRow[list.length + at])
        }
      }),
    )
  })
  it('a fuzzed row never crashes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    const fuzzed: fc.Arbitrary<Row> = fc.record({
      surname: text,
      partnerSurname: text,
      givenNames: text,
      initials: text,
      callingName: text,
      birthDate: fc.oneof(text, pick('19800605', '00-00-1980')),
      sex: text,
      postcode: text,
      houseNumber: text,
    })
    fc.assert(
      fc.property(fc.array(fuzzed, { maxLength: 8 }), (list) => {
        const store = storeOf(list, { profile: 'nl1', callingNames: true })
        expect(subjectsOf(list, store).subjects).toBeLessThanOrEqual(list.length)
      }),
    )
  })
})
