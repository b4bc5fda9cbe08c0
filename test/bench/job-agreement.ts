/**
 * The agreement of the invented lab: five datasets of persons with four variables each, everything allowed by twos.
 * @module
 */
import { type AgreementDocument, agreementDocument, citizenNumberRecipe } from '@kruispunt/contracts'
import { codesOf, columnsPerParty, parties } from './counting-lab.ts'

const text = (nl: string, en = nl) => ({ nl, en })
export const dimensionOf = (party: string, column: number): string => `${party}.c${column}`
/** Code n + 1 of the invented columns. */
const codeName = (at: number): string => `k${at}`

/** Columns 0 are of the kind that the law names; those of the municipality are not. */
function dataKind(party: string, column: number): string {
  if (column > 0 || party === 'gemeente') return 'ordinary'
  return party === 'politie' ? 'criminal' : 'special'
}

const dimension = (party: string, column: number) => ({
  id: dimensionOf(party, column),
  label: text(`kenmerk ${column} van ${party}`),
  meaning: '',
  whyNeeded: '',
  dataKind: dataKind(party, column),
  headers: ['x'],
  derivation: { kind: 'category' },
  levels: [{ id: 'category', label: text('categorie', 'category') }],
  codes: [...Array.from({ length: codesOf(column) }, (_, at) => codeName(at)), 'unknown'].map((code) => ({
    code,
    label: text(code),
    parent: null,
    sources: [],
  })),
  parents: [],
  unknownCode: 'unknown',
})

const columns = Array.from({ length: columnsPerParty }, (_, column) => column)
const everyDimension = parties.flatMap((party) => columns.map((column) => dimensionOf(party, column)))

/** @param at - when it starts; it is valid for a year */
export function jobAgreement(lab: string, at: Date): AgreementDocument {
  const until = new Date(at.getTime() + 365 * 86_400_000)
  return agreementDocument.parse({
    v: 1,
    kind: 'agreement-document',
    lab,
    reference: 'M-1',
    version: 1,
    supersedes: null,
    title: 'Meting',
    issue: 'meting',
    audienceSummary: 'meting',
    purpose: 'meting',
    questions: ['meting'],
    notUsedFor: 'meting',
    parties: parties.map((id) => ({
      id,
      name: `Partner ${id}`,
      role: 'joint-controller',
      contact: 'balie',
      legalBasis: { article: '6', statute: 'wet', explanation: 'taak' },
      citizenNumber: { allowed: true, statute: 'wet' },
      maxRecords: 50_000_000,
      approval: 'standing',
      approvers: 1,
    })),
    datasets: parties.map((party) => ({
      id: party,
      party,
      title: text(party),
      grain: 'person',
      recordLabel: null,
      dataSubjects: 'mensen',
      originalPurpose: 'werk',
      compatibility: 'ja',
      period: '2024-01/2024-12',
      schedule: 'eenmalig',
      identifiers: [{ field: 'citizenNumber', headers: ['bsn'] }],
      linkageKeys: ['B1'],
      dimensions: columns.map((column) => dimension(party, column)),
    })),
    populations: [
      { id: 'everybody', label: text('iedereen', 'everybody'), unit: 'persons', dataset: null },
      { id: 'residents', label: text('inwoners', 'residents'), unit: 'persons', dataset: 'gemeente' },
    ],
    tables: ['everybody', 'residents'].map((population) => ({
      id: population,
      title: text(population),
      population,
      dimensions: [...everyDimension, ...parties.map((party) => `presence:${party}`)],
      filters: [],
      maxDimensions: 2,
    })),
    disclosure: {
      minimum: 10,
      groupSharePercent: 90,
      zeros: 'protect-foreign',
      insider: true,
      coalition: 1,
      questionBudget: 10_000,
      neutral: everyDimension.map((id) => ({ dimension: id, codes: ['not-known'] })),
    },
    pseudonymMode: 'salted',
    linkage: citizenNumberRecipe,
    requestBudget: 100,
    jobMinutes: 60,
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
}
