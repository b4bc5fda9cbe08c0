/**
 * Every refusal as people read it: reason and remedy, Dutch and English.
 *
 * Quotes no data of the file: row numbers, and names of expected columns that come from the agreement.
 * @module
 */
import { TabularError, type TabularErrorCode } from './errors.ts'
import type { Text } from './spec.ts'

export type Refusal = {
  readonly code: TabularErrorCode
  readonly row: number | null
  /** Labels of expected columns that were not found; empty for other refusals. */
  readonly missing: readonly Text[]
  readonly message: Text
  readonly remedy: Text
}

const t = (nl: string, en: string): Text => ({ nl, en })
const csvFromExcel = t(
  'Open het bestand in Excel, kies Bestand > Opslaan als > "CSV UTF-8 (door lijstscheidingsteken gescheiden)" en kies dat bestand.',
  'Open the file in Excel, choose File > Save as > "CSV UTF-8 (comma delimited)" and choose that file.',
)
const exportAgain = t(
  'Maak de export opnieuw en wacht tot die helemaal klaar is. Kies daarna het nieuwe bestand.',
  'Make the export again and wait until it has finished. Then choose the new file.',
)

const texts: Record<TabularErrorCode, { readonly message: Text; readonly remedy: Text }> = {
  empty_file: {
    message: t('Het bestand bevat geen regels.', 'The file holds no rows.'),
    remedy: t(
      'Controleer de export in uw bron en kies het bestand opnieuw.',
      'Check the export at its source and choose the file again.',
    ),
  },
  spreadsheet: {
    message: t('Dit is een Excel-bestand of een zip-bestand, geen CSV.', 'This is an Excel or zip file, not CSV.'),
    remedy: csvFromExcel,
  },
  pdf: {
    message: t('Dit is een PDF, geen CSV.', 'This is a PDF, not CSV.'),
    remedy: t(
      'Vraag uw bron om een export als CSV of als tekst met tabs.',
      'Ask your source for an export as CSV or tab-separated text.',
    ),
  },
  binary: {
    message: t('Dit bestand is geen tekst.', 'This file is not text.'),
    remedy: t(
      'Kies een export als CSV of als tekst met tabs. Pak een ingepakt bestand eerst uit.',
      'Choose an export as CSV or tab-separated text. Unpack a compressed file first.',
    ),
  },
  not_a_table: {
    message: t(
      'Dit bestand is JSON, XML of een webpagina, geen tabel.',
      'This file is JSON, XML or a web page, not a table.',
    ),
    remedy: t('Kies een export als CSV of als tekst met tabs.', 'Choose an export as CSV or tab-separated text.'),
  },
  no_header: {
    message: t('De eerste regel bevat geen kolomnamen.', 'The first line does not name the columns.'),
    remedy: t(
      'Exporteer opnieuw met kolomnamen op de eerste regel.',
      'Export again with column names on the first line.',
    ),
  },
  line_too_long: {
    message: t('Een regel is langer dan is toegestaan.', 'A line is longer than is allowed.'),
    remedy: t(
      'Dit is waarschijnlijk geen tabel, of de regeleinden ontbreken. Maak de export opnieuw als CSV.',
      'This is probably not a table, or the line ends are missing. Export again as CSV.',
    ),
  },
  quote_not_closed: {
    message: t(
      'Een aanhalingsteken opent een veld dat niet wordt gesloten.',
      'A quotation mark opens a field that is never closed.',
    ),
    remedy: t(
      'Haal het losse aanhalingsteken op die regel weg in uw bron en exporteer opnieuw.',
      'Remove the stray quotation mark on that row at the source and export again.',
    ),
  },
  truncated: {
    message: t('Het bestand houdt midden in een regel op.', 'The file stops in the middle of a row.'),
    remedy: exportAgain,
  },
  ragged_rows: {
    message: t(
      'Te veel regels hebben een ander aantal kolommen dan de eerste regel.',
      'Too many rows have another number of columns than the first line.',
    ),
    remedy: t(
      'Controleer het scheidingsteken en zet tekst met dat teken tussen aanhalingstekens. Exporteer daarna opnieuw.',
      'Check the delimiter and put text that contains it between quotation marks. Then export again.',
    ),
  },
  wrong_file: {
    message: t('Dit bestand lijkt niet het afgesproken bestand.', 'This does not look like the agreed file.'),
    remedy: t('Kies het bestand dat bij deze levering hoort.', 'Choose the file that belongs to this delivery.'),
  },
  column_missing: {
    message: t('Een verplichte kolom ontbreekt.', 'A required column is missing.'),
    remedy: t(
      'Wijs de kolom zelf aan, of exporteer opnieuw met deze kolom.',
      'Point out the column yourself, or export again with this column.',
    ),
  },
  mapping_invalid: {
    message: t(
      'De koppeling van kolommen past niet bij dit bestand.',
      'The mapping of columns does not fit this file.',
    ),
    remedy: t(
      'Controleer de voorgestelde koppeling en bevestig haar opnieuw.',
      'Check the proposed mapping and confirm it again.',
    ),
  },
  file_changed: {
    message: t('Het bestand is veranderd sinds het is bekeken.', 'The file has changed since it was inspected.'),
    remedy: t('Kies het bestand opnieuw.', 'Choose the file again.'),
  },
  too_many_rows: {
    message: t('Het bestand heeft meer regels dan is afgesproken.', 'The file has more rows than was agreed.'),
    remedy: t(
      'Controleer of dit het juiste bestand is, of vraag een aanpassing van de afspraak.',
      'Check that this is the right file, or ask for a change of the agreement.',
    ),
  },
  spec_invalid: {
    message: t(
      'De beschrijving van deze gegevens in de afspraak klopt niet.',
      'The description of this dataset in the agreement is not consistent.',
    ),
    remedy: t('Vraag de coördinator de afspraak te herstellen.', 'Ask the coordinator to correct the agreement.'),
  },
}

/**
 * The refusal a person reads for a code.
 * @param row - row of the file as a spreadsheet numbers it; is put in front of the message
 * @param missing - labels of expected columns that were not found; are named in the message
 */
export function refusal(code: TabularErrorCode, row: number | null = null, missing: readonly Text[] = []): Refusal {
  const { message, remedy } = texts[code]
  return { code, row, missing, message: withDetails(message, row, missing), remedy }
}

/** The refusal behind a thrown {@link TabularError}. */
export function refusalOf(error: TabularError): Refusal {
  return refusal(error.code, error.row)
}

function withDetails(message: Text, row: number | null, missing: readonly Text[]): Text {
  const one = (text: string, rowWord: string, missingWord: string, names: string[]) =>
    `${row === null ? '' : `${rowWord} ${row}: `}${text}${names.length === 0 ? '' : ` ${missingWord}: ${names.join(', ')}.`}`
  return {
    nl: one(
      message.nl,
      'Regel',
      'Niet gevonden',
      missing.map((name) => name.nl),
    ),
    en: one(
      message.en,
      'Row',
      'Not found',
      missing.map((name) => name.en),
    ),
  }
}
