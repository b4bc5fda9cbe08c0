/** An agreement of three parties: persons, records of persons, and a party that approves each request with two officers. */
import { type AgreementDocument, citizenNumberRecipe, type Dataset, type Dimension } from '@kruispunt/contracts'
import { lab, minute, parties, start } from './cast.ts'

const text = (nl: string) => ({ nl, en: nl })

export function dimension(id: string, change: Partial<Dimension> = {}): Dimension {
  return {
    id,
    label: text(id),
    meaning: '',
    whyNeeded: '',
    dataKind: 'ordinary',
    headers: [id],
    derivation: { kind: 'yes-no' },
    levels: [{ id: 'l', label: text('l') }],
    codes: ['ja', 'nee', 'onbekend'].map((code) => ({ code, label: text(code), parent: null, sources: [] })),
    parents: [],
    unknownCode: 'onbekend',
    ...change,
  }
}

function dataset(party: Dataset['party'], change: Partial<Dataset> = {}): Dataset {
  return {
    id: `${party}.data`,
    party,
    title: text(party),
    grain: 'person',
    recordLabel: null,
    dataSubjects: 'x',
    originalPurpose: 'x',
    compatibility: 'x',
    period: '2026-01/2026-12',
    schedule: 'x',
    identifiers: [{ field: 'citizenNumber', headers: ['bsn'] }],
    linkageKeys: ['B1'],
    dimensions: [dimension(`${party}.kenmerk`)],
    ...change,
  }
}

export function agreementDocument(change: Partial<AgreementDocument> = {}): AgreementDocument {
  const ids = parties.map(({ id }) => id)
  return {
    v: 1,
    kind: 'agreement-document',
    lab,
    reference: 'A-1',
    version: 1,
    supersedes: null,
    title: 't',
    issue: 'i',
    audienceSummary: 'a',
    purpose: 'p',
    questions: ['q'],
    notUsedFor: 'n',
    parties: ids.map((id) => ({
      id,
      name: id,
      role: 'joint-controller',
      contact: 'c',
      legalBasis: { article: 'a', statute: 's', explanation: 'e' },
      citizenNumber: { allowed: true, statute: 's' },
      maxRecords: 1000,
      approval: id === 'zorg' ? 'per-request' : 'standing',
      approvers: 2,
    })),
    datasets: ids.map((id) => dataset(id, id === 'politie' ? { grain: 'record', recordLabel: text('melding') } : {})),
    populations: [{ id: 'allen', label: text('allen'), unit: 'persons', dataset: null }],
    tables: [
      {
        id: 't',
        title: text('t'),
        population: 'allen',
        dimensions: ['ggd.kenmerk', 'presence:politie'],
        filters: ['politie.kenmerk'],
        maxDimensions: 2,
      },
    ],
    disclosure: {
      minimum: 10,
      groupSharePercent: 90,
      zeros: 'publish',
      insider: true,
      coalition: 1,
      questionBudget: 10,
    },
    pseudonymMode: 'salted',
    linkage: citizenNumberRecipe,
    requestBudget: 3,
    jobMinutes: 30,
    recipients: 'r',
    onwardSharing: 'no',
    publication: 'p',
    location: 'l',
    transfers: 't',
    retention: { deliveryDays: 30, results: 'r', logs: 'l', reason: 'r' },
    jointArrangement: 'j',
    processor: 'p',
    dpia: { required: false, reference: '', outcome: 'o', dpoAdvice: 'd' },
    risks: [],
    validFrom: new Date(start - 24 * 60 * minute).toISOString(),
    validUntil: new Date(start + 90 * 24 * 60 * minute).toISOString(),
    evaluation: 'e',
    exit: 'e',
    attachments: [],
    ...change,
  }
}
