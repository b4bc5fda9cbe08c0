/** A party: its role, on what ground it takes part, whether it may use the citizen number. */
import { Heading } from '@amsterdam/design-system-react'
import type { AgreementDocument } from '@kruispunt/contracts'
import { Term, useLanguage, useTexts } from '@kruispunt/ui'
import { labTexts } from '../texts/lab-texts.ts'

export function PartyText({ party }: { readonly party: AgreementDocument['parties'][number] }) {
  const say = useTexts(labTexts)
  const { number } = useLanguage()
  const { article, statute, explanation } = party.legalBasis
  return (
    <section className="kp-panel kp-stack kp-stack--tight kp-keep">
      <Heading level={3}>{party.name}</Heading>
      <dl>
        <Term name={say('fRole')}>{say(`role-${party.role}`)}</Term>
        <Term name={say('fContact')}>{party.contact}</Term>
        <Term name={say('fLegalBasis')}>{`${article}, ${statute}. ${explanation}`}</Term>
        <Term name={say('fCitizenNumber')}>
          {party.citizenNumber.allowed ? say('bsnYes', { statute: party.citizenNumber.statute ?? '–' }) : say('bsnNo')}
        </Term>
      </dl>
      <p className="kp-soft">{say('fMaxRecords', { count: number(party.maxRecords) })}</p>
    </section>
  )
}
