/**
 * Sex as registers write it. Two values and missing: anything else would have to be guessed.
 * @module
 */
import { lettersAndDigitsOf, plainText } from './fold.ts'

const MEN = ['1', 'm', 'man', 'mannelijk', 'male', 'jongen', 'dhr', 'heer', 'boy', 'mr']
const WOMEN = [
  '2',
  'v',
  'f',
  'w',
  'vrouw',
  'vrouwelijk',
  'female',
  'meisje',
  'mevrouw',
  'mevr',
  'mw',
  'girl',
  'woman',
  'mrs',
  'ms',
]

const SEXES = new Map<string, 'M' | 'V'>([
  ...MEN.map((word) => [word, 'M'] as const),
  ...WOMEN.map((word) => [word, 'V'] as const),
])

/** @returns `M`, `V`, or '' for unknown, for neither and for anything not in the list */
export const readSex = (text: string): 'M' | 'V' | '' =>
  SEXES.get(text) ?? SEXES.get(lettersAndDigitsOf(plainText(text))) ?? ''
