/**
 * Faults and remarks in words, Dutch first. Every fault says what it means for whoever relies on the log.
 * @module
 */
import type { FaultCode } from '../replay.ts'
import type { AnswerVerdict } from './answers.ts'
import type { Remark } from './places.ts'

export type Language = 'nl' | 'en'
type Both = { readonly nl: string; readonly en: string }

export const faultWords: Readonly<Record<FaultCode, Both>> = {
  entry_not_canonical: {
    nl: 'de regel staat niet in de vaste schrijfwijze: hij is veranderd',
    en: 'the line is not in the one form there is: it was changed',
  },
  envelope_malformed: {
    nl: 'de envelop om de verklaring klopt niet',
    en: 'the envelope around the statement is not right',
  },
  envelope_not_canonical: {
    nl: 'de ondertekende tekst staat niet in de vaste schrijfwijze',
    en: 'the signed text is not in the one form there is',
  },
  signer_unknown: {
    nl: 'ondertekend met een sleutel die niet op de deelnemerslijst staat',
    en: 'signed with a key that is not in the roster',
  },
  signature_invalid: {
    nl: 'de handtekening past niet bij de tekst: een van beide is veranderd',
    en: 'the signature does not fit the text: one of the two was changed',
  },
  statement_malformed: {
    nl: 'de verklaring heeft te veel of te weinig onderdelen, of is van een soort die deze controle niet kent (gebruik dan een nieuwere versie)',
    en: 'the statement has too many or too few members, or is of a kind that this check does not know (use a newer version then)',
  },
  wrong_lab: { nl: 'de verklaring hoort bij een ander Datalab', en: 'the statement belongs to another lab' },
  chain_gap: {
    nl: 'eerdere verklaringen met deze sleutel ontbreken: iemand houdt ze achter',
    en: 'earlier statements of this key are missing: somebody holds them back',
  },
  chain_replay: {
    nl: 'deze verklaring, of een latere van dezelfde sleutel, stond er al',
    en: 'this statement, or a later one of the same key, was there already',
  },
  chain_fork: {
    nl: 'deze sleutel heeft twee verschillende vervolgen ondertekend',
    en: 'this key signed two different continuations',
  },
  statement_expired: {
    nl: 'de verklaring was al verlopen toen zij werd ondertekend',
    en: 'the statement had expired when it was signed',
  },
  seen_conflict: {
    nl: 'de ondertekenaar heeft een ander controlespoor gezien dan dit',
    en: 'the signer has seen another log than this one',
  },
  roster_expired: { nl: 'de deelnemerslijst was verlopen', en: 'the roster had expired' },
  roster_not_accepted: {
    nl: 'nog niet iedere partij had de deelnemerslijst bevestigd',
    en: 'not every party had accepted the roster yet',
  },
  roster_other: {
    nl: 'dit controlespoor begint met een andere deelnemerslijst dan de vergeleken lijst: niets erin telt',
    en: 'this log begins with another roster than the one that was compared: nothing in it counts',
  },
  roster_rollback: {
    nl: 'de deelnemerslijst is niet nieuwer dan die er geldt',
    en: 'the roster is not newer than the one in force',
  },
  roster_fast_forward: {
    nl: 'het nummer van de deelnemerslijst loopt vooruit',
    en: 'the number of the roster runs ahead',
  },
  roster_skipped: { nl: 'er ontbreekt een deelnemerslijst tussenin', en: 'a roster in between is missing' },
  roster_prev_differs: {
    nl: 'de deelnemerslijst volgt niet op die er geldt',
    en: 'the roster does not follow the one in force',
  },
  roster_below_threshold: {
    nl: 'te weinig partijen hebben de nieuwe deelnemerslijst bevestigd',
    en: 'too few parties have accepted the new roster',
  },
  roster_key_unproven: {
    nl: 'een nieuwe sleutel heeft niet getekend: niemand heeft laten zien dat hij die heeft',
    en: 'a new key has not signed: nobody has shown that they hold it',
  },
  recovery_differs: {
    nl: 'wijst een ander controlespoor aan dan dit',
    en: 'names another log than this one',
  },
  roster_exists: { nl: 'er was al een deelnemerslijst', en: 'there was a roster already' },
  roster_invalid: { nl: 'de deelnemerslijst spreekt zichzelf tegen', en: 'the roster contradicts itself' },
  wrong_roster: { nl: 'verwijst naar een andere deelnemerslijst', en: 'refers to another roster' },
  not_in_role: {
    nl: 'wie tekende mag dit niet zeggen',
    en: 'whoever signed may not say this',
  },
  already_decided: { nl: 'hierover was al beslist', en: 'this was decided already' },
  agreement_exists: { nl: 'deze deelafspraak stond er al', en: 'this agreement was there already' },
  agreement_invalid: { nl: 'de deelafspraak spreekt zichzelf tegen', en: 'the agreement contradicts itself' },
  agreement_unknown: { nl: 'deze deelafspraak staat er niet', en: 'there is no such agreement' },
  agreement_expired: { nl: 'de deelafspraak was verlopen', en: 'the agreement had expired' },
  agreement_not_active: {
    nl: 'de deelafspraak was niet door iedereen ondertekend, of geweigerd',
    en: 'the agreement was not signed by everybody, or refused',
  },
  revoked: {
    nl: 'dit was al ingetrokken, vervangen of vernietigd',
    en: 'this was withdrawn, replaced or destroyed already',
  },
  ceremony_out_of_order: {
    nl: 'past niet in de sleutelafspraak zoals die ervoor stond',
    en: 'does not fit the key ceremony as it stood',
  },
  ceremony_not_complete: { nl: 'de sleutelafspraak was niet rond', en: 'the key ceremony was not complete' },
  extract_mode_differs: {
    nl: 'deze dataset moest op de andere manier worden geleverd: vast, of voor één aanvraag',
    en: 'this dataset had to be delivered the other way: standing, or for one request',
  },
  extract_exists: {
    nl: 'deze levering stond er al, of vervangt een andere dan zij zegt',
    en: 'this delivery was there already, or replaces another than it says',
  },
  extract_unknown: { nl: 'deze levering staat er niet of telt niet meer', en: 'there is no such delivery that counts' },
  column_not_agreed: {
    nl: 'een kolom die niet is afgesproken of gevraagd, of een die ontbreekt',
    en: 'a column that was not agreed or asked for, or one that is missing',
  },
  too_many_records: { nl: 'meer dan er was afgesproken', en: 'more than was agreed' },
  oprf_not_agreed: {
    nl: 'deze partij mag onder deze deelafspraak niet om gezamenlijke nummers vragen',
    en: 'this party may not ask for joint numbers under this agreement',
  },
  oprf_out_of_order: {
    nl: 'past niet bij hoe deze reeks gezamenlijke nummers ervoor stond',
    en: 'does not fit how this batch of joint numbers stood',
  },
  request_unknown: { nl: 'deze aanvraag staat er niet', en: 'there is no such request' },
  request_exists: {
    nl: 'het kenmerk van deze aanvraag was al gebruikt',
    en: 'the id of this request was used already',
  },
  request_budget_spent: { nl: 'het aantal aanvragen was op', en: 'the number of requests was used up' },
  request_invalid: { nl: 'vraagt iets anders dan er geleverd is', en: 'asks for other than what was delivered' },
  job_out_of_order: {
    nl: 'past niet bij hoe de berekening ervoor stond: een goedkeuring of sleutel ontbreekt, of zij was al klaar',
    en: 'does not fit how the job stood: an approval or a key is missing, or it was over',
  },
  release_too_late: {
    nl: 'een sleutel vrijgegeven na het einde van de berekening',
    en: 'a key released after the end of the job',
  },
  note_malformed: { nl: 'een controlepunt is niet leesbaar', en: 'a checkpoint cannot be read' },
  note_other_log: { nl: 'een controlepunt is van een ander controlespoor', en: 'a checkpoint is of another log' },
  log_signature_invalid: {
    nl: 'een controlepunt is niet door het schakelpunt ondertekend',
    en: 'a checkpoint is not signed by the broker',
  },
  cosignature_invalid: {
    nl: 'een medeondertekening past niet, of is van een onbekende getuige',
    en: 'a cosignature does not fit, or is of an unknown witness',
  },
  entries_missing: {
    nl: 'er zijn minder regels dan de eerste regel belooft: afgekapt',
    en: 'there are fewer entries than the first line promises: cut off',
  },
  entries_extra: {
    nl: 'er zijn meer regels dan de eerste regel belooft',
    en: 'there are more entries than the first line promises',
  },
  checkpoint_other_root: {
    nl: 'de regels zijn niet die waarvoor het controlepunt is ondertekend: veranderd, weggelaten of verplaatst',
    en: 'the entries are not those the checkpoint was signed for: changed, left out or moved',
  },
  checkpoint_beyond: {
    nl: 'het controlepunt telt meer regels dan er zijn: het eind ontbreekt',
    en: 'the checkpoint counts more entries than there are: the end is missing',
  },
  checkpoint_missing: {
    nl: 'er is geen ondertekend controlepunt bij',
    en: 'there is no signed checkpoint with it',
  },
}

export const remarkWords: Readonly<Record<Remark['code'], Both>> = {
  result_late: {
    nl: 'een uitkomst werd vastgelegd na het einde van de berekening',
    en: 'a result went on record after the end of its job',
  },
  release_before_seen: {
    nl: 'een sleutel ging weg voordat die partij een controlespoor met deze berekening had medeondertekend',
    en: 'a key was released before its party had cosigned a log that held the job',
  },
  destruction_unsaid: {
    nl: 'de levering telt al meer dan drie dagen niet meer, en haar eigenaar zegt niet dat de sleutel vernietigd is',
    en: 'the delivery has been over for more than three days, and its owner does not say that the key was destroyed',
  },
  job_not_closed: { nl: 'de berekening is niet afgesloten', en: 'the job was not closed' },
  entries_unwitnessed: {
    nl: 'nieuwste regels die nog niet door genoeg getuigen zijn gezien; aantal',
    en: 'newest entries that not enough witnesses have seen yet; number',
  },
}

export const answerWords: Readonly<Record<Extract<AnswerVerdict, { onRecord: false }>['code'], Both>> = {
  answer_unreadable: { nl: 'geen leesbare uitkomst', en: 'not a readable answer' },
  answer_changed: {
    nl: 'de uitkomst heeft niet haar eigen controlegetal: er is iets aan veranderd',
    en: 'the answer does not have its own hash: something in it was changed',
  },
  answer_not_on_record: {
    nl: 'deze uitkomst staat niet in dit controlespoor',
    en: 'this answer is not in this log',
  },
}

export const stateWords: Readonly<Record<string, Both>> = {
  'in-review': { nl: 'ter beoordeling', en: 'in review' },
  active: { nl: 'actief', en: 'active' },
  refused: { nl: 'geweigerd', en: 'refused' },
  withdrawn: { nl: 'ingetrokken', en: 'withdrawn' },
  expired: { nl: 'verlopen', en: 'expired' },
  current: { nl: 'telt mee', en: 'counts' },
  replaced: { nl: 'vervangen', en: 'replaced' },
  destroyed: { nl: 'vernietigd', en: 'destroyed' },
  retention: { nl: 'bewaartermijn voorbij', en: 'retention period over' },
  'agreement-ended': { nl: 'deelafspraak voorbij', en: 'agreement over' },
  'request-ended': { nl: 'aanvraag voorbij', en: 'request over' },
  'epoch-ended': { nl: 'nieuw geheim', en: 'new secret' },
  over: { nl: 'voorbij', en: 'over' },
  running: { nl: 'loopt', en: 'running' },
  complete: { nl: 'rond', en: 'complete' },
  'given-up': { nl: 'opgegeven', en: 'given up' },
  'closed-by-coordinator': { nl: 'door de coördinator', en: 'by the coordinator' },
  'broker-stopped': { nl: 'schakelpunt gestopt', en: 'broker stopped' },
  failed: { nl: 'mislukt', en: 'failed' },
}
