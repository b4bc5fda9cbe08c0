/**
 * Putting the next roster forward: a deputy, an officer who leaves, a fresh key, a partner who leaves, a longer life. Whatever is
 * chosen counts for nobody until officers of enough partners have compared the code.
 * @module
 */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import { type nodeFingerprints, type nodeRoster, partyId } from '@kruispunt/contracts'
import { type FieldFault, SelectField, TextField, useTexts } from '@kruispunt/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { z } from 'zod'
import { OfficerForm } from '../parts/officer-form.tsx'
import { proposeRoster } from '../service.ts'
import { officerTexts } from '../texts/officer-texts.ts'
import { rosterTexts } from '../texts/roster-texts.ts'

type Props = {
  readonly roster: z.infer<typeof nodeRoster>
  readonly keys: z.infer<typeof nodeFingerprints>
}
type Wish = Omit<Parameters<typeof proposeRoster>[0], 'officer' | 'passphrase'>

const kinds = ['deputy', 'officer-leaves', 'node-key', 'witness-key', 'days', 'party-leaves'] as const
type Kind = (typeof kinds)[number]
const roles = ['privacy-officer', 'signatory'] as const
const shortest = 12
const longestDays = 3650

export function ProposalForm({ roster, keys }: Props) {
  const say = useTexts(rosterTexts)
  const [state, setState] = useState<'closed' | 'open' | 'done'>('closed')
  return (
    <section className="kp-panel kp-stack kp-no-print" id="propose">
      <Heading level={2}>{say('propose')}</Heading>
      <Paragraph className="kp-measure">{say('proposeLead')}</Paragraph>
      {state === 'done' && <Paragraph role="status">{say('proposed')}</Paragraph>}
      {state === 'open' ? (
        <Opened roster={roster} keys={keys} onDone={() => setState('done')} onCancel={() => setState('closed')} />
      ) : (
        <div>
          <Button variant="secondary" onClick={() => setState('open')}>
            {say('proposeOpen')}
          </Button>
        </div>
      )}
    </section>
  )
}

type OpenProps = Props & { readonly onDone: () => void; readonly onCancel: () => void }

function Opened({ roster, keys, onDone, onCancel }: OpenProps) {
  const say = useTexts(rosterTexts)
  const officer = useTexts(officerTexts)
  const queries = useQueryClient()
  const base = useId()
  const [kind, setKind] = useState<Kind>('deputy')
  const [name, setName] = useState('')
  const [role, setRole] = useState<(typeof roles)[number]>('privacy-officer')
  const [theirs, setTheirs] = useState('')
  const [again, setAgain] = useState('')
  const [leaving, setLeaving] = useState('')
  const [days, setDays] = useState('365')
  const own = keys.officers.filter(({ inRoster }) => inRoster)
  const others = roster.parties.filter(({ id }) => id !== keys.party)

  const ids = {
    name: `${base}-name`,
    theirs: `${base}-theirs`,
    again: `${base}-again`,
    who: `${base}-who`,
    days: `${base}-days`,
  }
  const faults = (): readonly FieldFault[] => {
    const fault = (fieldId: string, text: string) => [{ fieldId, text }]
    switch (kind) {
      case 'deputy':
        if (name.trim() === '') return fault(ids.name, say('nameMissing'))
        if (theirs.length < shortest) return fault(ids.theirs, say('passphraseShort'))
        return theirs === again ? [] : fault(ids.again, say('passphraseDiffers'))
      case 'officer-leaves':
      case 'party-leaves':
        return leaving === '' ? fault(ids.who, say('whoMissing')) : []
      case 'days':
        return /^\d{1,4}$/.test(days) && Number(days) >= 1 && Number(days) <= longestDays
          ? []
          : fault(ids.days, say('daysWrong'))
      default:
        return []
    }
  }
  const wish = (): Wish => {
    switch (kind) {
      case 'deputy':
        return { addOfficers: [{ name: name.trim(), role, passphrase: theirs }] }
      case 'officer-leaves':
        return { removeOfficers: [leaving] }
      case 'party-leaves':
        return { removeParties: [partyId.parse(leaving)] }
      case 'node-key':
        return { renew: ['node'] }
      case 'witness-key':
        return { renew: ['witness'] }
      case 'days':
        return { days: Number(days) }
    }
  }
  return (
    <div className="kp-stack">
      <SelectField
        label={say('what')}
        value={kind}
        onChange={(value) => {
          setKind(kinds.find((one) => one === value) ?? 'deputy')
          setLeaving('')
        }}
      >
        {kinds.map((one) => (
          <option key={one} value={one}>
            {say(`wish-${one}`)}
          </option>
        ))}
      </SelectField>
      <Paragraph className="kp-measure">{say(`wishText-${kind}`)}</Paragraph>
      {kind === 'deputy' && (
        <div className="kp-stack kp-measure">
          <TextField
            id={ids.name}
            label={say('deputyName')}
            value={name}
            onChange={setName}
            maxLength={80}
            autoComplete="off"
          />
          <SelectField
            label={say('deputyRole')}
            value={role}
            onChange={(value) => setRole(roles.find((one) => one === value) ?? 'privacy-officer')}
          >
            {roles.map((one) => (
              <option key={one} value={one}>
                {officer(one)}
              </option>
            ))}
          </SelectField>
          <TextField
            id={ids.theirs}
            label={say('deputyPassphrase')}
            hint={say('deputyPassphraseHint')}
            value={theirs}
            onChange={setTheirs}
            type="password"
            autoComplete="new-password"
          />
          <TextField
            id={ids.again}
            label={say('passphraseAgain')}
            value={again}
            onChange={setAgain}
            type="password"
            autoComplete="new-password"
          />
        </div>
      )}
      {(kind === 'officer-leaves' || kind === 'party-leaves') && (
        <SelectField id={ids.who} label={say('who')} value={leaving} onChange={setLeaving}>
          <option value="">{say('choose')}</option>
          {kind === 'officer-leaves'
            ? own.map((one) => (
                <option key={one.keyId} value={one.keyId}>
                  {one.name} ({officer(one.role)})
                </option>
              ))
            : others.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
        </SelectField>
      )}
      {kind === 'days' && <TextField id={ids.days} label={say('days')} value={days} onChange={setDays} type="number" />}
      <OfficerForm
        alsoMissing={faults}
        action={say('proposeSend')}
        send={({ officer: signer, passphrase }) => proposeRoster({ officer: signer, passphrase, ...wish() })}
        onDone={async () => {
          await queries.invalidateQueries()
          onDone()
        }}
        onCancel={onCancel}
      />
    </div>
  )
}
