/**
 * Amounts: numbers that are added up later, kept as whole numbers of their smallest unit so that sums are exact.
 * @module
 */
import { Trouble } from './coders.ts'
import { TabularError } from './errors.ts'
import { type DecimalMark, parseNumber } from './numbers.ts'
import type { Target } from './spec.ts'
import { decodeField, foldValue, isMissing } from './text.ts'

/** An amount in the smallest unit, {@link NO_AMOUNT} for an empty field, or why it is none. */
export type AmountReader = (bytes: Uint8Array, start: number, end: number) => { amount: number } | { trouble: number }

/** What an empty field adds to a sum. */
const NO_AMOUNT = 0

const largest = 2 ** 31 - 1

/** @throws {@link TabularError} `spec_invalid` for bounds that do not fit 32 bits in the smallest unit */
export function amountReader(
  { decimals, lowest, highest }: Extract<Target, { kind: 'amount' }>,
  mark: DecimalMark,
): AmountReader {
  const scale = 10 ** decimals
  const isSound = Number.isInteger(decimals) && decimals >= 0 && decimals <= 3 && lowest < highest
  if (!isSound || Math.abs(lowest) * scale > largest || Math.abs(highest) * scale > largest)
    throw new TabularError('spec_invalid')
  return (bytes, start, end) => {
    const value = parseNumber(bytes, start, end, mark)
    if (value === undefined) {
      const isWord = isMissing(foldValue(decodeField(bytes, start, end)))
      return isWord ? { amount: NO_AMOUNT } : { trouble: Trouble.number }
    }
    if (Number.isNaN(value)) return { amount: NO_AMOUNT }
    if (value < lowest || value > highest) return { trouble: Trouble.outsideBands }
    // Half a unit is rounded away from zero, the same way at every partner.
    return { amount: Math.sign(value) * Math.round(Math.abs(value) * scale) }
  }
}
