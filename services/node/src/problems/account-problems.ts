/** Refusals about people at the console; the texts are those of the broker's portal. */
import { type AccountCode, accountCodes } from '@kruispunt/contracts'
import type { ProblemTexts } from './problem-texts.ts'

const exits: Record<AccountCode, number> = {
  sign_in_failed: 4,
  cross_site: 4,
  provider_unavailable: 5,
  credential_invalid: 4,
  sign_in_again: 4,
  password_weak: 2,
  account_unknown: 2,
  account_exists: 2,
}

const own = {
  forbidden: {
    status: 403,
    exit: 4,
    reason: { nl: 'Deze handeling hoort niet bij uw rol.', en: 'This action does not belong to your role.' },
    remedy: {
      nl: 'Vraag de beheerder van het knooppunt wie dit mag doen.',
      en: 'Ask the operator of the node who may do this.',
    },
  },
} as const satisfies ProblemTexts

const shared = Object.fromEntries(
  (Object.keys(exits) as AccountCode[]).map((code) => [code, { ...accountCodes[code], exit: exits[code] }]),
) as Record<AccountCode, ProblemTexts[string]>

export const accountProblems = { ...shared, ...own }
