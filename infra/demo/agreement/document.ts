/**
 * The sharing agreement of the practice region: living at home longer, and nuisance. Everything in it is invented.
 * @module
 */
import { type AgreementDocument, agreementDocument } from '@kruispunt/contracts'
import { datasets, recipe } from './datasets.ts'
import { text } from './dimensions.ts'

export const partners = [
  {
    id: 'gemeente',
    name: 'Gemeente Praktijk',
    file: 'gemeente-brp-wmo.csv',
    dataset: 'residents',
    bsn: 'Wabb, artikel 10',
  },
  {
    id: 'politie',
    name: 'Politie Praktijk',
    file: 'politie-meldingen.csv',
    dataset: 'reports',
    bsn: 'Wabb, artikel 10',
  },
  {
    id: 'corporatie',
    name: 'Woningcorporatie De Hoeksteen',
    file: 'corporatie-huurders.csv',
    dataset: 'tenants',
    bsn: null,
  },
  { id: 'ggd', name: 'GGD Praktijk', file: 'ggd-oggz.txt', dataset: 'oggz', bsn: 'Wabvpz, artikel 8' },
  { id: 'zorg', name: 'Zorggroep Nabij', file: 'zorg-clienten.csv', dataset: 'clients', bsn: 'Wabvpz, artikel 8' },
  { id: 'scholen', name: 'Scholen Samen', file: 'scholen-leerlingen.csv', dataset: 'pupils', bsn: 'Wabb, artikel 10' },
] as const

/** @param validFrom - moment from which the agreement holds; it ends a year later */
export function practiceAgreement(lab: string, validFrom: Date): AgreementDocument {
  const validUntil = new Date(validFrom)
  validUntil.setUTCFullYear(validUntil.getUTCFullYear() + 1)
  return agreementDocument.parse({
    v: 1,
    kind: 'agreement-document',
    lab,
    reference: 'PR-2024-01',
    version: 1,
    supersedes: null,
    title: 'Langer thuis en overlast',
    issue: 'Mensen wonen langer thuis met zware zorg. Wat weten we samen over hen en over overlast?',
    audienceSummary:
      'Wij willen weten hoeveel mensen in de praktijkregio te maken hebben met zorg thuis en overlast. Daarvoor tellen zes organisaties samen. Uw naam en bsn gaan niet leesbaar naar een ander. Wij zien alleen aantallen van groepen.',
    purpose:
      'Partijen maken kruistabellen over langer thuis wonen en overlast in de praktijkregio, om te bepalen waar ondersteuning ontbreekt. De tabellen gaan over groepen van ten minste 10 personen. Partijen gebruiken ze niet om iets over één persoon te besluiten of te voorspellen.',
    questions: [
      'In welke wijken zijn inwoners met een Wmo-voorziening bekend bij de politie?',
      'Hoe vaak gaan meldingen over verward gedrag over mensen met een Wmo-voorziening?',
      'Hoeveel uren langdurige zorg krijgen mensen thuis en in een instelling, naar leeftijd?',
      'In welke wijken wonen huishoudens met bijstand?',
    ],
    notUsedFor: 'Geen besluit over en geen voorspelling van gedrag van personen.',
    parties: partners.map((partner) => ({
      id: partner.id,
      name: partner.name,
      role: 'joint-controller',
      contact: `Privacy office van ${partner.name}`,
      legalBasis: {
        article: '6(1)(e)',
        statute: 'AVG en de eigen sectorwet',
        explanation: 'Taak van algemeen belang; verder gebruik voor statistiek is verenigbaar.',
      },
      citizenNumber: { allowed: partner.bsn !== null, statute: partner.bsn },
      maxRecords: 20_000,
      approval: 'standing',
      approvers: 1,
    })),
    datasets,
    populations: [
      { id: 'residents', label: text('inwoners', 'residents'), unit: 'persons', dataset: 'residents' },
      {
        id: 'reports',
        label: text('meldingen', 'reports'),
        unit: 'records',
        dataset: 'reports',
        // Reports have no tables that must add up with another partner's: a small error in each count hides no cell for another.
        answers: { kind: 'cell-key', maxDeviation: 4, variance: 3, smallestShown: 2 },
      },
      { id: 'tenants', label: text('huurders', 'tenants'), unit: 'persons', dataset: 'tenants' },
      { id: 'clients', label: text('cliënten', 'clients'), unit: 'persons', dataset: 'clients' },
      {
        id: 'households',
        label: text('huishoudens', 'households'),
        unit: 'households',
        dataset: 'residents',
        // Few, coarse tables of thousands of households: noise of some ten does not matter, and three of them are all there is.
        answers: { kind: 'differential-privacy', epsilon: '1.5', delta: '0.000001', epsilonPerTable: '0.5' },
      },
    ],
    tables: [
      {
        id: 'residents',
        title: text('Inwoners', 'Residents'),
        population: 'residents',
        dimensions: [
          'gemeente.area',
          'gemeente.wmo',
          'gemeente.assistance',
          'gemeente.age',
          'ggd.report',
          'zorg.athome',
          'presence:politie',
          'presence:ggd',
          'presence:zorg',
          'presence:scholen',
        ],
        filters: ['gemeente.area', 'gemeente.wmo', 'gemeente.age'],
        maxDimensions: 3,
      },
      {
        id: 'reports',
        title: text('Meldingen', 'Reports'),
        population: 'reports',
        dimensions: ['politie.kind', 'politie.month', 'gemeente.wmo', 'gemeente.area'],
        filters: ['politie.kind'],
        maxDimensions: 3,
      },
      {
        id: 'tenants',
        title: text('Huurders', 'Tenants'),
        population: 'tenants',
        dimensions: [
          'corporatie.home',
          'corporatie.arrears',
          'corporatie.complaints',
          'gemeente.area',
          'gemeente.wmo',
          'gemeente.age',
          'presence:politie',
          'presence:zorg',
        ],
        filters: ['corporatie.home'],
        maxDimensions: 3,
      },
      {
        id: 'clients',
        title: text('Cliënten in langdurige zorg', 'Clients in long-term care'),
        population: 'clients',
        dimensions: ['zorg.athome', 'gemeente.age', 'gemeente.wmo'],
        filters: [],
        measures: ['zorg.care'],
        maxDimensions: 2,
      },
      {
        id: 'households',
        title: text('Huishoudens', 'Households'),
        population: 'households',
        dimensions: ['gemeente.area', 'gemeente.assistance', 'presence:politie', 'presence:zorg'],
        filters: [],
        maxDimensions: 2,
      },
    ],
    disclosure: {
      minimum: 10,
      groupSharePercent: 90,
      zeros: 'protect-foreign',
      insider: true,
      coalition: 1,
      questionBudget: 60,
      sums: { pPercent: 10, dominance: null },
    },
    pseudonymMode: 'salted',
    linkage: { ...recipe, selfTest: 200 },
    requestBudget: 100,
    jobMinutes: 60,
    recipients: 'De zes partijen',
    onwardSharing: 'no',
    publication: 'Alleen vrijgegeven tabellen, na instemming van alle partijen',
    location: 'Nederland',
    transfers: 'Geen',
    retention: {
      deliveryDays: 30,
      results: 'Vijf jaar',
      logs: 'Tien jaar',
      reason: 'Niet langer dan nodig voor het onderzoek en de verantwoording.',
    },
    jointArrangement: 'Iedere partij informeert de eigen inwoners of cliënten. Gemeente Praktijk is het contactpunt.',
    processor:
      'Het schakelpunt verwerkt alleen wat in een actieve deelafspraak staat en heeft geen sleutel waarmee een pseudoniem terug te rekenen is.',
    dpia: { required: true, reference: 'DPIA-PR-2024', outcome: 'Akkoord', dpoAdvice: 'Positief; opgevolgd.' },
    risks: [
      {
        description: 'Herkenning van een eigen cliënt door een partner',
        measure: 'Onthullingscontrole per partner, gesloten lijst van tabellen',
        remaining: 'low',
      },
    ],
    validFrom: validFrom.toISOString(),
    validUntil: validUntil.toISOString(),
    evaluation: 'Na de eerste tabellen en daarna ieder half jaar',
    exit: 'Een partij kan op elk moment intrekken; al vrijgegeven tabellen blijven bestaan.',
    attachments: [],
  })
}
