/**
 * What the product does to protect people under one agreement, in words; only what is true of that very document.
 * @module
 */
import { type AgreementDocument, citizenNumberKey } from '@kruispunt/contracts'
import type { Language } from '../delivery-port.ts'

export function measuresOf(document: AgreementDocument, language: Language): string[] {
  const { disclosure, pseudonymMode, retention, jobMinutes, linkage } = document
  const say = (nl: string, en: string) => (language === 'nl' ? nl : en)
  const usesNumber = linkage.keys.some(({ id }) => id === citizenNumberKey)
  return [
    say(
      'Versleuteling bij de bron: gegevens verlaten de partner alleen versleuteld, kolom voor kolom, met sleutels die bij de partner blijven.',
      'Encryption at the source: data leave the partner encrypted only, column by column, under keys that stay at the partner.',
    ),
    say(
      'Pseudonimisering met een geheim dat de partnerknooppunten samen maken en dat het schakelpunt niet kent.',
      'Pseudonyms under a secret that the partner nodes make together and that the broker does not know.',
    ),
    ...(usesNumber && pseudonymMode === 'joint-oprf'
      ? [
          say(
            'Van een bsn wordt alleen een pseudoniem gemaakt als alle partners meewerken; hoeveel is begrensd.',
            'A citizen number becomes a pseudonym only with the help of all partners, and their number is limited.',
          ),
        ]
      : []),
    say(
      `Sleutels gaan alleen naar een ondertekende aanvraag, voor ten hoogste ${jobMinutes} minuten, na eigen controles van ieder knooppunt.`,
      `Keys are released to a signed request only, for at most ${jobMinutes} minutes, after checks that each node makes itself.`,
    ),
    say(
      `Onthullingscontrole: een getoonde cel telt ten minste ${disclosure.minimum} personen; cellen die een andere zouden verraden worden onderdrukt.`,
      `Disclosure control: a cell that is shown counts at least ${disclosure.minimum} persons; cells that would give another away are withheld.`,
    ),
    say(
      'Deelafspraak, aanvragen, vrijgaven en uitkomsten staan ondertekend in een controlespoor dat iedere partner zelf kan nalopen.',
      'Agreement, requests, releases and results stand signed in an audit trail that every partner can verify alone.',
    ),
    say(
      `Leveringen worden na ${retention.deliveryDays} dagen vernietigd, en eerder bij intrekken.`,
      `Deliveries are erased after ${retention.deliveryDays} days, and earlier when withdrawn.`,
    ),
  ]
}
