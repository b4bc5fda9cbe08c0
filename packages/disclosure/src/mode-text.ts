/**
 * What a reader must know of the figures of each answer mode: how exact they are and what may be concluded.
 * @module
 */
import type { Words } from './explain/words.ts'

export type ModeText = {
  readonly title: Words
  /** How far a figure may be from the truth. */
  readonly exactness: Words
  /** What may and may not be done with the figures, one sentence or two each. */
  readonly use: readonly Words[]
}

/** The parameters of the cell-key method are confidential: they are not told, and do not come in. */
export type ToldMode =
  | { readonly kind: 'suppression' }
  | { readonly kind: 'cell-key' }
  /** `deviation`: standard deviation of the noise in a finest cell, as the answer says. */
  | { readonly kind: 'differential-privacy'; readonly deviation?: number }

export function modeText(mode: ToldMode): ModeText {
  switch (mode.kind) {
    case 'suppression':
      return suppression
    case 'cell-key':
      return cellKey
    case 'differential-privacy':
      return differentialPrivacy(mode.deviation)
  }
}

/** For a question that the budget no longer allows. */
export const privacyBudgetSpentText: Words = {
  nl: 'Het privacybudget van deze groep is op: een nieuw antwoord zou de toegezegde bescherming schenden. Antwoorden die er al zijn, blijven te zien.',
  en: 'The privacy budget of this population is spent: another answer would break the protection that was promised. Answers already given stay visible.',
}

const suppression: ModeText = {
  title: { nl: 'Exacte aantallen met onderdrukte cellen', en: 'Exact counts with withheld cells' },
  exactness: {
    nl: 'Wat te zien is, is exact geteld. Waar niets staat, is de cel onderdrukt.',
    en: 'What is shown was counted exactly. Where nothing is shown, the cell is withheld.',
  },
  use: [
    {
      nl: 'Getoonde aantallen tellen op en mogen worden opgeteld.',
      en: 'Counts that are shown add up and may be added up.',
    },
    {
      nl: 'Een onderdrukte cel is niet nul, en hoeft niet klein te zijn.',
      en: 'A withheld cell is not zero, and need not be small.',
    },
    {
      nl: 'De bescherming rekent met wat de antwoorden samen verraden, niet met wat iemand uit andere bronnen weet.',
      en: 'The protection reckons with what the answers give away together, not with what somebody knows from other sources.',
    },
  ],
}

const cellKey: ModeText = {
  title: { nl: 'Aantallen met een kleine afwijking', en: 'Counts with a small error' },
  exactness: {
    nl: 'Ieder aantal kan een klein, vast begrensd aantal hoger of lager zijn dan geteld. Gemiddeld is de afwijking nul. Nul blijft nul, maar een klein aantal kan ook als nul te zien zijn.',
    en: 'Every count may be a small, limited number higher or lower than what was counted. On average the error is zero. Zero stays zero, but a small count may be shown as zero too.',
  },
  use: [
    {
      nl: 'Dezelfde cel heeft altijd dezelfde afwijking: opnieuw vragen maakt het antwoord niet nauwkeuriger.',
      en: 'The same cell always has the same error: asking again does not make the answer more precise.',
    },
    {
      nl: 'De cellen tellen niet precies op tot het totaal. Tel ze niet zelf op: vraag het totaal, dat heeft een eigen, kleinere afwijking.',
      en: 'The cells do not add up to the total exactly. Do not add them up: ask for the total, which has an error of its own, and a smaller one.',
    },
    {
      nl: 'Een verschil van enkele eenheden tussen twee cellen zegt niets; bij kleine aantallen zegt ook een percentage weinig.',
      en: 'A difference of a few units between two cells means nothing; with small counts a percentage means little either.',
    },
    {
      nl: 'Afzonderlijke kleine aantallen zijn geen bewijs dat er iemand is, of dat er niemand is.',
      en: 'A single small count does not prove that there is somebody, nor that there is nobody.',
    },
  ],
}

function differentialPrivacy(deviation: number | undefined): ModeText {
  const size =
    deviation === undefined
      ? { nl: '', en: '' }
      : {
          nl: ` Voor een enkele fijnste cel is de ruis ongeveer ${rounded(deviation, 'nl')} (standaardafwijking), voor een totaal van 100 zulke cellen tien keer zoveel.`,
          en: ` For a single finest cell the noise is about ${rounded(deviation, 'en')} (standard deviation), for a total of 100 such cells ten times as much.`,
        }
  return {
    title: { nl: 'Aantallen met willekeurige ruis', en: 'Counts with random noise' },
    exactness: {
      nl: `Ieder aantal bevat willekeurige ruis, zonder vaste grens.${size.nl} Negatieve uitkomsten zijn weggewerkt: kleine cellen zijn daardoor gemiddeld iets te hoog en grote iets te laag.`,
      en: `Every count holds random noise, without a fixed limit.${size.en} Negative outcomes were smoothed away, so small cells read somewhat high on average and large ones somewhat low.`,
    },
    use: [
      {
        nl: 'De cellen van een tabel tellen op. Twee tabellen hebben ieder hun eigen ruis en kloppen niet precies met elkaar.',
        en: 'The cells of one table add up. Two tables each have noise of their own and do not fit each other exactly.',
      },
      {
        nl: 'Gebruik vooral grote aantallen. Een klein aantal kan geheel uit ruis bestaan, ook waar niemand is.',
        en: 'Rely on large counts. A small count may be nothing but noise, even where there is nobody.',
      },
      {
        nl: 'Wat een antwoord over één persoon kan verraden is begrensd, wat iemand verder ook weet. Over groepen en huishoudens geldt die grens minder sterk.',
        en: 'What an answer can give away about one person is limited, whatever else somebody knows. For groups and households that limit is weaker.',
      },
      {
        nl: 'Ieder nieuw antwoord kost privacybudget. Is het op, dan volgt geen antwoord meer; dezelfde vraag opnieuw kost niets.',
        en: 'Every new answer costs privacy budget. When it is spent, no answer follows; the same question again costs nothing.',
      },
    ],
  }
}

const rounded = (value: number, language: 'nl' | 'en'): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
