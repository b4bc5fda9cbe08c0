/**
 * An officer's act: with the own key, opened by the own passphrase for this one call. The passphrase is in this form until it is
 * sent to the own node, and nowhere after.
 * @module
 */
import { Button, Paragraph } from '@amsterdam/design-system-react'
import type { nodeReceipt } from '@kruispunt/contracts'
import { ErrorSummary, Failure, type FieldFault, SelectField, TextField, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { z } from 'zod'
import { fingerprintsQuery } from '../service.ts'
import { officerTexts } from '../texts/officer-texts.ts'

type Signed = {
  readonly officer: string
  readonly passphrase: string
  readonly shortCode: string
  readonly reason: string
}

type Receipt = Pick<z.infer<typeof nodeReceipt>, 'index'>

type Props = {
  readonly needs?: { readonly code?: boolean; readonly reason?: boolean }
  readonly codeHint?: string
  readonly reasonLabel?: string
  /** Whose keys are offered: those that count now, or also those that a roster put forward names. */
  readonly officersOf?: 'roster' | 'everybody'
  /** What is still wrong in fields around this form. */
  readonly alsoMissing?: () => readonly FieldFault[]
  /** What the button says. */
  readonly action: string
  readonly send: (signed: Signed) => Promise<Receipt>
  readonly onDone: () => unknown
  readonly onCancel?: () => void
}

export function OfficerForm({
  needs = {},
  codeHint,
  reasonLabel,
  officersOf = 'roster',
  alsoMissing = () => [],
  action,
  send,
  onDone,
  onCancel,
}: Props) {
  const say = useTexts(officerTexts)
  const base = useId()
  const { data: keys } = useQuery(fingerprintsQuery)
  const [chosen, setOfficer] = useState<string>()
  const [code, setCode] = useState('')
  const [reason, setReason] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [faults, setFaults] = useState<readonly FieldFault[]>([])
  const all = keys?.officers ?? []
  const counting = all.filter(({ inRoster }) => inRoster)
  const officers = officersOf === 'everybody' || counting.length === 0 ? all : counting
  const officer = chosen ?? officers[0]?.name ?? ''
  const act = useMutation({
    mutationFn: send,
    // Kept no longer than the call; also not among what was asked before.
    gcTime: 0,
    onSettled: () => setPassphrase(''),
    onSuccess: onDone,
  })
  const ids = { code: `${base}-code`, reason: `${base}-reason`, passphrase: `${base}-passphrase` }
  const faultOf = (id: string) => faults.find(({ fieldId }) => fieldId === id)?.text
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing = [
      ...alsoMissing(),
      ...(needs.code && code.trim() === '' ? [{ fieldId: ids.code, text: say('codeMissing') }] : []),
      ...(needs.reason && reason.trim() === '' ? [{ fieldId: ids.reason, text: say('reasonMissing') }] : []),
      ...(passphrase === '' ? [{ fieldId: ids.passphrase, text: say('passphraseMissing') }] : []),
    ]
    setFaults(missing)
    if (missing.length === 0) act.mutate({ officer, passphrase, shortCode: code.trim(), reason: reason.trim() })
  }
  if (act.data !== undefined)
    return (
      <Paragraph role="status">
        {act.data.index === null ? say('doneWaiting') : say('done', { index: act.data.index })}
      </Paragraph>
    )
  return (
    <form className="kp-stack kp-measure kp-no-print" onSubmit={submit} noValidate>
      <ErrorSummary faults={faults} />
      {act.error !== null && <Failure error={act.error} level={3} />}
      {officers.length > 1 && (
        <SelectField label={say('officer')} value={officer} onChange={setOfficer}>
          {officers.map(({ name, role }) => (
            <option key={name} value={name}>
              {name} ({say(role)})
            </option>
          ))}
        </SelectField>
      )}
      {officers.length === 1 && <Paragraph>{say('asOfficer', { name: officer })}</Paragraph>}
      {needs.code && (
        <TextField
          id={ids.code}
          label={say('code')}
          hint={codeHint ?? say('codeHint')}
          error={faultOf(ids.code)}
          value={code}
          onChange={setCode}
          autoComplete="off"
        />
      )}
      {needs.reason && (
        <TextField
          id={ids.reason}
          label={reasonLabel ?? say('reason')}
          hint={say('reasonHint')}
          error={faultOf(ids.reason)}
          value={reason}
          onChange={setReason}
          isLong
          maxLength={600}
        />
      )}
      <TextField
        id={ids.passphrase}
        label={say('passphrase')}
        hint={say('passphraseHint')}
        error={faultOf(ids.passphrase)}
        value={passphrase}
        onChange={setPassphrase}
        type="password"
        autoComplete="off"
      />
      <div className="kp-row">
        <Button type="submit" disabled={act.isPending}>
          {act.isPending ? say('busy') : action}
        </Button>
        {onCancel !== undefined && (
          <Button type="button" variant="secondary" onClick={onCancel}>
            {say('cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}
