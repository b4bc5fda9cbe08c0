/**
 * What was found while reading, gathered: exact counts, a few rows as examples, a reason and a remedy.
 *
 * Never holds the value of an identifier. Only spellings that a code list does not know are named, when they are short and
 * few: a column with many different ones is probably not a category, and its values stay out.
 * @module
 */
import type { FieldSpec, Text } from './spec.ts'

const t = (nl: string, en: string): Text => ({ nl, en })
const atSource = t(
  'Controleer het in uw bron en lever de regel opnieuw aan.',
  'Check it at the source and deliver the row again.',
)

const texts = {
  ragged_row: {
    message: t(
      'deze regel heeft een ander aantal kolommen dan de eerste regel',
      'this row has another number of columns than the header',
    ),
    remedy: t(
      'Staat het scheidingsteken in een veld? Zet dat veld in uw bron tussen aanhalingstekens.',
      'Is the delimiter inside a field? Put that field between quotation marks at the source.',
    ),
  },
  bsn_malformed: {
    message: t('dit is geen nummer van negen cijfers', 'this is not a number of nine digits'),
    remedy: atSource,
  },
  bsn_eleven_test: {
    message: t('dit nummer voldoet niet aan de elfproef', 'this number fails the eleven test'),
    remedy: atSource,
  },
  bsn_filler: {
    message: t(
      'dit is een bekend opvulnummer, niet het nummer van een persoon',
      'this is a known filler, not the number of a person',
    ),
    remedy: t(
      'Laat het veld in uw bron leeg als het nummer onbekend is.',
      'Leave the field empty at the source when the number is not known.',
    ),
  },
  not_a_date: {
    message: t('dit is geen bestaande datum', 'this is not a date of the calendar'),
    remedy: t(
      'Schrijf datums als jjjj-mm-dd, dd-mm-jjjj of jjjjmmdd.',
      'Write dates as yyyy-mm-dd, dd-mm-yyyy or yyyymmdd.',
    ),
  },
  date_in_future: {
    message: t('deze geboortedatum ligt na de peildatum', 'this date of birth is after the reference date'),
    remedy: atSource,
  },
  age_implausible: {
    message: t(
      'volgens deze geboortedatum is de persoon ouder dan 125 jaar',
      'by this date of birth the person is older than 125',
    ),
    remedy: atSource,
  },
  outside_period: {
    message: t('deze maand valt buiten de afgesproken periode', 'this month is outside the agreed period'),
    remedy: t(
      'De regel telt mee met maand onbekend. Laat haar weg als zij niet bij deze levering hoort.',
      'The row counts with month unknown. Leave it out if it does not belong to this delivery.',
    ),
  },
  not_a_number: {
    message: t('dit is geen getal', 'this is not a number'),
    remedy: t('Schrijf getallen als 1234,5 zonder eenheid of tekst.', 'Write numbers as 1234.5 without unit or text.'),
  },
  outside_bands: {
    message: t('dit getal valt buiten de afgesproken klassen', 'this number is outside the agreed bands'),
    remedy: atSource,
  },
  value_not_listed: {
    message: t('deze waarde staat niet in de afgesproken codelijst', 'this value is not in the agreed code list'),
    remedy: t(
      'De regel telt mee als onbekend. Herstel de waarde in uw bron, of vraag de codelijst aan te vullen.',
      'The row counts as unknown. Correct the value at the source, or ask to extend the code list.',
    ),
  },
  mixed_encoding: {
    message: t(
      'dit veld is in een andere tekenset geschreven dan de rest van het bestand',
      'this field is written in another character set than the rest of the file',
    ),
    remedy: t(
      'Het veld is hersteld gelezen. Exporteer bij voorkeur alles als UTF-8.',
      'The field was read with repair. Preferably export everything as UTF-8.',
    ),
  },
  last_line_not_ended: {
    message: t(
      'de laatste regel heeft geen regeleinde; het bestand kan afgebroken zijn',
      'the last line has no line end; the file may have been cut off',
    ),
    remedy: t('Vergelijk het aantal regels met uw bron.', 'Compare the number of rows with the source.'),
  },
} as const

export type FindingCode = keyof typeof texts
/** `error`: the row is bad. `warning`: the value became unknown. `notice`: nothing was lost. */
export type Severity = 'error' | 'warning' | 'notice'

export type Finding = {
  readonly code: FindingCode
  readonly severity: Severity
  /** Id of the field, or null when it concerns the row as a whole. */
  readonly field: string | null
  /** Header in the file, or null when it concerns the row as a whole. */
  readonly column: string | null
  /** How many rows. */
  readonly count: number
  /** The first of them, as a spreadsheet numbers rows (header = 1). */
  readonly rows: readonly number[]
  /** Spellings the code list does not know, most frequent first; empty for every other finding. */
  readonly values: readonly { readonly value: string; readonly count: number }[]
  readonly message: Text
  readonly remedy: Text
}

type Gathered = { -readonly [K in 'code' | 'severity' | 'field' | 'column' | 'count']: Finding[K] } & {
  rows: number[]
  values: Map<string, number>
  tooMany: boolean
}

const MOST_VALUES = 25
const LONGEST_VALUE = 40

export class Findings {
  readonly #all = new Map<string, Gathered>()
  readonly #examples: number

  /** @param examples - how many rows are named per column and reason */
  constructor(examples: number) {
    this.#examples = examples
  }

  add(code: FindingCode, severity: Severity, field: FieldSpec | null, column: string | null, row: number): Gathered {
    const key = `${code} ${field?.id ?? ''}`
    let found = this.#all.get(key)
    if (found === undefined) {
      found = {
        code,
        severity,
        field: field?.id ?? null,
        column,
        count: 0,
        rows: [],
        values: new Map(),
        tooMany: false,
      }
      this.#all.set(key, found)
    }
    found.count += 1
    if (found.rows.length < this.#examples) found.rows.push(row)
    return found
  }

  addUnlisted(field: FieldSpec, severity: Severity, column: string, row: number, value: string): void {
    const found = this.add('value_not_listed', severity, field, column, row)
    if (found.tooMany) return
    // Seven digits in a row could be a number of a person; a long text could be a note about one.
    const shown =
      value.length <= LONGEST_VALUE && !/\d{7}|\d[.\- ]?\d[.\- ]?\d[.\- ]?\d[.\- ]?\d[.\- ]?\d[.\- ]?\d/.test(value)
        ? value
        : ''
    found.values.set(shown, (found.values.get(shown) ?? 0) + 1)
    if (found.values.size > MOST_VALUES) {
      found.tooMany = true
      found.values.clear()
    }
  }

  /** Errors first, then by count. */
  list(): Finding[] {
    const order: Record<Severity, number> = { error: 0, warning: 1, notice: 2 }
    return [...this.#all.values()]
      .sort((a, b) => order[a.severity] - order[b.severity] || b.count - a.count)
      .map(({ values, tooMany: _, ...found }) => ({
        ...found,
        values: [...values]
          .filter(([value]) => value !== '')
          .map(([value, count]) => ({ value, count }))
          .sort((a, b) => b.count - a.count),
        ...texts[found.code],
      }))
  }
}

/** One finding at one row as a person reads it: "Regel 214, kolom bsn: dit nummer voldoet niet aan de elfproef. Controleer …" */
export function describeFinding(finding: Finding, row: number): Text {
  const one = (rowWord: string, columnWord: string, language: 'nl' | 'en') =>
    `${rowWord} ${row}${finding.column === null ? '' : `, ${columnWord} ${finding.column}`}: ${finding.message[language]}. ${finding.remedy[language]}`
  return { nl: one('Regel', 'kolom', 'nl'), en: one('Row', 'column', 'en') }
}
