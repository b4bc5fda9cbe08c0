/** How far a delivery is, in the words of the glossary. */
import type { NodeExtract } from '@kruispunt/contracts'
import { StatusTag, useTexts } from '@kruispunt/ui'
import { deliveryTexts } from '../texts/delivery-texts.ts'

const tones = {
  preparing: 'busy',
  prepared: 'busy',
  sending: 'busy',
  sent: 'good',
  replaced: 'quiet',
  withdrawn: 'bad',
} as const

export function DeliveryState({ state }: { readonly state: NodeExtract['state'] | undefined }) {
  const say = useTexts(deliveryTexts)
  return (
    <StatusTag tone={state === undefined ? 'busy' : tones[state]}>{say(`state-${state ?? 'requested'}`)}</StatusTag>
  )
}
