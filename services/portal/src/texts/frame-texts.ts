/** Words of the frame, signing in, and pages that are not there. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  place: 'Portaal',
  within: 'Kruispunt-portaal',
  overview: 'Overzicht',
  ask: 'Tabel maken',
  tables: 'Tabellen',
  dashboard: 'Dashboard',
  method: 'Werkwijze',
  log: 'Controlespoor',
  coordinator: 'Datalab-coördinator',
  auditor: 'auditor',
  'partner-reader': 'lezer van een partner',
  foot: 'U ziet hier alleen groepen, nooit een persoon. Tekenen gebeurt niet hier maar in de eigen omgeving van iedere partner.',
  signInLead: 'Open het portaal met de aanmeldlink die u van de beheerder van het schakelpunt kreeg.',
  labs: 'Uw Datalabs',
  labsNone: 'Geen Datalab',
  labsNoneText: 'Uw account hoort nog bij geen enkel Datalab. Vraag de beheerder van het schakelpunt om toegang.',
  notFound: 'Deze pagina is er niet',
  notFoundText: 'Het adres klopt niet, of u hebt hier geen toegang. Begin bij het overzicht.',
  home: 'Naar het begin',
} as const

const en: Record<keyof typeof nl, string> = {
  place: 'Portal',
  within: 'Kruispunt portal',
  overview: 'Overview',
  ask: 'Make a table',
  tables: 'Tables',
  dashboard: 'Dashboard',
  method: 'Method',
  log: 'Audit trail',
  coordinator: 'lab coordinator',
  auditor: 'auditor',
  'partner-reader': 'reader of a partner',
  foot: 'You see only groups here, never a person. Signing is not done here, but in each partner’s own environment.',
  signInLead: 'Open the portal with the sign-in link that the operator of the broker gave you.',
  labs: 'Your Data Labs',
  labsNone: 'No Data Lab',
  labsNoneText: 'Your account does not belong to any Data Lab yet. Ask the operator of the broker for access.',
  notFound: 'This page is not there',
  notFoundText: 'The address is not right, or you have no access here. Begin at the overview.',
  home: 'To the beginning',
}

export const frameTexts = defineTexts('frame', nl, en)
