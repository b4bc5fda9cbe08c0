/** The partners, each with its ground and whether it may use the citizen number. */
import { Checkbox, Heading } from '@amsterdam/design-system-react'
import { SelectField, useTexts } from '@kruispunt/ui'
import { draftTexts } from '../texts/draft-texts.ts'
import { withParty } from './draft-text.ts'
import { type DocumentFields, Part, WholeNumber, Written } from './fields.tsx'

export function PartyFields({ document, change }: DocumentFields) {
  const say = useTexts(draftTexts)
  return (
    <Part title={say('partiesHead')}>
      {document.parties.map((party, at) => {
        const put = (changed: Partial<typeof party>) => change(withParty(document, at, { ...party, ...changed }))
        const { legalBasis, citizenNumber } = party
        return (
          <section key={party.id} className="kp-stack kp-part__one">
            <Heading level={2} size="level-4">
              {party.name}
            </Heading>
            <Written
              label={say('fContact')}
              value={party.contact}
              onChange={(contact) => put({ contact })}
              maxLength={200}
            />
            <Written
              label={`${say('fStatute')} (${legalBasis.article})`}
              value={legalBasis.statute}
              onChange={(statute) => put({ legalBasis: { ...legalBasis, statute } })}
              maxLength={200}
            />
            <Written
              label={say('fExplanation')}
              hint={say('hExplanation')}
              value={legalBasis.explanation}
              onChange={(explanation) => put({ legalBasis: { ...legalBasis, explanation } })}
              maxLength={2000}
              isLong
            />
            <Checkbox
              checked={citizenNumber.allowed}
              onChange={() =>
                put({
                  citizenNumber: citizenNumber.allowed
                    ? { allowed: false, statute: null }
                    : { allowed: true, statute: '<…>' },
                })
              }
            >
              {say('fCitizenNumber')}
            </Checkbox>
            {citizenNumber.allowed && (
              <Written
                label={say('fCitizenStatute')}
                value={citizenNumber.statute ?? '<…>'}
                onChange={(statute) => put({ citizenNumber: { allowed: true, statute } })}
                maxLength={200}
              />
            )}
            <WholeNumber
              label={say('fMaxRecords')}
              value={party.maxRecords}
              low={1}
              high={50_000_000}
              onChange={(maxRecords) => put({ maxRecords })}
            />
            <SelectField
              label={say('fApproval')}
              value={party.approval}
              onChange={(approval) => put({ approval: approval as typeof party.approval })}
            >
              {(['standing', 'per-request'] as const).map((kind) => (
                <option key={kind} value={kind}>
                  {say(`approval-${kind}`)}
                </option>
              ))}
            </SelectField>
          </section>
        )
      })}
    </Part>
  )
}
