/**
 * Dutch for the short words that statuses and violations have in the API, which is English. What is not listed stays as it is.
 * @module
 */
const dutchStates: Readonly<Record<string, string>> = {
  'in-review': 'ter beoordeling',
  active: 'actief',
  rejected: 'niet akkoord',
  withdrawn: 'ingetrokken',
  superseded: 'vervangen',
  expired: 'verlopen',
  'not-started': 'nog niet begonnen',
  running: 'loopt',
  complete: 'afgerond',
  aborted: 'opgegeven',
  waiting: 'wacht op partners',
  opening: 'wordt geopend',
  open: 'open',
  failed: 'mislukt',
  closed: 'gesloten',
}

const dutchFaults: Readonly<Record<string, string>> = {
  'still to be written': 'nog in te vullen',
  'has not enrolled': 'nog niet ingeschreven',
  'a code occurs twice': 'een code staat er twee keer',
  'the code for unknown is not in the list': 'de code voor onbekend staat niet in de codelijst',
  'levels and code lists differ in number': 'er zijn niet evenveel niveaus als codelijsten',
  'a category has no parent one level up': 'een categorie heeft geen categorie op het niveau erboven',
  'a top category has a parent': 'een categorie op het hoogste niveau heeft een bovenliggende categorie',
  'a band has no category': 'een klasse heeft geen code in de codelijst',
  'a party occurs twice': 'een partij staat er twee keer',
  'not after validFrom': 'ligt niet na validFrom',
  'an id occurs twice': 'een id staat er twee keer',
  'this id occurs twice': 'dit id staat er twee keer',
  'its party is not in the agreement': 'de partij staat niet in de deelafspraak',
  'links on the citizen number, which its party may not use':
    'koppelt op het bsn, maar de partij mag dat niet gebruiken',
  'no heading named under which the citizen number stands': 'er is geen kolomnaam genoemd voor het bsn',
  'records have no name': 'geef in recordLabel een naam voor de registraties',
  'unknown dataset': 'deze dataset staat niet in de deelafspraak',
  'unknown population': 'deze populatie staat niet in de deelafspraak',
  'unknown dimension': 'noemt een kenmerk dat niet in de deelafspraak staat',
  'counts records of a dataset that has none': 'telt registraties van een dataset die er geen heeft',
  'households need a household key': 'huishoudens tellen kan in deze versie niet',
  'the codes have to be yes, no and the one for unknown': 'de codes moeten yes, no en die voor onbekend zijn',
  'every code but unknown needs one band, and each band a code': 'iedere code behalve onbekend hoort bij één klasse',
  'bands have to rise and join, the last one open':
    'de klassen moeten oplopen en aansluiten; de laatste is open (below: null)',
  'bands have to rise and not overlap': 'de klassen moeten oplopen en mogen elkaar niet overlappen',
  'the codes have to be the months from `from` to `to`, and unknown':
    'de codes moeten de maanden van from tot en met to zijn, en onbekend',
  'no errors of this size keep small counts away and average zero':
    'met afwijkingen van deze grootte kunnen kleine aantallen niet wegblijven en is het gemiddelde niet nul',
  'errors cannot vary so much within their largest': 'de variantie is te groot voor de grootste afwijking',
  'records are not counted with noise': 'registraties kunnen niet met ruis worden geteld',
  'areas have two levels: districts above neighbourhoods': 'gebied heeft twee niveaus: wijk, en daaronder buurt',
}

type Language = 'nl' | 'en'
export const stateWord = (language: Language, state: string): string =>
  language === 'nl' ? (dutchStates[state] ?? state) : state
export const faultWords = (language: Language, fault: string): string =>
  language === 'nl' ? (dutchFaults[fault] ?? fault) : fault
