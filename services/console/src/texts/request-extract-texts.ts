/** Words of extracts that are made for one request. */
import { defineTexts } from '@kruispunt/ui'

const nl = {
  title: 'Gevraagd voor één aanvraag',
  lead: 'Deze gegevens blijven hier. Na uw bevestiging maakt het knooppunt een uittreksel van alleen wat gevraagd is. Het gaat open voor die ene berekening en wordt daarna vernietigd.',
  dataset: 'Dataset',
  leaves: 'Gaat weg',
  until: 'Aanvraag loopt tot',
  inTheWay: 'Nu in de weg',
  confirm: 'Bevestigen: maken en versturen',
  decline: 'Niet maken',
  'state-waits-for-approval': 'wacht op goedkeuring',
  'state-no-delivery': 'nog geen bestand klaargezet',
  'state-to-confirm': 'wacht op u',
  'state-being-made': 'wordt gemaakt',
  'state-sent': 'verstuurd',
  'state-declined': 'hier geweigerd',
  'state-over': 'voorbij',
}

const en: typeof nl = {
  title: 'Asked for one request',
  lead: 'These data stay here. After you confirm, the node makes an extract of what is asked and nothing else. It opens for that one job and is destroyed afterwards.',
  dataset: 'Dataset',
  leaves: 'Leaves',
  until: 'Request runs until',
  inTheWay: 'In the way now',
  confirm: 'Confirm: make and send',
  decline: 'Do not make it',
  'state-waits-for-approval': 'waits for approval',
  'state-no-delivery': 'no file prepared yet',
  'state-to-confirm': 'waits for you',
  'state-being-made': 'is being made',
  'state-sent': 'sent',
  'state-declined': 'declined here',
  'state-over': 'over',
}

export const requestExtractTexts = defineTexts('console-request-extracts', nl, en)
