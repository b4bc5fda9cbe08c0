/**
 * Citizen numbers for people who do not exist.
 *
 * Up to some nine thousand people get numbers of the 9999xxxxx range, which is never issued. A larger region does not
 * fit there and takes the valid numbers from 900000000 up: invented, but a real person may bear one, so a large region's
 * files are for measuring and never leave the machine.
 * @module
 */
import { type Random, shuffled } from './random.ts'

/**
 * @param count - how many
 * @returns different numbers that pass the eleven-test, in random order
 */
export function citizenNumbers(count: number, random: Random): Uint32Array {
  const neverIssued = numbersFrom(99_990_000, count, 99_999_999)
  return shuffled(neverIssued.length === count ? neverIssued : numbersFrom(90_000_000, count, 99_989_999), random)
}

/** Numbers whose first eight digits lie from `first` to `last`. */
function numbersFrom(first: number, count: number, last: number): Uint32Array {
  const numbers = new Uint32Array(count)
  let made = 0
  for (let stem = first; stem <= last && made < count; stem++) {
    let sum = 0
    for (let weight = 2, rest = stem; weight <= 9; weight++, rest = Math.floor(rest / 10)) sum += weight * (rest % 10)
    // The last digit has weight −1, so it is the sum modulo 11; 10 is no digit, and that stem has no number.
    if (sum % 11 < 10) numbers[made++] = stem * 10 + (sum % 11)
  }
  return numbers.subarray(0, made)
}
