/** The own keys with their fingerprints, and another passphrase for an officer's. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { nodeFingerprints } from '@kruispunt/contracts'
import {
  ErrorSummary,
  Failure,
  type FieldFault,
  SelectField,
  StatusTag,
  Term,
  TextField,
  useTexts,
} from '@kruispunt/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { z } from 'zod'
import { changePassphrase } from '../service.ts'
import { officerTexts } from '../texts/officer-texts.ts'
import { rosterTexts } from '../texts/roster-texts.ts'

type Keys = z.infer<typeof nodeFingerprints>

const inFours = (hex: string) => hex.match(/.{1,4}/g)?.join(' ') ?? hex
const shortest = 12

export function OwnKeys({ keys, maySign }: { readonly keys: Keys; readonly maySign: boolean }) {
  const say = useTexts(rosterTexts)
  const officer = useTexts(officerTexts)
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('ownKeys')}</Heading>
      <dl className="kp-document">
        <Term name={say('nodeKey')}>
          <code>{inFours(keys.nodeKey.keyId)}</code>
        </Term>
        <Term name={say('witnessKey')}>
          <code>{inFours(keys.witnessKey.keyId)}</code>
        </Term>
        {keys.officers.map(({ name, role, keyId, inRoster }) => (
          <Term key={keyId} name={`${name} (${officer(role)})`}>
            <code>{inFours(keyId)}</code> {!inRoster && <StatusTag tone="busy">{say('notInRoster')}</StatusTag>}
          </Term>
        ))}
      </dl>
      {maySign && <PassphraseForm keys={keys} />}
    </section>
  )
}

function PassphraseForm({ keys: { officers } }: { readonly keys: Keys }) {
  const say = useTexts(rosterTexts)
  const officerSay = useTexts(officerTexts)
  const base = useId()
  const [isOpen, setOpen] = useState(false)
  const [chosen, setOfficer] = useState<string>()
  const [before, setBefore] = useState('')
  const [after, setAfter] = useState('')
  const [again, setAgain] = useState('')
  const [faults, setFaults] = useState<readonly FieldFault[]>([])
  const officer = chosen ?? officers[0]?.name ?? ''
  const change = useMutation({
    mutationFn: changePassphrase,
    gcTime: 0,
    onSettled: () => {
      setBefore('')
      setAfter('')
      setAgain('')
    },
  })
  const ids = { before: `${base}-before`, after: `${base}-after`, again: `${base}-again` }
  const faultOf = (id: string) => faults.find(({ fieldId }) => fieldId === id)?.text
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing = [
      ...(before === '' ? [{ fieldId: ids.before, text: officerSay('passphraseMissing') }] : []),
      ...(after.length < shortest ? [{ fieldId: ids.after, text: say('passphraseShort') }] : []),
      ...(after === again ? [] : [{ fieldId: ids.again, text: say('passphraseDiffers') }]),
    ]
    setFaults(missing)
    if (missing.length === 0) change.mutate({ officer, passphrase: before, newPassphrase: after })
  }
  if (!isOpen)
    return (
      <div className="kp-no-print">
        <Button variant="secondary" onClick={() => setOpen(true)}>
          {say('changePassphrase')}
        </Button>
      </div>
    )
  if (change.isSuccess) return <Paragraph role="status">{say('passphraseChanged')}</Paragraph>
  return (
    <form className="kp-panel kp-stack kp-measure kp-no-print" onSubmit={submit} noValidate>
      <Heading level={3}>{say('changePassphrase')}</Heading>
      <ErrorSummary faults={faults} />
      {change.error !== null && <Failure error={change.error} level={3} />}
      <SelectField label={say('whose')} value={officer} onChange={setOfficer}>
        {officers.map(({ name, role }) => (
          <option key={name} value={name}>
            {name} ({officerSay(role)})
          </option>
        ))}
      </SelectField>
      <TextField
        id={ids.before}
        label={say('passphraseNow')}
        error={faultOf(ids.before)}
        value={before}
        onChange={setBefore}
        type="password"
        autoComplete="off"
      />
      <TextField
        id={ids.after}
        label={say('passphraseNew')}
        hint={say('passphraseNewHint')}
        error={faultOf(ids.after)}
        value={after}
        onChange={setAfter}
        type="password"
        autoComplete="new-password"
      />
      <TextField
        id={ids.again}
        label={say('passphraseAgain')}
        error={faultOf(ids.again)}
        value={again}
        onChange={setAgain}
        type="password"
        autoComplete="new-password"
      />
      <div className="kp-row">
        <Button type="submit" disabled={change.isPending}>
          {say('changePassphrase')}
        </Button>
        <Button type="button" variant="secondary" onClick={() => setOpen(false)}>
          {officerSay('cancel')}
        </Button>
      </div>
    </form>
  )
}
