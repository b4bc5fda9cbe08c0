/**
 * Who is in the files of an attack lab: numbers that pass the eleven test, known to the test and to nobody else.
 * @module
 */

const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]

/** The nth number from 100000001 up that passes the eleven test, told by the written rule. */
export function citizenNumbers(count: number, from = 123_000_000): string[] {
  const found: string[] = []
  for (let number = from; found.length < count; number += 1) {
    const digits = String(number).padStart(9, '0')
    const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
    if (sum % 11 === 0) found.push(digits)
  }
  return found
}

/** One partner's file: some of the people, every third of them known. */
export function fileOf(numbers: readonly string[]): string {
  return ['bsn,bekend', ...numbers.map((number, at) => `${number},${at % 3 === 0 ? 'ja' : 'nee'}`)].join('\n')
}
