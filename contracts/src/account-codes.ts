/**
 * Refusals about accounts and browser sessions, the same at broker and node.
 * @module
 */
import type { Bilingual } from './ids.ts'

export const accountCodes = {
  sign_in_failed: {
    status: 401,
    reason: {
      nl: 'Aanmelden is niet gelukt.',
      en: 'Signing in did not work.',
    },
    remedy: {
      nl: 'Wacht even en probeer het opnieuw, of vraag de beheerder om een nieuwe link.',
      en: 'Wait a little and try again, or ask the operator for a new link.',
    },
  },
  cross_site: {
    status: 403,
    reason: {
      nl: 'Dit verzoek kwam niet van de eigen pagina.',
      en: 'This request did not come from the own page.',
    },
    remedy: {
      nl: 'Open de pagina zelf, op haar eigen adres, en probeer het opnieuw.',
      en: 'Open the page itself, at its own address, and try again.',
    },
  },
  provider_unavailable: {
    status: 502,
    reason: {
      nl: 'De aanmelddienst van uw organisatie antwoordt niet, of niet goed.',
      en: "Your organisation's sign-in service does not answer, or not well.",
    },
    remedy: {
      nl: 'Probeer het later opnieuw, of meld u op een andere manier aan.',
      en: 'Try again later, or sign in another way.',
    },
  },
  credential_invalid: {
    status: 422,
    reason: {
      nl: 'De passkey of code klopt niet, of kwam te laat.',
      en: 'The passkey or code is not right, or came too late.',
    },
    remedy: { nl: 'Begin opnieuw en rond het meteen af.', en: 'Begin again and finish it at once.' },
  },
  sign_in_again: {
    status: 403,
    reason: {
      nl: 'Hiervoor moet u zich net hebben aangemeld.',
      en: 'For this you must have signed in just now.',
    },
    remedy: { nl: 'Meld u af en weer aan, en probeer het opnieuw.', en: 'Sign out and in again, and try again.' },
  },
  password_weak: {
    status: 422,
    reason: { nl: 'Dit wachtwoord is te kort of te makkelijk.', en: 'This password is too short or too easy.' },
    remedy: {
      nl: 'Kies minstens twaalf tekens, niet uw naam en niet steeds hetzelfde teken.',
      en: 'Choose at least twelve characters, not your name and not one repeated.',
    },
  },
  account_unknown: {
    status: 404,
    reason: { nl: 'Dit account bestaat niet.', en: 'There is no such account.' },
    remedy: { nl: 'Bekijk de accounts met user list.', en: 'See the accounts with user list.' },
  },
  account_exists: {
    status: 409,
    reason: { nl: 'Er is al een account met deze naam.', en: 'There is an account of this name already.' },
    remedy: {
      nl: 'Kies een andere naam, of verwijder het account eerst.',
      en: 'Choose another name, or remove the account first.',
    },
  },
} as const satisfies Record<string, { readonly status: number; readonly reason: Bilingual; readonly remedy: Bilingual }>
export type AccountCode = keyof typeof accountCodes
