/**
 * What a steward reads on the terminal about a file and what leaves.
 * @module
 */
import { citizenNumberKey, type ExtractId } from '@kruispunt/contracts'
import { describeFinding } from '@kruispunt/tabular'
import type { Language, OutstandingDelivery, OwnExtract, Receipt } from '../delivery-port.ts'
import type { JointProgress } from '../oprf/order.ts'
import type { Inspected } from './inspect.ts'
import type { DeliveryReport } from './prepare.ts'

type ObjectionsFound = NonNullable<DeliveryReport['objections']>

const words = {
  nl: {
    nothingSent: 'Er is nog niets verstuurd. Alles staat alleen in uw eigen omgeving.',
    reads: 'Zo wordt het bestand gelezen',
    field: 'kenmerk',
    heading: 'kolom in uw bestand',
    unused: 'Niet gelezen, blijft in het bestand',
    rows: 'regels gelezen',
    leftOut: 'weggelaten wegens fouten',
    objected: ({ given, found, rows }: ObjectionsFound) =>
      `Bezwaar: ${found} van de ${given} opgegeven nummers en rijen gevonden, ${rows} regels weggelaten. Dit staat alleen hier.${found < given ? ' Wie niet gevonden is, zit er nog in of stond er niet in: zoek dat na.' : ''}`,
    subjects: 'personen na samenvoegen',
    validNumber: 'regels met een geldig bsn',
    keptApart: 'regels lijken op een ander maar spreken hem tegen en blijven apart',
    recognisable: 'Herkenbaar voor de andere partners',
    withKeys: (keys: number) => `met ten minste ${keys} sleutel${keys === 1 ? '' : 's'}`,
    complete: 'Gevuld',
    twice: 'Sleutelwaarden die meer dan één persoon hier heeft, en die dus niemand koppelen',
    fields: {
      surname: 'achternaam',
      givenName: 'voornaam',
      initials: 'voorletters',
      birthDate: 'geboortedatum',
      birthYear: 'geboortejaar',
      sex: 'geslacht',
      postcodeArea: 'postcodegebied',
      address: 'adres',
    },
    leaves: 'Dit gaat weg, versleuteld per kolom',
    findings: 'Bevindingen',
    none: 'geen',
    deliver: 'Nog te leveren',
    deliverAgain: 'Opnieuw leveren (er is een nieuwe sleutel; uw kolomkeuze is bewaard)',
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
    objected: ({ given, found, rows }: ObjectionsFound) =>
      `Objections: ${found} of the ${given} numbers and rows given were found, ${rows} rows left out. This stands here only.${found < given ? ' Who was not found is still in it or was never there: look it up.' : ''}`,
    subjects: 'persons after merging',
    validNumber: 'rows with a valid citizen number',
    keptApart: 'rows look like another but contradict it and stay apart',
    recognisable: 'Recognisable to the other partners',
    withKeys: (keys: number) => `with ${keys} key${keys === 1 ? '' : 's'} or more`,
    complete: 'Filled in',
    twice: 'Key values that more than one person here has, and that therefore link nobody',
    fields: {
      surname: 'surname',
      givenName: 'given name',
      initials: 'initials',
      birthDate: 'date of birth',
      birthYear: 'year of birth',
      sex: 'sex',
      postcodeArea: 'postcode area',
      address: 'address',
    },
    leaves: 'This leaves, encrypted column by column',
    findings: 'Findings',
    none: 'none',
    deliver: 'Still to be delivered',
    deliverAgain: 'Deliver again (there is a new key; your choice of columns is remembered)',
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

const jointWords = {
  nl: {
    made: 'gezamenlijke nummers',
    waiting: 'wacht op',
    broker: 'het schakelpunt is niet bereikbaar',
    stop: 'u kunt stoppen en dit later nog eens doen',
  },
  en: {
    made: 'joint numbers',
    waiting: 'waiting for',
    broker: 'the broker cannot be reached',
    stop: 'you may stop and do this again later',
  },
} as const

/** One line: how far the joint numbers are, for whom they wait, and that waiting is not needed. */
export function jointText({ done, total, waitingFor, brokerReachable }: JointProgress, language: Language): string {
  const say = jointWords[language]
  const parts = [`${say.made}: ${done}/${total}`]
  if (!brokerReachable) parts.push(say.broker)
  if (waitingFor.length > 0) parts.push(`${say.waiting} ${waitingFor.join(', ')}`)
  if (!brokerReachable || waitingFor.length > 0) parts.push(say.stop)
  return parts.join('; ')
}

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

/** How well the partner's people can be recognised elsewhere: known before anything leaves. */
function preflightLines({ subjects: preflight }: DeliveryReport, language: Language): string[] {
  const say = words[language]
  const percent = new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  const share = (part: number, whole: number) => percent.format(whole === 0 ? 0 : part / whole)
  const { atLeast1, atLeast3, atLeast8 } = preflight.subjectsWithKeys
  const keys = [
    [1, atLeast1],
    [3, atLeast3],
    [8, atLeast8],
  ] as const
  const many = preflight.keys.filter(({ keyId }) => keyId !== citizenNumberKey).length
  const completeness = Object.entries(preflight.completeness ?? {}) as [keyof typeof say.fields, number][]
  const repeated = preflight.keys.filter((key) => key.void > 0)
  return [
    ...(preflight.keptApart > 0 ? [`  ${preflight.keptApart} ${say.keptApart}`] : []),
    `${say.recognisable}: ${keys
      .filter(([least]) => least <= Math.max(1, many))
      .map(([least, subjects]) => `${share(subjects, preflight.subjects)} ${say.withKeys(least)}`)
      .join(', ')}`,
    ...(completeness.length === 0
      ? []
      : [
          `  ${say.complete}: ${completeness.map(([field, rows]) => `${say.fields[field]} ${share(rows, preflight.rows)}`).join(', ')}`,
        ]),
    ...(repeated.length === 0
      ? []
      : [`  ${say.twice}: ${repeated.map((key) => `${key.keyId} ${share(key.void, key.different)}`).join(', ')}`]),
  ]
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
    ...(report.objections === undefined ? [] : [say.objected(report.objections)]),
    ...preflightLines(report, language),
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

/** The extracts, and below them what is still to be delivered. */
export function listText(
  extracts: readonly OwnExtract[],
  outstanding: readonly OutstandingDelivery[],
  language: Language,
): string {
  const say = words[language]
  const lines = extracts.map(
    ({ extractId, dataset, period, body, state }) =>
      `${extractId}  ${dataset} ${period} v${body?.version ?? '?'}  ${say.states[state]}`,
  )
  const still = outstanding.map(
    ({ dataset, period, again }) => `${again ? say.deliverAgain : say.deliver}: ${dataset} ${period}`,
  )
  return [...(lines.length === 0 ? [say.none] : lines), ...still].join('\n')
}
