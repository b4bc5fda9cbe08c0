/**
 * Codes for what can be wrong with a file or a mapping; thrown as `NodeError` by `src/delivery`. What the reader of files
 * refuses has the reader's own code and texts.
 * @module
 */
import { refusal, type TabularErrorCode } from '@kruispunt/tabular'
import type { ProblemTexts } from './problem-texts.ts'

/** A code of the reader that is missing here does not compile. */
const fileCodes: Record<TabularErrorCode, true> = {
  empty_file: true,
  spreadsheet: true,
  pdf: true,
  binary: true,
  not_a_table: true,
  no_header: true,
  line_too_long: true,
  quote_not_closed: true,
  truncated: true,
  ragged_rows: true,
  wrong_file: true,
  column_missing: true,
  mapping_invalid: true,
  file_changed: true,
  too_many_rows: true,
  spec_invalid: true,
}

const own = {
  dataset_unknown: {
    status: 404,
    exit: 2,
    reason: {
      nl: 'Deze dataset staat niet in de deelafspraak, of is niet van uw organisatie.',
      en: 'This dataset is not in the agreement, or not of your organisation.',
    },
    remedy: { nl: 'Kies een van de genoemde datasets.', en: 'Choose one of the datasets listed.' },
  },
  file_not_found: {
    status: 404,
    exit: 2,
    reason: { nl: 'Het bestand is er niet of is niet leesbaar.', en: 'The file is not there, or cannot be read.' },
    remedy: {
      nl: 'Controleer de plaats en de rechten van het bestand.',
      en: "Check the file's place and permissions.",
    },
  },
  rows_with_errors: {
    status: 409,
    exit: 3,
    reason: {
      nl: 'Er zijn regels met fouten. Er is niets klaargezet.',
      en: 'There are rows with errors. Nothing was prepared.',
    },
    remedy: {
      nl: 'Herstel de regels in uw bron, of zeg uitdrukkelijk dat zij wegblijven (--leave-out-bad-rows); hun aantal gaat mee.',
      en: 'Correct the rows at the source, or say explicitly that they stay out (--leave-out-bad-rows); their number travels along.',
    },
  },
  citizen_number_not_allowed: {
    status: 403,
    exit: 4,
    reason: {
      nl: 'Uw organisatie mag volgens de deelafspraak het bsn niet gebruiken.',
      en: 'By the agreement your organisation may not use the citizen number.',
    },
    remedy: { nl: 'Vraag een aanpassing van de deelafspraak.', en: 'Ask for a change of the agreement.' },
  },
  oprf_waiting: {
    status: 409,
    exit: 3,
    reason: {
      nl: 'Niet alle partners hebben hun deel van de gezamenlijke nummers gegeven. Hun knooppunt staat waarschijnlijk uit.',
      en: 'Not every partner has given its part of the joint numbers. Its node is probably not running.',
    },
    remedy: {
      nl: 'Vraag de genoemde partners hun knooppunt aan te zetten en doe dit daarna nog eens. Wat al gevraagd is, wordt niet opnieuw gevraagd.',
      en: 'Ask the partners listed to start their node and then do this again. What was asked already is not asked again.',
    },
  },
  oprf_budget_spent: {
    status: 409,
    exit: 4,
    reason: {
      nl: 'Er zijn meer gezamenlijke nummers gevraagd dan de deelafspraak in dit tijdvak toestaat.',
      en: 'More joint numbers were asked for than the agreement allows in this epoch.',
    },
    remedy: {
      nl: 'Laat een nieuw tijdvak beginnen, of vraag een deelafspraak met een hoger aantal regels.',
      en: 'Have a next epoch begun, or ask for an agreement with more records.',
    },
  },
  oprf_refused: {
    status: 409,
    exit: 4,
    reason: {
      nl: 'Een partner weigert zijn deel van de gezamenlijke nummers te geven.',
      en: 'A partner refuses to give its part of the joint numbers.',
    },
    remedy: {
      nl: 'Bespreek de genoemde reden met die partner; zij staat ook in het controlespoor.',
      en: 'Discuss the reason given with that partner; it is on record too.',
    },
  },
  oprf_evaluator_failed: {
    status: 409,
    exit: 4,
    reason: {
      nl: 'Een partner rekende met een andere sleutel dan afgesproken. De nummers zijn weggegooid en het is vastgelegd.',
      en: 'A partner worked with another key than agreed. The numbers were thrown away and it is on record.',
    },
    remedy: {
      nl: 'Zoek met de genoemde partner uit hoe dat kan, en laat dan een nieuw tijdvak beginnen.',
      en: 'Find out with the partner listed how that came about, and then have a next epoch begun.',
    },
  },
  oprf_state_lost: {
    status: 409,
    exit: 4,
    reason: {
      nl: 'De gegevens van een lopende vraag om gezamenlijke nummers zijn niet heel meer.',
      en: 'What was stored of a question for joint numbers is not intact any more.',
    },
    remedy: {
      nl: 'Zet de map van het knooppunt terug uit een kopie, of laat een nieuw tijdvak beginnen.',
      en: "Restore the node's folder from a copy, or have a next epoch begun.",
    },
  },
  objections_unreadable: {
    status: 422,
    exit: 2,
    reason: {
      nl: 'De opgave van wie bezwaar maakt is niet te lezen. Er is niets klaargezet.',
      en: 'What was given of people who object cannot be read. Nothing was prepared.',
    },
    remedy: {
      nl: 'Zet op iedere regel een bsn, of rij en een regelnummer van het bestand (rij 214).',
      en: 'Put on every line a citizen number, or row and the number of a row of the file (row 214).',
    },
  },
  objections_need_rows: {
    status: 422,
    exit: 2,
    reason: {
      nl: 'Dit bestand heeft geen bsn: met een bsn is niemand erin te vinden. Er is niets klaargezet.',
      en: 'This file has no citizen numbers, so that nobody can be found by one. Nothing was prepared.',
    },
    remedy: {
      nl: 'Zoek de persoon op in uw bron en geef de regels van het bestand (rij 214).',
      en: 'Look the person up at the source and give the rows of the file (row 214).',
    },
  },
} as const satisfies ProblemTexts

const fromReader = Object.fromEntries(
  (Object.keys(fileCodes) as TabularErrorCode[]).map((code) => {
    const { message, remedy } = refusal(code)
    return [code, { status: 422, exit: 2, reason: message, remedy }]
  }),
) as Record<TabularErrorCode, ProblemTexts[string]>

export const deliveryCodes = { ...fromReader, ...own }
