/**
 * Why a job could not be opened. Everybody in the lab may read it, so it says whose delivery and what is wrong with it,
 * and nothing of what is in it.
 * @module
 */
import type { AgreementDocument, Bilingual, PartyId } from '@kruispunt/contracts'

const reasons = {
  column_missing: {
    nl: 'De aanvraag vraagt niet om de kolommen waarmee de levering van {party} gekoppeld wordt.',
    en: 'The request leaves out the columns that link the delivery of {party}.',
  },
  dataset_twice: {
    nl: 'De aanvraag noemt twee leveringen van dezelfde dataset van {party}.',
    en: 'The request names two deliveries of the same dataset of {party}.',
  },
  key_release_invalid: {
    nl: 'De vrijgegeven sleutels van {party} gaan niet open voor deze berekening.',
    en: 'The keys released by {party} do not open for this job.',
  },
  key_not_committed: {
    nl: 'Een vrijgegeven sleutel van {party} is niet de sleutel die bij de levering is vastgelegd.',
    en: 'A key released by {party} is not the one its delivery committed to.',
  },
  column_damaged: {
    nl: 'Een kolom van {party} is beschadigd, verwisseld of niet volledig.',
    en: 'A column of {party} is damaged, swapped or not complete.',
  },
  column_malformed: {
    nl: 'Een kolom van {party} heeft niet de afgesproken vorm of bevat een code buiten de codelijst.',
    en: 'A column of {party} does not have the agreed form, or holds a code outside the code list.',
  },
  linking_failed: {
    nl: 'De leveringen konden niet worden gekoppeld.',
    en: 'The deliveries could not be linked.',
  },
  engine_failed: {
    nl: 'De leveringen konden niet worden geladen om te tellen.',
    en: 'The deliveries could not be loaded for counting.',
  },
  unexpected: {
    nl: 'Er ging iets mis bij het openen van de leveringen; er is niets getoond.',
    en: 'Something went wrong when opening the deliveries; nothing was shown.',
  },
} as const satisfies Record<string, Bilingual>
export type JobFailureCode = keyof typeof reasons

/** Thrown on the way to an open job, and kept with the job that failed. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure'
  readonly code: JobFailureCode
  readonly party: PartyId | undefined
  constructor(code: JobFailureCode, party?: PartyId, options?: ErrorOptions) {
    super(reasons[code].en.replace('{party}', 'a party'), options)
    this.code = code
    this.party = party
  }
}

/** For people, with the party's name. */
export function failureText({ code, party }: JobFailure, agreement: AgreementDocument): Bilingual {
  const name = agreement.parties.find(({ id }) => id === party)?.name ?? party ?? ''
  const { nl, en } = reasons[code]
  return { nl: nl.replace('{party}', () => name), en: en.replace('{party}', () => name) }
}
