/**
 * What a steward reads on the terminal about a file and what leaves.
 * @module
 */
import type { ExtractId } from '@kruispunt/contracts'
import { describeFinding } from '@kruispunt/tabular'
import type { Language, OwnExtract, Receipt } from '../delivery-port.ts'
import type { Inspected } from './inspect.ts'
import type { DeliveryReport } from './prepare.ts'

const words = {
  nl: {
    nothingSent: 'Er is nog niets verstuurd. Alles staat alleen in uw eigen omgeving.',
    reads: 'Zo wordt het bestand gelezen',
    field: 'kenmerk',
    heading: 'kolom in uw bestand',
    unused: 'Niet gelezen, blijft in het bestand',
    rows: 'regels gelezen',
    leftOut: 'weggelaten wegens fouten',
    subjects: 'personen na samenvoegen',
    validNumber: 'regels met een geldig bsn',
    leaves: 'Dit gaat weg, versleuteld per kolom',
    findings: 'Bevindingen',
    none: 'geen',
    totals: 'Totalen om te bevestigen',
    send: (id: ExtractId) => `Versturen: kruispunt-node extract send ${id}`,
    sent: 'Verstuurd en vastgelegd in het controlespoor, regel',
    queued: 'Ondertekend; het schakelpunt heeft nog niet geantwoord. Het knooppunt blijft het proberen.',
    withdrawn: 'Ingetrokken. De sleutel van deze levering is vernietigd.',
    states: {
      preparing: 'wordt gecontroleerd',
      prepared: 'klaar om te versturen',
      sending: 'wordt verstuurd',
      sent: 'verstuurd',
      replaced: 'vervangen',
      withdrawn: 'ingetrokken',
    },
  },
  en: {
    nothingSent: 'Nothing has been sent yet. Everything is in your own environment only.',
    reads: 'This is how the file is read',
    field: 'variable',
    heading: 'column in your file',
    unused: 'Not read, stays in the file',
    rows: 'rows read',
    leftOut: 'left out because of errors',
    subjects: 'persons after merging',
    validNumber: 'rows with a valid citizen number',
    leaves: 'This leaves, encrypted column by column',
    findings: 'Findings',
    none: 'none',
    totals: 'Totals to confirm',
    send: (id: ExtractId) => `To send: kruispunt-node extract send ${id}`,
    sent: 'Sent and on record in the log, entry',
    queued: 'Signed; the broker has not answered yet. The node keeps trying.',
    withdrawn: "Withdrawn. This extract's key has been destroyed.",
    states: {
      preparing: 'being checked',
      prepared: 'ready to send',
      sending: 'being sent',
      sent: 'sent',
      replaced: 'replaced',
      withdrawn: 'withdrawn',
    },
  },
} as const

export function inspectionText({ inspection, mapping, obstacle, spec }: Inspected, language: Language): string {
  const say = words[language]
  const labels = new Map(spec.fields.map(({ id, label }) => [id, label[language]]))
  const lines = mapping.fields.map(
    ({ field, header, reason }) =>
      `  ${(labels.get(field) ?? field).padEnd(28)} ← ${(header ?? '—').padEnd(26)} ${reason[language]}`,
  )
  const how = `${inspection.encoding}, "${inspection.delimiter === '\t' ? 'tab' : inspection.delimiter}"`
  return [
    `${say.reads} (${how}):`,
    ...lines,
    `${say.unused}: ${mapping.unused.join(', ') || say.none}`,
    ...(obstacle === null ? [] : ['', `${obstacle.message[language]} ${obstacle.remedy[language]}`]),
    say.nothingSent,
  ].join('\n')
}

export function preparedText(extractId: ExtractId, report: DeliveryReport, language: Language): string {
  const say = words[language]
  const findings = report.findings.map((finding) => {
    const first = finding.rows[0]
    const text = first === undefined ? finding.message[language] : describeFinding(finding, first)[language]
    const values = finding.values.map(({ value, count }) => `${value} (${count})`).join(', ')
    return `  ${finding.count} × ${text}${values === '' ? '' : ` [${values}]`}`
  })
  const totals = report.totals.map(
    ({ label, codes }) =>
      `  ${label[language]}: ${codes
        .filter(({ rows }) => rows > 0)
        .map((code) => `${code.label[language]} ${code.rows}`)
        .join(', ')}`,
  )
  return [
    `${report.rowsRead} ${say.rows}, ${report.rowsLeftOut} ${say.leftOut}, ${report.subjects.subjects} ${say.subjects}, ${report.subjects.bsn.valid} ${say.validNumber}`,
    `${say.findings}:${findings.length === 0 ? ` ${say.none}` : ''}`,
    ...findings,
    `${say.totals}:`,
    ...totals,
    `${say.leaves}:`,
    ...report.leaves.map(({ column, bytes }) => `  ${column.padEnd(28)} ${bytes} bytes`),
    say.nothingSent,
    say.send(extractId),
  ].join('\n')
}

export function receiptText({ index }: Receipt, language: Language): string {
  return index === null ? words[language].queued : `${words[language].sent} ${index}.`
}

export function withdrawnText(receipt: Receipt, language: Language): string {
  return `${words[language].withdrawn} ${receiptText(receipt, language)}`
}

export function listText(extracts: readonly OwnExtract[], language: Language): string {
  const say = words[language]
  if (extracts.length === 0) return say.none
  return extracts
    .map(
      ({ extractId, dataset, period, body, state }) =>
        `${extractId}  ${dataset} ${period} v${body?.version ?? '?'}  ${say.states[state]}`,
    )
    .join('\n')
}
