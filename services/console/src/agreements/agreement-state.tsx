/** How far an agreement is, in the words of the glossary. */
import { StatusTag, useTexts } from '@kruispunt/ui'
import { agreementTexts } from '../texts/agreement-texts.ts'

const tones = { 'in-review': 'busy', active: 'good', rejected: 'bad', withdrawn: 'bad', expired: 'quiet' } as const

export function AgreementState({ state }: { readonly state: keyof typeof tones }) {
  const say = useTexts(agreementTexts)
  return <StatusTag tone={tones[state]}>{say(`state-${state}`)}</StatusTag>
}
