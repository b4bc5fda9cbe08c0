/**
 * The fixed words around an agreement's own text, in both languages. Terms follow the glossary.
 * @module
 */
import type { AgreementDocument, Derivation } from '@kruispunt/contracts'
import type { Language } from '../delivery-port.ts'

type Role = AgreementDocument['parties'][number]['role']
type Kind = AgreementDocument['datasets'][number]['dimensions'][number]['dataKind']

export type AgreementWords = {
  readonly [W in
    | 'agreement'
    | 'code'
    | 'id'
    | 'lab'
    | 'reference'
    | 'version'
    | 'supersedes'
    | 'valid'
    | 'issue'
    | 'summary'
    | 'purpose'
    | 'questions'
    | 'notUsedFor'
    | 'parties'
    | 'role'
    | 'contact'
    | 'legalBasis'
    | 'citizenNumber'
    | 'allowed'
    | 'notAllowed'
    | 'mostRecords'
    | 'approval'
    | 'standing'
    | 'data'
    | 'dataSubjects'
    | 'originalPurpose'
    | 'compatibility'
    | 'period'
    | 'schedule'
    | 'person'
    | 'record'
    | 'linkage'
    | 'noLinkage'
    | 'variables'
    | 'meaning'
    | 'whyNeeded'
    | 'kind'
    | 'derived'
    | 'codes'
    | 'leaves'
    | 'unknown'
    | 'neutral'
    | 'everybody'
    | 'from'
    | 'tables'
    | 'countsOf'
    | 'crosses'
    | 'filters'
    | 'atOnce'
    | 'disclosure'
    | 'minimum'
    | 'groupShare'
    | 'zeros'
    | 'insider'
    | 'coalition'
    | 'questionBudget'
    | 'requestBudget'
    | 'jobMinutes'
    | 'recipients'
    | 'onwardSharing'
    | 'publication'
    | 'location'
    | 'transfers'
    | 'retention'
    | 'deliveries'
    | 'results'
    | 'logs'
    | 'reason'
    | 'jointArrangement'
    | 'processor'
    | 'dpia'
    | 'required'
    | 'notRequired'
    | 'outcome'
    | 'dpoAdvice'
    | 'risks'
    | 'measure'
    | 'remaining'
    | 'evaluation'
    | 'exit'
    | 'attachments'
    | 'signatures'
    | 'signed'
    | 'refused'
    | 'waiting'
    | 'none'
    | 'yes'
    | 'no'
    | 'unitpersons'
    | 'unitrecords'
    | 'unithouseholds']: string
} & {
  readonly roles: Record<Role, string>
  readonly kinds: Record<Kind, string>
  readonly approvers: (count: number) => string
  readonly tokenRecipe: string
  readonly derivation: (derivation: Derivation) => string
  readonly zeroRules: Record<AgreementDocument['disclosure']['zeros'], string>
  readonly onward: Record<AgreementDocument['onwardSharing'], string>
  readonly remainingRisk: Record<'low' | 'medium' | 'high', string>
}

const nl: AgreementWords = {
  agreement: 'DEELAFSPRAAK',
  code: 'Controlecode',
  id: 'Kenmerk van de tekst',
  lab: 'Datalab',
  reference: 'Kenmerk',
  version: 'versie',
  supersedes: 'Vervangt deelafspraak',
  valid: 'Geldig',
  issue: 'Vraagstuk',
  summary: 'Samenvatting voor inwoners',
  purpose: 'Verwerkingsdoel',
  questions: 'Te beantwoorden vragen',
  notUsedFor: 'Niet gebruiken voor',
  parties: 'PARTIJEN',
  role: 'Rol',
  contact: 'Contact',
  legalBasis: 'Grondslag',
  citizenNumber: 'Bsn gebruiken',
  allowed: 'mag, op grond van',
  notAllowed: 'mag niet',
  mostRecords: 'Levert ten hoogste (personen of regels)',
  approval: 'Aanvragen',
  standing: 'deze deelafspraak is de toestemming; het knooppunt controleert en geeft zelf vrij',
  data: 'GEGEVENS PER PARTIJ',
  dataSubjects: 'Betrokkenen',
  originalPurpose: 'Oorspronkelijk doel',
  compatibility: 'Verenigbaarheid',
  period: 'Periode',
  schedule: 'Levermoment',
  person: 'één regel per persoon',
  record: 'één regel per gebeurtenis',
  linkage: 'Koppelen',
  noLinkage: 'wordt niet op personen gekoppeld',
  variables: 'Kenmerken',
  meaning: 'Betekenis',
  whyNeeded: 'Waarom nodig',
  kind: 'Soort',
  derived: 'Zo gemaakt',
  codes: 'Codelijst',
  unknown: 'Code voor onbekend',
  neutral: 'Categorieën die volgens partijen niets over een persoon zeggen, en waar deze grens niet voor geldt',
  everybody: 'iedereen die bij een partij bekend is',
  from: 'uit dataset',
  leaves: 'Alleen deze codes verlaten de partij, versleuteld per kolom.',
  tables: 'TOEGESTANE KRUISTABELLEN',
  countsOf: 'Telt',
  crosses: 'Kenmerken',
  filters: 'Selecties',
  atOnce: 'Tegelijk ten hoogste',
  disclosure: 'ONTHULLINGSCONTROLE',
  minimum: 'Ondergrens: een getoonde cel telt ten minste dit aantal personen',
  groupShare: 'Ten hoogste dit deel van een groep in één categorie (%)',
  zeros: 'Lege cellen',
  insider: 'Rekening houden met een partner die eigen gegevens kent',
  coalition: 'Samenspannende partners waartegen wordt gerekend',
  questionBudget: 'Vragen per deelafspraak, ten hoogste',
  requestBudget: 'Berekeningen, ten hoogste',
  jobMinutes: 'Een berekening staat ten hoogste open (minuten)',
  recipients: 'Ontvangers',
  onwardSharing: 'Doorleveren',
  publication: 'Openbaar maken',
  location: 'Verwerkingslocatie',
  transfers: 'Doorgifte buiten de EER',
  retention: 'BEWAREN',
  deliveries: 'Leveringen (dagen)',
  results: 'Uitkomsten',
  logs: 'Controlespoor',
  reason: 'Motivatie',
  jointArrangement: 'Onderlinge regeling',
  processor: 'Verwerker',
  dpia: 'DPIA',
  required: 'verplicht',
  notRequired: 'niet verplicht',
  outcome: 'Uitkomst',
  dpoAdvice: 'Advies FG',
  risks: "RISICO'S",
  measure: 'Maatregel',
  remaining: 'Restrisico',
  evaluation: 'Evaluatie',
  exit: 'Uittreden en opheffen',
  attachments: 'BIJLAGEN',
  signatures: 'ONDERTEKENING',
  signed: 'ondertekend',
  refused: 'niet akkoord',
  waiting: 'nog niet',
  none: 'geen',
  yes: 'ja',
  no: 'nee',
  unitpersons: 'personen',
  unitrecords: 'regels',
  unithouseholds: 'huishoudens',
  roles: {
    'joint-controller': 'gezamenlijk verwerkingsverantwoordelijke',
    processor: 'verwerker',
    recipient: 'ontvanger',
  },
  kinds: { ordinary: 'gewoon', sensitive: 'gevoelig', special: 'bijzonder', criminal: 'strafrechtelijk' },
  approvers: (count) => `iedere aanvraag wordt goedgekeurd door ${count} functionaris(sen) van deze partij`,
  tokenRecipe:
    'Iedere sleutel wordt bij de partij versleuteld met een geheim dat de partnerknooppunten samen maken en dat het schakelpunt niet kent. Alleen pseudoniemen gaan weg, nooit namen, adressen, geboortedata of het bsn.',
  derivation: (derivation) => {
    switch (derivation.kind) {
      case 'category':
        return 'uit de codelijst'
      case 'yes-no':
        return 'ja of nee'
      case 'age-band':
        return `leeftijdsgroep uit de geboortedatum op ${derivation.referenceDate}; de geboortedatum gaat niet weg`
      case 'number-band':
        return 'groep waarin het getal valt; het getal gaat niet weg'
      case 'area':
        return 'gebied (wijk of buurt)'
      case 'month':
        return `maand, van ${derivation.from} tot en met ${derivation.to}; dag en tijd gaan niet weg`
    }
  },
  zeroRules: {
    publish: 'worden getoond',
    'protect-foreign': 'worden beschermd waar een ander ze zou kunnen gebruiken',
    'protect-all': 'worden altijd beschermd',
  },
  onward: { yes: 'ja', no: 'nee', 'after-consent': 'na toestemming' },
  remainingRisk: { low: 'laag', medium: 'midden', high: 'hoog' },
}

const en: AgreementWords = {
  agreement: 'SHARING AGREEMENT',
  code: 'Short code',
  id: 'Identifier of the text',
  lab: 'Data Lab',
  reference: 'Reference',
  version: 'version',
  supersedes: 'Supersedes agreement',
  valid: 'Valid',
  issue: 'Social issue',
  summary: 'Summary for residents',
  purpose: 'Purpose of processing',
  questions: 'Questions to answer',
  notUsedFor: 'Not to be used for',
  parties: 'PARTIES',
  role: 'Role',
  contact: 'Contact',
  legalBasis: 'Legal basis',
  citizenNumber: 'Use of the bsn',
  allowed: 'allowed, by',
  notAllowed: 'not allowed',
  mostRecords: 'Delivers at most (persons or records)',
  approval: 'Requests',
  standing: 'this agreement is the approval; the node checks and releases by itself',
  data: 'DATA PER PARTY',
  dataSubjects: 'Data subjects',
  originalPurpose: 'Original purpose',
  compatibility: 'Compatibility',
  period: 'Period',
  schedule: 'Delivered',
  person: 'one row per person',
  record: 'one row per event',
  linkage: 'Linking',
  noLinkage: 'is not linked on persons',
  variables: 'Variables',
  meaning: 'Meaning',
  whyNeeded: 'Why needed',
  kind: 'Kind',
  derived: 'Made',
  codes: 'Code list',
  unknown: 'Code for unknown',
  neutral: 'Categories that by agreement say nothing about a person, to which this limit does not apply',
  everybody: 'everybody known to any party',
  from: 'from dataset',
  leaves: 'Only these codes leave the party, encrypted by column.',
  tables: 'ALLOWED CROSS-TABS',
  countsOf: 'Counts',
  crosses: 'Variables',
  filters: 'Filters',
  atOnce: 'At most at once',
  disclosure: 'DISCLOSURE CHECK',
  minimum: 'Minimum: a cell that is shown counts at least this many persons',
  groupShare: 'Largest share of a group in one category (%)',
  zeros: 'Empty cells',
  insider: 'Allow for a partner that knows its own data',
  coalition: 'Colluding partners that are allowed for',
  questionBudget: 'Questions under this agreement, at most',
  requestBudget: 'Analysis jobs, at most',
  jobMinutes: 'A job is open at most (minutes)',
  recipients: 'Recipients',
  onwardSharing: 'Onward sharing',
  publication: 'Publication',
  location: 'Place of processing',
  transfers: 'Transfers outside the EEA',
  retention: 'RETENTION',
  deliveries: 'Deliveries (days)',
  results: 'Results',
  logs: 'Audit trail',
  reason: 'Reason',
  jointArrangement: 'Joint controller arrangement',
  processor: 'Processor',
  dpia: 'DPIA',
  required: 'required',
  notRequired: 'not required',
  outcome: 'Outcome',
  dpoAdvice: 'Advice of the DPO',
  risks: 'RISKS',
  measure: 'Measure',
  remaining: 'Remaining risk',
  evaluation: 'Evaluation',
  exit: 'Leaving and ending',
  attachments: 'ATTACHMENTS',
  signatures: 'SIGNATURES',
  signed: 'signed',
  refused: 'refused',
  waiting: 'not yet',
  none: 'none',
  yes: 'yes',
  no: 'no',
  unitpersons: 'persons',
  unitrecords: 'records',
  unithouseholds: 'households',
  roles: { 'joint-controller': 'joint controller', processor: 'processor', recipient: 'recipient' },
  kinds: { ordinary: 'ordinary', sensitive: 'sensitive', special: 'special category', criminal: 'criminal' },
  approvers: (count) => `each request is approved by ${count} officer(s) of this party`,
  tokenRecipe:
    'Each key is encrypted at the party with a secret that the nodes make together and the broker does not know. Only pseudonyms leave, never names, addresses, dates of birth or the bsn.',
  derivation: (derivation) => {
    switch (derivation.kind) {
      case 'category':
        return 'from the code list'
      case 'yes-no':
        return 'yes or no'
      case 'age-band':
        return `age group from the date of birth on ${derivation.referenceDate}; the date of birth does not leave`
      case 'number-band':
        return 'group in which the number falls; the number does not leave'
      case 'area':
        return 'area (district or neighbourhood)'
      case 'month':
        return `month, from ${derivation.from} to ${derivation.to}; day and time do not leave`
    }
  },
  zeroRules: {
    publish: 'are shown',
    'protect-foreign': 'are protected where somebody else could use them',
    'protect-all': 'are always protected',
  },
  onward: { yes: 'yes', no: 'no', 'after-consent': 'after consent' },
  remainingRisk: { low: 'low', medium: 'medium', high: 'high' },
}

export const agreementWords: Record<Language, AgreementWords> = { nl, en }
