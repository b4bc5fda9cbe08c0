/**
 * Kinds of statements in words. A kind without one shows its own name: the trail leaves nothing out.
 * @module
 */
import type { Bilingual, StatementKind } from '@kruispunt/contracts'

const word = (nl: string, en: string): Bilingual => ({ nl, en })

const words: Partial<Record<StatementKind, Bilingual>> = {
  roster: word('stelde de deelnemerslijst vast', 'fixed the roster'),
  'roster-acceptance': word('bevestigde de deelnemerslijst', 'accepted the roster'),
  agreement: word('legde een deelafspraak voor', 'put an agreement forward'),
  'agreement-approval': word('besliste over de deelafspraak', 'decided on the agreement'),
  'salt-commit': word('legde een bijdrage aan de sleutel vast', 'committed to a share of the key'),
  'salt-reveal': word('gaf een bijdrage aan de sleutel door', 'passed on a share of the key'),
  'salt-confirm': word('bevestigde de gezamenlijke sleutel', 'confirmed the joint key'),
  'salt-complaint': word('maakte bezwaar bij de sleutelafspraak', 'complained in the key ceremony'),
  'salt-abort': word('brak de sleutelafspraak af', 'broke off the key ceremony'),
  extract: word('leverde', 'delivered'),
  request: word('vroeg een berekening aan', 'requested a job'),
  'request-approval': word('besliste over de berekening', 'decided on the job'),
  job: word('opende een berekening', 'opened a job'),
  'key-release': word('gaf kolomsleutels vrij', 'released column keys'),
  'release-refusal': word('weigerde kolomsleutels', 'refused column keys'),
  result: word('gaf een tabel vrij', 'released a table'),
  'job-closed': word('sloot de berekening', 'closed the job'),
  revocation: word('trok in', 'withdrew'),
  'key-destroyed': word('vernietigde sleutels', 'destroyed keys'),
}

export const kindWord = (kind: string, language: 'nl' | 'en'): string =>
  words[kind as StatementKind]?.[language] ?? kind
