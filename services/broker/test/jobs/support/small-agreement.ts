/** The sharing agreement of the invented lab. */
import { type AgreementDocument, type AnswerMode, agreementDocument, citizenNumberRecipe } from '@kruispunt/contracts'
import { ages, areas, districtOf, months, quarterOf } from './people.ts'
import { withSelfTest } from './self-test.ts'

export const parties = ['town', 'police', 'health'] as const
export type PartyName = (typeof parties)[number]

const text = (nl: string, en = nl) => ({ nl, en })
const category = (code: string, parent: string | null = null) => ({
  code,
  label: text(`de ${code}`, `the ${code}`),
  parent,
  sources: [],
})
const common = { meaning: '', whyNeeded: '', headers: ['x'], unknownCode: 'unknown' }
const flat = (id: string, codes: readonly string[], dataKind = 'ordinary', kind = 'category') => ({
  ...common,
  id,
  label: text(id),
  dataKind,
  derivation: { kind },
  levels: [{ id, label: text(id) }],
  codes: [...codes, 'unknown'].map((code) => category(code)),
  parents: [],
})

const area = {
  ...common,
  id: 'area',
  label: text('gebied', 'area'),
  dataKind: 'ordinary',
  derivation: { kind: 'area' },
  levels: [
    { id: 'district', label: text('wijk', 'district') },
    { id: 'neighbourhood', label: text('buurt', 'neighbourhood') },
  ],
  codes: [...areas.map((code) => category(code, districtOf[code])), category('unknown', 'unknown')],
  parents: [['N', 'S', 'unknown'].map((code) => category(code))],
}
const month = {
  ...common,
  id: 'month',
  label: text('maand', 'month'),
  dataKind: 'ordinary',
  derivation: { kind: 'month', from: '2024-01', to: '2024-06' },
  levels: [
    { id: 'quarter', label: text('kwartaal', 'quarter') },
    { id: 'month', label: text('maand', 'month') },
  ],
  codes: [...months.map((code) => category(code, quarterOf(code))), category('unknown', 'unknown')],
  parents: [['2024-Q1', '2024-Q2', 'unknown'].map((code) => category(code))],
}

const amount = (id: string, decimals: number, highest: number) => ({
  id,
  label: text(id),
  unit: text(id),
  meaning: '',
  whyNeeded: '',
  dataKind: 'special',
  headers: [id],
  decimals,
  lowest: 0,
  highest,
})

const dataset = (
  id: string,
  party: PartyName,
  grain: 'person' | 'record',
  dimensions: readonly object[],
  more: object = {},
) => ({
  ...more,
  id,
  party,
  title: text(id),
  grain,
  recordLabel: grain === 'record' ? text('meldingen', 'reports') : null,
  dataSubjects: 'mensen',
  originalPurpose: 'werk',
  compatibility: 'ja',
  period: '2024-01/2024-06',
  schedule: 'eenmalig',
  identifiers: [{ field: 'citizenNumber', headers: ['bsn'] }],
  linkageKeys: ['B1'],
  dimensions,
})

export type AgreementChanges = {
  readonly questionBudget?: number
  readonly approval?: 'standing' | 'per-request'
  readonly jobMinutes?: number
  readonly minimum?: number
  /** The residents' dataset asks for this minimum. */
  readonly stricter?: number
  /** How populations of persons are answered. */
  readonly answers?: AnswerMode
  /** So many invented people, and a second key that everybody has. */
  readonly selfTest?: number
  /** A dataset that is opened for single requests only. */
  readonly single?: 'residents' | 'reports' | 'clients'
}

export function smallAgreement(lab: string, at: Date, changes: AgreementChanges = {}): AgreementDocument {
  const until = new Date(at.getTime() + 365 * 86_400_000)
  const answers = changes.answers ? { answers: changes.answers } : {}
  const measured = changes.answers ? {} : { measures: ['hours'] }
  const every = ['area', 'care', 'age', 'stay', 'presence:police', 'presence:health']
  const document = agreementDocument.parse({
    v: 1,
    kind: 'agreement-document',
    lab,
    reference: 'P-1',
    version: 1,
    supersedes: null,
    title: 'Proef',
    issue: 'proef',
    audienceSummary: 'proef',
    purpose: 'proef',
    questions: ['proef'],
    notUsedFor: 'proef',
    parties: parties.map((id) => ({
      id,
      name: `Partner ${id}`,
      role: 'joint-controller',
      contact: 'balie',
      legalBasis: { article: '6', statute: 'wet', explanation: 'taak' },
      citizenNumber: { allowed: true, statute: 'wet' },
      maxRecords: 100_000,
      approval: id === 'town' ? (changes.approval ?? 'standing') : 'standing',
      approvers: 1,
    })),
    datasets: [
      dataset(
        'residents',
        'town',
        'person',
        [area, flat('care', ['yes', 'no'], 'special', 'yes-no'), flat('age', ages)],
        {
          measures: [amount('hours', 1, 40)],
          ...(changes.stricter ? { stricter: { minimum: changes.stricter } } : {}),
        },
      ),
      dataset('reports', 'police', 'record', [flat('kind', ['noise', 'theft'], 'criminal'), month], {
        measures: [amount('minutes', 0, 600)],
      }),
      dataset('clients', 'health', 'person', [flat('stay', ['home', 'clinic'], 'special')]),
    ],
    populations: [
      { id: 'residents', label: text('inwoners', 'residents'), unit: 'persons', dataset: 'residents', ...answers },
      { id: 'reports', label: text('meldingen', 'reports'), unit: 'records', dataset: 'reports' },
      { id: 'everybody', label: text('iedereen', 'everybody'), unit: 'persons', dataset: null, ...answers },
    ],
    tables: [
      {
        id: 'residents',
        title: text('Inwoners'),
        population: 'residents',
        dimensions: [...every, 'presence:town'],
        filters: ['area', 'care', 'age'],
        maxDimensions: 3,
        ...measured,
      },
      {
        id: 'reports',
        title: text('Meldingen'),
        population: 'reports',
        dimensions: ['kind', 'month', 'care', 'area'],
        filters: ['kind', 'area'],
        maxDimensions: 3,
        measures: ['minutes'],
      },
      {
        id: 'everybody',
        title: text('Iedereen'),
        population: 'everybody',
        dimensions: [...every, 'presence:town'],
        filters: ['care', 'presence:town'],
        maxDimensions: 2,
      },
    ],
    disclosure: {
      minimum: changes.minimum ?? 5,
      groupSharePercent: 95,
      zeros: 'protect-foreign',
      insider: true,
      coalition: 1,
      questionBudget: changes.questionBudget ?? 50,
      sums: { pPercent: 10, dominance: null },
    },
    pseudonymMode: 'salted',
    linkage: citizenNumberRecipe,
    requestBudget: 100,
    jobMinutes: changes.jobMinutes ?? 30,
    recipients: 'x',
    onwardSharing: 'no',
    publication: 'x',
    location: 'x',
    transfers: 'x',
    retention: { deliveryDays: 30, results: 'x', logs: 'x', reason: 'x' },
    jointArrangement: 'x',
    processor: 'x',
    dpia: { required: false, reference: '', outcome: 'x', dpoAdvice: 'x' },
    risks: [],
    validFrom: at.toISOString(),
    validUntil: until.toISOString(),
    evaluation: 'x',
    exit: 'x',
    attachments: [],
  })
  const datasets = document.datasets.map((one) =>
    one.id === changes.single ? { ...one, extractMode: 'per-request' as const } : one,
  )
  return withSelfTest({ ...document, datasets }, changes.selfTest)
}
