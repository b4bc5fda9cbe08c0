/**
 * What must never stand in a text of the lab: numbers and addresses that belong to one person. A net with known holes (a name
 * is a word like any other); what it does catch is refused with what it seems to be, and never repeated.
 * @module
 */
import { isValidIBAN } from 'ibantools'

const personalDataKinds = ['citizen-number', 'e-mail', 'telephone', 'bank-account', 'address', 'birth-date'] as const
export type PersonalDataKind = (typeof personalDataKinds)[number]

/** Digits with at most one mark between two of them. */
const spaced = (digits: number) => `(?<![\\d])\\d(?:[ .\\-/]?\\d){${digits - 1}}(?![\\d])`
const nineDigits = new RegExp(spaced(9), 'g')
const amount = /^\d{3}\.\d{3}\.\d{3}$/
const eightDigits = /(?<!\d)\d{8}(?!\d)/g
const telephone = /(?<![\d])(?:\+|00)31[ .-]?\(?0?\)?(?:[ .-]?\d){9}(?!\d)|(?<![\d])0[1-9](?:[ .-]?\d){8}(?!\d)/
const mail = /[\p{L}\p{N}._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/iu
const bankAccount = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}(?![A-Z0-9])/i
/** A postcode with a house number beside it is one front door; without it, some twenty. */
const address =
  /(?<!\d)[1-9]\d{3}\s?[A-Z]{2}[\s,]{1,3}\d{1,5}(?!\d)|(?<!\d)\d{1,5}[\s,]{1,3}[1-9]\d{3}\s?[A-Z]{2}(?![A-Za-z])/
const born =
  /\b(?:geboren|geb\.?|geboortedatum|born|birth)\b[^.\n]{0,30}?\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{2,4}/i

/** Weights 9 to 2 and -1. */
function passesElevenTest(digits: string): boolean {
  const padded = digits.padStart(9, '0')
  let sum = -Number(padded[8])
  for (let at = 0; at < 8; at += 1) sum += (9 - at) * Number(padded[at])
  return sum % 11 === 0 && sum !== 0
}

/** @returns what a text seems to hold, or undefined */
export function findPersonalData(text: string): PersonalDataKind | undefined {
  // Full-width and other digits and letters that look like plain ones count as those.
  const plain = text.normalize('NFKC').replaceAll(/[\p{Cf}]/gu, '')
  if (mail.test(plain)) return 'e-mail'
  if (isBankAccount(plain)) return 'bank-account'
  if (telephone.test(plain)) return 'telephone'
  // Nine digits are refused whether they pass the test or not: a slip of the pen does not make a number nobody's. Only an
  // amount with its dots has to pass it.
  const isNumber = (found: string) => !amount.test(found) || passesElevenTest(found.replaceAll('.', ''))
  if ((plain.match(nineDigits) ?? []).some(isNumber)) return 'citizen-number'
  // Eight may be a date or an amount; only those that pass with the zero that a spreadsheet eats are refused.
  if ((plain.match(eightDigits) ?? []).some((digits) => passesElevenTest(digits) && !isDate(digits)))
    return 'citizen-number'
  if (address.test(plain)) return 'address'
  return born.test(plain) ? 'birth-date' : undefined
}

/** As in 20261130. */
const isDate = (digits: string) => /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits)

/** The words after an account may have been taken along, so any beginning that fits is one. */
function isBankAccount(text: string): boolean {
  const whole = (text.match(bankAccount)?.[0] ?? '').replaceAll(' ', '').toUpperCase()
  return Array.from({ length: 20 }, (_, more) => whole.slice(0, 15 + more)).some((start) => isValidIBAN(start))
}

const reference = /^[0-9a-f]{32}(?:[0-9a-f]{32})?$/

/** Every text that a person wrote inside a contribution, with its place. */
export function textsIn(content: unknown, path = ''): { path: string; text: string }[] {
  if (typeof content === 'string') return reference.test(content) ? [] : [{ path, text: content }]
  if (Array.isArray(content)) return content.flatMap((part, at) => textsIn(part, `${path}[${at}]`))
  if (content === null || typeof content !== 'object') return []
  return Object.entries(content).flatMap(([name, part]) => textsIn(part, path === '' ? name : `${path}.${name}`))
}
