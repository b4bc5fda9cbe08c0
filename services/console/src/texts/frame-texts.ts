/** Words of the frame, the roles, and pages that are not there. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  place: 'Partnerknooppunt',
  within: 'Kruispunt-console',
  overview: 'Overzicht',
  deliveries: 'Leveringen',
  agreements: 'Deelafspraken',
  requests: 'Aanvragen',
  roster: 'Deelnemers',
  log: 'Controlespoor',
  node: 'Knooppunt',
  steward: 'gegevensbeheerder',
  'privacy-officer': 'privacy officer',
  signatory: 'tekenbevoegde',
  operator: 'beheerder',
  auditor: 'auditor',
  foot: 'Deze pagina komt van uw eigen omgeving. Uw bestanden en wachtwoorden verlaten die niet; wat vertrekt is versleuteld.',
  signInLead:
    'Open de console met de aanmeldlink die u van de beheerder van uw eigen knooppunt kreeg, of op een manier die u daarna zelf instelde.',
  notFound: 'Deze pagina is er niet',
  notFoundText: 'Het adres klopt niet. Begin bij het overzicht.',
  home: 'Naar het overzicht',
  frozen: 'Dit knooppunt staat stil',
  frozenText:
    'Het schakelpunt heeft twee verschillende verhalen verteld, of iets in het controlespoor klopt niet. Er vertrekt niets meer. Intrekken kan nog wel.',
  frozenLink: 'Wat u nu doet',
} as const

const en: Record<keyof typeof nl, string> = {
  place: 'Partner node',
  within: 'Kruispunt console',
  overview: 'Overview',
  deliveries: 'Deliveries',
  agreements: 'Sharing agreements',
  requests: 'Requests',
  roster: 'Participants',
  log: 'Audit trail',
  node: 'Node',
  steward: 'data steward',
  'privacy-officer': 'privacy officer',
  signatory: 'signatory',
  operator: 'operator',
  auditor: 'auditor',
  foot: 'This page comes from your own environment. Your files and passphrases do not leave it; what leaves is encrypted.',
  signInLead:
    'Open the console with the sign-in link that the operator of your own node gave you, or in a way that you set up since.',
  notFound: 'This page is not there',
  notFoundText: 'The address is not right. Begin at the overview.',
  home: 'To the overview',
  frozen: 'This node has stopped',
  frozenText:
    'The broker told two different stories, or something in the audit trail does not fit. Nothing leaves any more. Withdrawing still works.',
  frozenLink: 'What to do now',
}

export const frameTexts = defineTexts('console-frame', nl, en)
