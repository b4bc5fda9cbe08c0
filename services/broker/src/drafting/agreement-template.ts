/**
 * A whole agreement to start from: every member is there and it is consistent, so what remains is editing. What must be
 * written by people says so between angle brackets. The first dataset has a worked variable of every kind.
 * @module
 */
import { type AgreementDocument, type Dataset, type LabId, type PartyId } from '@kruispunt/contracts'
import { standardRecipe } from '@kruispunt/linkage/recipe'
import { both, exampleDimensions, todo, yesNo } from './example-dimensions.ts'

/** Citizen number, names, date of birth and address, where a party has them; what it has not, or may not use, is taken out. */
const recipe = standardRecipe('nl1', { strictness: 'strict', citizenNumber: 'key' })

const usualIdentifiers: Dataset['identifiers'] = [
  { field: 'citizenNumber', headers: ['bsn', 'burgerservicenummer'] },
  { field: 'givenNames', headers: ['voornamen', 'voornaam'] },
  { field: 'initials', headers: ['voorletters', 'initialen'] },
  { field: 'surnamePrefix', headers: ['voorvoegsel', 'tussenvoegsel'] },
  { field: 'surname', headers: ['achternaam', 'geslachtsnaam'] },
  { field: 'birthDate', headers: ['geboortedatum'] },
  { field: 'sex', headers: ['geslacht'] },
  { field: 'postcode', headers: ['postcode'] },
  { field: 'houseNumber', headers: ['huisnummer'] },
  { field: 'houseNumberSuffix', headers: ['toevoeging', 'huisnummertoevoeging'] },
]

export type DraftParty = {
  readonly id: PartyId
  readonly name: string
  /** Its variables are special categories: nothing of the dataset stands at the broker. */
  readonly isSpecial?: boolean
}

function datasetOf({ id, name, isSpecial = false }: DraftParty, isFirst: boolean, at: Date): Dataset {
  const dimensions = isFirst ? exampleDimensions(id, at.getUTCFullYear()) : [yesNo(id)]
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
    identifiers: usualIdentifiers,
    linkageKeys: recipe.keys.map((key) => key.id),
    dimensions: isSpecial ? dimensions.map((one) => ({ ...one, dataKind: 'special' as const })) : dimensions,
    ...(isSpecial ? { extractMode: 'per-request' as const } : {}),
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
    pseudonymMode: 'joint-oprf',
    linkage: recipe,
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

/** Datasets with special categories, or about crime, of which the extracts stand at the broker; titles as people know them. */
export const standingSpecials = ({ datasets }: AgreementDocument): Dataset[] =>
  datasets.filter(
    ({ extractMode, dimensions, measures = [] }) =>
      extractMode !== 'per-request' &&
      [...dimensions, ...measures].some(({ dataKind }) => dataKind === 'special' || dataKind === 'criminal'),
  )

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
