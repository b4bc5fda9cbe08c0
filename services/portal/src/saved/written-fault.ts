/** What is wrong with something written by hand, as the contract has it. Pure: knows no page. */
import { holdsNumber, type savedName, type savedText } from '@kruispunt/contracts'

export type WrittenFault = 'faultEmpty' | 'faultNumber'

export function writtenFault(text: string, schema: typeof savedName | typeof savedText): WrittenFault | undefined {
  if (schema.safeParse(text).success) return undefined
  return holdsNumber(text) ? 'faultNumber' : 'faultEmpty'
}
