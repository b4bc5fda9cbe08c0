/**
 * A whole agreement to start from: every member is there and it is consistent, so what remains is editing. What must be
 * written by people says so between angle brackets.
 * @module
 */
import type { AgreementDocument, Dataset, Dimension, LabId, PartyId } from '@kruispunt/contracts'

export type DraftParty = { readonly id: PartyId; readonly name: string }

const todo = (nl: string) => `<${nl}>`
const both = (nl: string, en: string) => ({ nl, en })
const unknown = { code: 'onbekend', label: both('onbekend', 'unknown'), parent: null, sources: [] }

function ageBand(dataset: string, referenceDate: string): Dimension {
  const bands = [
    { code: '0-17', from: 0, below: 18 },
    { code: '18-64', from: 18, below: 65 },
    { code: '65+', from: 65, below: null },
  ]
  return {
    id: `${dataset}.leeftijd`,
    label: both('leeftijd', 'age'),
    meaning: todo('wat dit kenmerk betekent'),
    whyNeeded: todo('waarom het voor deze vragen nodig is'),
    dataKind: 'ordinary',
    headers: ['geboortedatum'],
    derivation: { kind: 'age-band', referenceDate, bands },
    levels: [{ id: 'leeftijd', label: both('leeftijd', 'age') }],
    codes: [
      ...bands.map(({ code }) => ({ code, label: both(`${code} jaar`, `${code} years`), parent: null, sources: [] })),
      unknown,
    ],
    parents: [],
    unknownCode: 'onbekend',
  }
}

function yesNo(dataset: string): Dimension {
  return {
    id: `${dataset}.kenmerk`,
    label: both(todo('kenmerk'), todo('variable')),
    meaning: todo('wat dit kenmerk betekent'),
    whyNeeded: todo('waarom het voor deze vragen nodig is'),
    dataKind: 'sensitive',
    headers: [todo('kolomkop in het bestand')],
    derivation: { kind: 'yes-no' },
    levels: [{ id: 'kenmerk', label: both(todo('kenmerk'), todo('variable')) }],
    codes: [
      { code: 'ja', label: both('ja', 'yes'), parent: null, sources: ['ja', 'j', '1'] },
      { code: 'nee', label: both('nee', 'no'), parent: null, sources: ['nee', 'n', '0'] },
      unknown,
    ],
    parents: [],
    unknownCode: 'onbekend',
  }
}

function datasetOf({ id, name }: DraftParty, isFirst: boolean, at: Date): Dataset {
  const referenceDate = `${at.getUTCFullYear()}-01-01`
  return {
    id: `${id}.personen`,
    party: id,
    title: both(`Personen van ${name}`, `Persons of ${name}`),
    grain: 'person',
    recordLabel: null,
    dataSubjects: todo('over wie dit gaat'),
    originalPurpose: todo('waarvoor de gegevens zijn verzameld'),
    compatibility: todo('waarom dit doel daarmee verenigbaar is'),
    period: `${at.getUTCFullYear()}-01/${at.getUTCFullYear()}-12`,
    schedule: todo('hoe vaak wordt geleverd'),
    citizenNumberHeaders: ['bsn', 'burgerservicenummer'],
    linkageKeys: ['B1'],
    dimensions: isFirst ? [ageBand(id, referenceDate), yesNo(id)] : [yesNo(id)],
  }
}

/** Dates count from `at`: valid for a year. */
export function agreementTemplate(lab: LabId, parties: readonly DraftParty[], at: Date): AgreementDocument {
  const datasets = parties.map((party, index) => datasetOf(party, index === 0, at))
  const dimensions = datasets.flatMap((dataset) => dataset.dimensions.map(({ id }) => id))
  const presence = parties.map(({ id }) => `presence:${id}`)
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())
  return {
    v: 1,
    kind: 'agreement-document',
    lab,
    reference: todo('kenmerk'),
    version: 1,
    supersedes: null,
    title: todo('titel'),
    issue: todo('het maatschappelijke vraagstuk'),
    audienceSummary: todo('in gewone taal, voor inwoners'),
    purpose: todo('het doel'),
    questions: [todo('de vraag die samen wordt beantwoord')],
    notUsedFor: todo('waarvoor de uitkomsten niet worden gebruikt'),
    parties: parties.map(({ id, name }) => ({
      id,
      name,
      role: 'joint-controller',
      contact: todo('afdeling of functie, geen persoon'),
      legalBasis: { article: 'AVG 6.1.e', statute: todo('wet en artikel'), explanation: todo('toelichting') },
      citizenNumber: { allowed: true, statute: todo('wet die het gebruik van het bsn toestaat') },
      maxRecords: 500_000,
      approval: 'per-request',
      approvers: 1,
    })),
    datasets,
    populations: [
      {
        id: 'iedereen',
        label: both('alle bekende personen', 'all known persons'),
        unit: 'persons',
        dataset: null,
      },
      ...datasets.map((dataset) => ({
        id: dataset.id,
        label: dataset.title,
        unit: 'persons' as const,
        dataset: dataset.id,
      })),
    ],
    tables: [
      {
        id: 'overzicht',
        title: both(todo('titel van de tabel'), todo('title of the table')),
        population: 'iedereen',
        dimensions: [...dimensions, ...presence],
        filters: dimensions,
        maxDimensions: 3,
      },
    ],
    disclosure: {
      minimum: 10,
      groupSharePercent: 90,
      zeros: 'protect-foreign',
      insider: true,
      coalition: 1,
      questionBudget: 100,
    },
    pseudonymMode: 'salted',
    requestBudget: 50,
    jobMinutes: 60,
    recipients: todo('wie de tabellen krijgt'),
    onwardSharing: 'after-consent',
    publication: todo('wat openbaar wordt'),
    location: todo('waar het schakelpunt staat'),
    transfers: todo('geen doorgifte buiten de EER'),
    retention: {
      deliveryDays: 90,
      results: todo('hoe lang uitkomsten worden bewaard'),
      logs: todo('hoe lang het controlespoor wordt bewaard'),
      reason: todo('waarom zo lang'),
    },
    jointArrangement: todo('regeling tussen gezamenlijk verantwoordelijken'),
    processor: todo('verwerkersovereenkomst met de beheerder van het schakelpunt'),
    dpia: {
      required: true,
      reference: todo('kenmerk'),
      outcome: todo('uitkomst'),
      dpoAdvice: todo('advies van de FG'),
    },
    risks: [{ description: todo('risico'), measure: todo('maatregel'), remaining: 'low' }],
    validFrom: new Date(midnight).toISOString(),
    validUntil: new Date(midnight + 365 * 86_400_000).toISOString(),
    evaluation: todo('wanneer en hoe wordt geëvalueerd'),
    exit: todo('wat er gebeurt als een partner stopt'),
    attachments: [],
  }
}

/** Places that were left as the template has them; an agreement with one of these is not ready to sign. */
export function unfinishedParts(document: AgreementDocument): string[] {
  const found: string[] = []
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      if (/^<[^<>]+>$/.test(value)) found.push(path)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) visit(member, path === '' ? name : `${path}.${name}`)
  }
  visit(document, '')
  return found
}
