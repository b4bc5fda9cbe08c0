/**
 * What the states of a cell and the refusals mean, in plain words.
 * @module
 */
import type { RefusalCode } from '../types.ts'
import type { Words } from './words.ts'

/** One text for every cell that is not shown: saying more would help an attacker. */
export function stateTexts(minimum: number): {
  readonly withheld: Words
  readonly zero: Words
  readonly structural: Words
} {
  return {
    withheld: {
      nl: `Onderdrukt: in deze cel zitten minder dan ${minimum} personen, of de cel zou een andere onderdrukte cel verraden.`,
      en: `Withheld: this cell holds fewer than ${minimum} persons, or it would give another withheld cell away.`,
    },
    zero: { nl: 'Nul: er is niemand geteld.', en: 'Zero: nobody was counted.' },
    structural: {
      nl: 'Leeg: volgens de afspraken kan hier niemand in zitten.',
      en: 'Empty: by definition nobody can be in here.',
    },
  }
}

/** Why there is no answer, and what the advice beside it is for. */
export const refusalTexts: Record<RefusalCode, { readonly reason: Words; readonly remedy: Words }> = {
  too_many_atoms: {
    reason: {
      nl: 'De vragen samen zijn te fijn verdeeld om te kunnen narekenen wat zij verraden.',
      en: 'The questions together are too finely divided to check what they give away.',
    },
    remedy: {
      nl: 'Kies grovere categorieën of minder dimensies.',
      en: 'Choose coarser categories or fewer dimensions.',
    },
  },
  too_sparse: {
    reason: {
      nl: 'Te veel cellen zijn op zichzelf te klein: er bleef een tabel met vooral gaten over.',
      en: 'Too many cells are too small in themselves: what was left would be mostly holes.',
    },
    remedy: {
      nl: 'Kies grovere categorieën of minder dimensies.',
      en: 'Choose coarser categories or fewer dimensions.',
    },
  },
  not_protectable: {
    reason: {
      nl: 'Naast wat al te zien is, is er geen manier om deze tabel te beschermen.',
      en: 'Next to what is already shown, there is no way to protect this table.',
    },
    remedy: {
      nl: 'Stel de vraag met grovere categorieën of minder dimensies; wat al beantwoord is, blijft te zien.',
      en: 'Ask with coarser categories or fewer dimensions; what was answered before stays visible.',
    },
  },
  nothing_left: {
    reason: { nl: 'Van deze tabel zou niets te zien zijn.', en: 'Nothing of this table would be shown.' },
    remedy: {
      nl: 'Kies grovere categorieën of minder dimensies.',
      en: 'Choose coarser categories or fewer dimensions.',
    },
  },
  ledger_conflict: {
    reason: {
      nl: 'Een eerder antwoord geeft voor dezelfde personen een ander aantal.',
      en: 'An earlier answer has another count for the same persons.',
    },
    remedy: {
      nl: 'Controleer of beide over dezelfde levering gaan; een nieuwe levering is een nieuwe uitgave.',
      en: 'Check that both are about the same delivery; a new delivery is a new release.',
    },
  },
  time_limit: {
    reason: {
      nl: 'Het narekenen was niet op tijd klaar; zonder dat gaat er niets uit.',
      en: 'The check did not end in time; nothing leaves without it.',
    },
    remedy: {
      nl: 'Probeer het opnieuw met meer tijd, of kies grovere categorieën.',
      en: 'Try again with more time, or choose coarser categories.',
    },
  },
  attacker_failed: {
    reason: {
      nl: 'Het narekenen is mislukt; of het antwoord veilig is, is niet bekend.',
      en: 'The check failed; whether the answer is safe is not known.',
    },
    remedy: { nl: 'Kies andere categorieën, en meld het.', en: 'Choose other categories, and report it.' },
  },
}
