/**
 * The fixed words around identifiers, amounts and ways of answering, in both languages. Terms follow the glossary.
 * @module
 */
import type { AnswerMode, IdentifierField, Population, PseudonymMode } from '@kruispunt/contracts'
import type { Language } from '../delivery-port.ts'

export type AnswerWords = {
  readonly linking: string
  readonly identifiers: string
  readonly fields: Readonly<Record<IdentifierField, string>>
  readonly keysUsed: string
  /** What the way of making tokens of citizen numbers keeps out, and what it does not. */
  readonly pseudonymMode: Readonly<Record<PseudonymMode, string>>
  readonly selfTest: (people: number) => string
  readonly measures: string
  readonly unit: string
  readonly decimals: string
  readonly bounds: string
  readonly singleRequests: string
  readonly stricter: string
  readonly sums: string
  readonly sumsRule: (percent: number) => string
  readonly dominance: (largest: number, percent: number) => string
  readonly amounts: string
  readonly populations: string
  readonly answers: (mode: AnswerMode) => string
}

const nl: AnswerWords = {
  linking: 'HERKENNEN VAN DEZELFDE PERSOON',
  identifiers: 'Velden om personen te herkennen (gaan niet weg)',
  fields: {
    citizenNumber: 'burgerservicenummer',
    surname: 'achternaam',
    surnamePrefix: 'tussenvoegsel',
    partnerSurname: 'achternaam partner',
    partnerSurnamePrefix: 'tussenvoegsel partner',
    givenNames: 'voornamen',
    initials: 'voorletters',
    callingName: 'roepnaam',
    birthDate: 'geboortedatum',
    sex: 'geslacht',
    postcode: 'postcode',
    houseNumber: 'huisnummer',
    houseNumberSuffix: 'toevoeging',
    street: 'straat',
    place: 'woonplaats',
    addressId: 'adresnummer (BAG)',
  },
  keysUsed: 'Sleutels uit het recept',
  pseudonymMode: {
    'joint-oprf':
      'Bsn: van ieder bsn maken alle partijen samen een nummer, zonder dat een ander het bsn ziet. Daarvoor houdt iedere partij een eigen deel van een sleutel; wie niet alle delen heeft, kan geen nummer terugrekenen naar een bsn, ook een partij en het schakelpunt samen niet. Iedere partij mag in een tijdvak een tiende meer nummers vragen dan zij hierboven regels levert; wat zij vraagt staat in het controlespoor. Zonder het knooppunt van iedere andere partij kan niemand leveren.',
    salted:
      'Bsn: het bsn wordt alleen versleuteld met het gezamenlijke geheim. Een partij die samenwerkt met een schakelpunt dat de pseudoniemen bewaart, kan alle mogelijke nummers proberen en de pseudoniemen zo terugrekenen.',
  },
  selfTest: (people) =>
    `Zelftest: iedere levering draagt ook rijen over ${people} verzonnen mensen, die apart worden gekoppeld en in geen telling meedoen. Zo blijkt of alle knooppunten namen en adressen gelijk lezen.`,
  measures: 'Hoeveelheden die worden opgeteld (versleuteld per kolom)',
  unit: 'Eenheid',
  decimals: 'cijfers achter de komma',
  bounds: 'van – tot en met',
  singleRequests:
    'Bewaren: blijft bij de eigen partij en staat niet bij het schakelpunt. Voor iedere goedgekeurde aanvraag die de gegevensbeheerder bevestigt, wordt een uittreksel gemaakt van alleen de gevraagde kenmerken, met een eigen sleutel en eigen pseudoniemen. Daarna wordt het vernietigd',
  stricter: 'Strenger dan de deelafspraak',
  sums: 'Sommen en gemiddelden',
  sumsRule: (percent) => `p%-regel met p = ${percent}: niemand kan een bijdrage tot op ${percent}% schatten`,
  dominance: (largest, percent) => `de ${largest} grootste bijdragen samen zijn hoogstens ${percent}%`,
  amounts: 'Hoeveelheden',
  populations: 'POPULATIES',
  answers: (mode) => {
    switch (mode.kind) {
      case 'suppression':
        return 'exacte aantallen; onveilige cellen worden achtergehouden'
      case 'cell-key':
        return `ieder aantal krijgt een kleine vaste afwijking van hoogstens ${mode.maxDeviation} (variantie ${mode.variance}); aantallen van 1 tot en met ${mode.smallestShown} komen niet voor`
      case 'differential-privacy':
        return `ieder aantal krijgt toeval erbij; budget epsilon ${mode.epsilon}, delta ${mode.delta}, ${mode.epsilonPerTable} per tabel; is het budget op, dan worden vragen geweigerd`
    }
  },
}

const en: AnswerWords = {
  linking: 'RECOGNISING THE SAME PERSON',
  identifiers: 'Fields that recognise people (they do not leave)',
  fields: {
    citizenNumber: 'citizen number',
    surname: 'surname',
    surnamePrefix: 'surname prefix',
    partnerSurname: 'surname of partner',
    partnerSurnamePrefix: 'surname prefix of partner',
    givenNames: 'given names',
    initials: 'initials',
    callingName: 'calling name',
    birthDate: 'date of birth',
    sex: 'sex',
    postcode: 'postcode',
    houseNumber: 'house number',
    houseNumberSuffix: 'house number suffix',
    street: 'street',
    place: 'place',
    addressId: 'address id (BAG)',
  },
  keysUsed: 'Keys of the recipe',
  pseudonymMode: {
    'joint-oprf':
      'Bsn: all parties together make a number of each bsn, and nobody else sees the bsn. Each party keeps a part of a key of its own; who does not have all parts cannot turn a number back into a bsn, nor can a party and the broker together. In an epoch each party may ask for a tenth more numbers than the records it delivers above; what it asks is on record. Nobody can deliver without the node of every other party.',
    salted:
      'Bsn: the bsn is only encrypted with the joint secret. A party that works together with a broker that keeps the pseudonyms can try all possible numbers and so turn the pseudonyms back.',
  },
  selfTest: (people) =>
    `Self-test: every delivery also carries rows about ${people} invented people, who are linked apart and take part in no count. It shows whether all nodes read names and addresses alike.`,
  measures: 'Amounts that are added up (encrypted by column)',
  unit: 'Unit',
  decimals: 'digits behind the decimal point',
  bounds: 'from – up to and including',
  singleRequests:
    'Keeping: stays with its own party and does not lie at the broker. For each approved request that the data steward confirms, an extract is made of the variables asked and no others, with a key and pseudonyms of its own. It is destroyed afterwards',
  stricter: 'Stricter than the agreement',
  sums: 'Sums and means',
  sumsRule: (percent) => `p% rule with p = ${percent}: nobody can estimate a contribution to within ${percent}%`,
  dominance: (largest, percent) => `the ${largest} largest contributions together are at most ${percent}%`,
  amounts: 'Amounts',
  populations: 'POPULATIONS',
  answers: (mode) => {
    switch (mode.kind) {
      case 'suppression':
        return 'exact counts; unsafe cells are withheld'
      case 'cell-key':
        return `every count carries a small fixed error of at most ${mode.maxDeviation} (variance ${mode.variance}); counts from 1 to ${mode.smallestShown} do not appear`
      case 'differential-privacy':
        return `every count carries random noise; budget epsilon ${mode.epsilon}, delta ${mode.delta}, ${mode.epsilonPerTable} a table; once it is spent questions are refused`
    }
  },
}

export const answerWords: Record<Language, AnswerWords> = { nl, en }

/** What the agreement says of a population's answers; suppression when it says nothing. */
export const answersOf = ({ answers }: Population): AnswerMode => answers ?? { kind: 'suppression' }
