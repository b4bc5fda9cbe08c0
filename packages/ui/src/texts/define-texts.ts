/**
 * Texts in two languages under typed keys. Each application defines its own; a key that English lacks does not compile.
 * @module
 */
import i18next, { type i18n } from 'i18next'

export const languages = ['nl', 'en'] as const
export type Language = (typeof languages)[number]

type PluralKey<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K
type Values = Readonly<Record<string, string | number>>
export type Translate<K extends string> = (key: K, values?: Values) => string

export type Texts<K extends string> = { readonly in: (language: Language) => Translate<K> }

const engine: i18n = i18next.createInstance()
// React escapes what it shows; everything is there at once, so nothing waits.
void engine.init({
  lng: 'nl',
  fallbackLng: 'nl',
  interpolation: { escapeValue: false },
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
})

/**
 * @param namespace - one for each application
 * @param nl - keys may end in `_one` and `_other`; they are asked for without, with a `count`
 */
export function defineTexts<const T extends Readonly<Record<string, string>>>(
  namespace: string,
  nl: T,
  en: Readonly<Record<keyof T, string>>,
): Texts<PluralKey<keyof T & string>> {
  engine.addResourceBundle('nl', namespace, nl)
  engine.addResourceBundle('en', namespace, en)
  const translate = (language: Language) => {
    const fixed = engine.getFixedT(language, namespace)
    return (key: string, values?: Values) => fixed(key, values ?? {}) as string
  }
  const made = { nl: translate('nl'), en: translate('en') }
  return { in: (language) => made[language] }
}
