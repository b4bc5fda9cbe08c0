/** Who and what came of it, in words. */
import type { LabView } from '@kruispunt/contracts'
import type { Translate } from '@kruispunt/ui'
import type { Outcome } from './trail.ts'

type Words = 'broker' | 'coordinator' | `outcome-${'approved' | 'rejected' | 'recorded' | 'cells' | 'rows'}`

export function whoIs(from: string, { parties }: LabView, say: Translate<Words>): string {
  if (from === 'broker' || from === 'coordinator') return say(from)
  return parties.find(({ id }) => id === from)?.name ?? from
}

export function outcomeWords(outcome: Outcome, say: Translate<Words>): string {
  if (outcome.is === 'reason') return outcome.text
  if (outcome.is === 'cells') return say('outcome-cells', { released: outcome.released, withheld: outcome.withheld })
  if (outcome.is === 'rows') return say('outcome-rows', { subjects: outcome.subjects, records: outcome.records })
  return say(`outcome-${outcome.is}`)
}
