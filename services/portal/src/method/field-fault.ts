/** What is wrong with one field, as the contract and the rules have it. Pure: knows no page. */
import { findPersonalData } from '@kruispunt/lab-method'
import type { MethodWords } from '../texts/method-texts.ts'
import { type Filled, type FormField, figureIn } from './forms.ts'

export function fieldFault({ name, as, isOptional }: FormField, filled: Filled): MethodWords | undefined {
  const written = (filled[name] ?? '').trim()
  if (written === '') {
    if (isOptional) return undefined
    return as === 'choice' || as === 'tables' || as === 'insights' ? 'faultChoose' : 'faultEmpty'
  }
  if (as === 'number') return Number.isNaN(figureIn(written)) ? 'valueFault' : undefined
  if (as !== 'line' && as !== 'paragraph') return undefined
  const found = findPersonalData(written)
  return found === undefined ? undefined : `fault-${found}`
}
