/**
 * Every reason why an analysis is not made, with what to do instead. `contracts/docs/errors.md` has the same lines.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'

type ProblemText = { readonly reason: Bilingual; readonly remedy: Bilingual }

const text = (nl: string, en: string): Bilingual => ({ nl, en })

export const analysisProblems = {
  about_one_person: {
    reason: text(
      'Analyses gaan over groepen. Over één persoon kan en mag dit niets zeggen, en gedrag van personen wordt niet voorspeld.',
      'Analyses are about groups. They cannot and may not say anything of one person, and behaviour of persons is not predicted.',
    ),
    remedy: text('Stel een vraag over groepen of gebieden.', 'Ask a question about groups or areas.'),
  },
  request_malformed: {
    reason: text('De vraag heeft niet de afgesproken vorm.', 'The question does not have the agreed form.'),
    remedy: text('Verbeter de genoemde velden.', 'Correct the fields listed.'),
  },
  answer_malformed: {
    reason: text(
      'Een van de tabellen is geen antwoord van een schakelpunt.',
      'One of the tables is no answer of a broker.',
    ),
    remedy: text('Haal de tabel opnieuw op, als JSON.', 'Fetch the table again, as JSON.'),
  },
  answer_changed: {
    reason: text(
      'Een van de tabellen is veranderd nadat zij is vrijgegeven: de controlesom klopt niet.',
      'One of the tables was changed after it was released: its hash does not fit.',
    ),
    remedy: text(
      'Haal de tabel opnieuw op en verander er niets aan.',
      'Fetch the table again and change nothing in it.',
    ),
  },
  table_missing: {
    reason: text('De vraag noemt een tabel die er niet bij zit.', 'The question names a table that was not given.'),
    remedy: text(
      'Geef de tabel mee, of noem een andere; de eerste is 0.',
      'Give the table too, or name another; the first is 0.',
    ),
  },
  dimension_unknown: {
    reason: text('De tabel heeft dit kenmerk niet.', 'The table does not have this variable.'),
    remedy: text(
      'Kies een kenmerk van de tabel, of vraag een andere tabel aan.',
      'Choose a variable of the table, or ask for another table.',
    ),
  },
  dimension_twice: {
    reason: text('Eén kenmerk wordt twee keer gebruikt.', 'One variable is used twice.'),
    remedy: text('Gebruik ieder kenmerk één keer.', 'Use each variable once.'),
  },
  category_unknown: {
    reason: text(
      'De tabel heeft deze categorie of dit niveau niet.',
      'The table does not have this category or level.',
    ),
    remedy: text('Kies een categorie die in de tabel staat.', 'Choose a category that stands in the table.'),
  },
  category_ambiguous: {
    reason: text('Deze code staat op meer dan één niveau.', 'This code stands on more than one level.'),
    remedy: text('Noem het niveau erbij.', 'Name the level too.'),
  },
  too_few_categories: {
    reason: text('Er blijven te weinig categorieën over om te vergelijken.', 'Too few categories are left to compare.'),
    remedy: text('Kies er ten minste twee.', 'Choose two or more.'),
  },
  noise_without_bound: {
    reason: text(
      'De tabel heeft ruis zonder vaste grens. Een interval waarin de ware waarde altijd ligt, is daar niet van te maken.',
      'The table holds noise without a fixed limit. No interval made from it always holds the true value.',
    ),
    remedy: text(
      'Gebruik een tabel met exacte aantallen of met een begrensde afwijking.',
      'Use a table of exact counts or of counts with a limited error.',
    ),
  },
  largest_error_needed: {
    reason: text(
      'De aantallen in deze tabel hebben een kleine afwijking, en het is niet gezegd hoe groot die hoogstens is.',
      'Counts in this table carry a small error, and it was not said how large that can be.',
    ),
    remedy: text(
      'Geef de grootste afwijking mee; die staat in de deelafspraak.',
      'Give the largest error; it stands in the agreement.',
    ),
  },
  tables_contradict: {
    reason: text('De tabellen spreken elkaar tegen.', 'The tables contradict each other.'),
    remedy: text(
      'Gebruik tabellen van één vrijgave, zoals ze zijn vrijgegeven.',
      'Use tables of one release, as they were released.',
    ),
  },
  bounds_too_large: {
    reason: text(
      'De tabellen zijn samen te groot om de grenzen van onderdrukte cellen te berekenen.',
      'The tables together are too large to work out the bounds of withheld cells.',
    ),
    remedy: text('Gebruik minder tabellen, of grovere categorieën.', 'Use fewer tables, or coarser categories.'),
  },
  bounds_not_found: {
    reason: text(
      'De grenzen van onderdrukte cellen zijn niet op tijd gevonden.',
      'The bounds of withheld cells were not found in time.',
    ),
    remedy: text(
      'Probeer het opnieuw met meer tijd, of met een kleinere tabel.',
      'Try again with more time, or with a smaller table.',
    ),
  },
  cell_without_bound: {
    reason: text(
      'Een onderdrukte cel kan ieder aantal zijn: geen totaal dat te zien is begrenst haar.',
      'A withheld cell may be any number: no total that is shown limits it.',
    ),
    remedy: text('Gebruik een tabel waarvan het totaal te zien is.', 'Use a table whose total is shown.'),
  },
  populations_differ: {
    reason: text('De tabellen tellen niet hetzelfde.', 'The tables do not count the same.'),
    remedy: text(
      'Vergelijk tabellen over dezelfde groep, in dezelfde eenheid.',
      'Compare tables about one population, in one unit.',
    ),
  },
  group_may_be_empty: {
    reason: text('In een groep zit niemand, of misschien niemand.', 'A group is empty, or may be.'),
    remedy: text(
      'Laat de groep weg, of voeg haar samen met een andere.',
      'Leave the group out, or join it with another.',
    ),
  },
  cases_exceed_population: {
    reason: text(
      'De gevallen zijn geen deel van de groep, of er kunnen meer gevallen zijn dan mensen.',
      'The cases are no part of the population, or there may be more cases than people.',
    ),
    remedy: text('Kies het model poisson.', 'Choose the model poisson.'),
  },
  too_few_cases: {
    reason: text(
      'Er zijn te weinig gevallen voor een gestandaardiseerd cijfer: het moeten er zeker 10 zijn.',
      'There are too few cases for a standardised rate: it must be certain that there are 10.',
    ),
    remedy: text('Neem een grotere groep of een langere periode.', 'Take a larger group or a longer period.'),
  },
  standard_incomplete: {
    reason: text(
      'De standaardbevolking heeft niet voor iedere combinatie precies één gewicht.',
      'The standard population does not have exactly one weight for each combination.',
    ),
    remedy: text('Geef voor iedere combinatie één gewicht.', 'Give one weight for each combination.'),
  },
  standard_withheld: {
    reason: text(
      'Een aantal van de standaardbevolking is onderdrukt of nul.',
      'A count of the standard population is withheld or zero.',
    ),
    remedy: text(
      'Neem grovere groepen, of geef zelf een standaardbevolking.',
      'Take coarser groups, or give a standard population.',
    ),
  },
  not_months: {
    reason: text('De perioden zijn geen maanden of kwartalen.', 'The periods are no months or quarters.'),
    remedy: text(
      'Kies een kenmerk met codes als 2026-03 of 2026-Q1.',
      'Choose a variable with codes such as 2026-03 or 2026-Q1.',
    ),
  },
  period_missing: {
    reason: text('Tussen de perioden ontbreekt er een.', 'A period is missing between the others.'),
    remedy: text('Vraag een tabel aan waarin alle perioden staan.', 'Ask for a table that has all periods.'),
  },
  series_too_short: {
    reason: text(
      'De reeks is te kort om te voorspellen: drie hele jaren zijn nodig, 36 maanden of 12 kwartalen.',
      'The series is too short to forecast: three whole years are needed, 36 months or 12 quarters.',
    ),
    remedy: text(
      'Wacht tot er genoeg perioden zijn, of bekijk de trend.',
      'Wait until there are enough periods, or look at the trend.',
    ),
  },
  horizon_too_long: {
    reason: text('Verder dan één jaar vooruit wordt niet voorspeld.', 'Nothing is forecast beyond one year ahead.'),
    remedy: text(
      'Kies een kortere termijn: hoogstens 12 maanden of 4 kwartalen.',
      'Choose a shorter term: at most 12 months or 4 quarters.',
    ),
  },
  record_malformed: {
    reason: text('Dit is geen vastgelegde analyse.', 'This is no record of an analysis.'),
    remedy: text('Geef het bestand zoals het is bewaard.', 'Give the file as it was kept.'),
  },
  other_tables: {
    reason: text(
      'De analyse is met andere tabellen gemaakt dan deze.',
      'The analysis was made from other tables than these.',
    ),
    remedy: text(
      'Geef de tabellen waarvan de controlesommen in de vastlegging staan.',
      'Give the tables whose hashes stand in the record.',
    ),
  },
} as const satisfies Record<string, ProblemText>

export type AnalysisProblemCode = keyof typeof analysisProblems

/** The only error this package throws on purpose, and only inside: callers get an outcome. The message quotes no data. */
export class AnalysisError extends Error {
  override readonly name = 'AnalysisError'
  readonly code: AnalysisProblemCode
  /** Which fields of the question: paths, never values. */
  readonly fields: readonly string[]
  constructor(code: AnalysisProblemCode, fields: readonly string[] = [], options?: ErrorOptions) {
    super(analysisProblems[code].reason.en, options)
    this.code = code
    this.fields = fields
  }
}

/** @throws {@link AnalysisError} */
export function refuseUnless(holds: boolean, code: AnalysisProblemCode): asserts holds {
  if (!holds) throw new AnalysisError(code)
}
