/** From a draft without faults to an agreement on record, signed with the coordinator's passkey. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementDraft, LabId } from '@kruispunt/contracts'
import { useTexts } from '@kruispunt/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { labQuery } from '../service.ts'
import { WithOwnKey } from '../signing/own-key.tsx'
import { SigningPanel } from '../signing/signing-panel.tsx'
import { draftTexts } from '../texts/draft-texts.ts'

type Props = { readonly lab: LabId; readonly draft: AgreementDraft; readonly isSaved: boolean }

export function Propose({ lab, draft, isSaved }: Props) {
  const say = useTexts(draftTexts)
  const queries = useQueryClient()
  const [state, setState] = useState<'writing' | 'signing' | 'done'>('writing')
  const isReady = isSaved && draft.faults.length === 0
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('propose')}</Heading>
      <Paragraph>{say('proposeText')}</Paragraph>
      {state === 'done' && (
        <Paragraph>
          <strong role="status">{say('proposed')}</strong>
        </Paragraph>
      )}
      {state !== 'done' && !isReady && <Paragraph>{say('proposeNotYet')}</Paragraph>}
      {state !== 'done' && isReady && (
        <WithOwnKey
          lab={lab}
          command={`kruispunt-broker agreement propose --file kruispunt-concept.json --access ${lab}.access.json --key coordinator.key`}
        >
          {state === 'writing' ? (
            <div>
              <Button onClick={() => setState('signing')}>{say('proposeGo')}</Button>
            </div>
          ) : (
            <SigningPanel
              lab={lab}
              asked={{ kind: 'agreement', document: draft.document }}
              document={draft.document}
              onSigned={() => {
                setState('done')
                void queries.invalidateQueries({ queryKey: labQuery(lab).queryKey })
              }}
              onStop={() => setState('writing')}
            />
          )}
        </WithOwnKey>
      )}
    </section>
  )
}
