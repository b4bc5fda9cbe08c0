/**
 * The language of the page: Dutch unless chosen otherwise. The choice is kept in this browser and tells nothing of anybody.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'
import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useState } from 'react'
import { readSetting, writeSetting } from '../frame/settings.ts'
import { type Language, languages, type Texts, type Translate } from './define-texts.ts'

type LanguageChoice = {
  readonly language: Language
  readonly choose: (language: Language) => void
  /** A text that came from the service in both languages. */
  readonly pick: (text: Bilingual) => string
  readonly number: (value: number) => string
  /** `2026-03-01T09:30:00.000Z` as a date and time in this place. */
  readonly moment: (instant: string) => string
  readonly date: (instant: string) => string
}

const LanguageContext = createContext<LanguageChoice | undefined>(undefined)
const locale = { nl: 'nl-NL', en: 'en-GB' } as const

function choiceOf(language: Language, choose: (language: Language) => void): LanguageChoice {
  const numbers = new Intl.NumberFormat(locale[language])
  const moments = new Intl.DateTimeFormat(locale[language], { dateStyle: 'medium', timeStyle: 'short' })
  const dates = new Intl.DateTimeFormat(locale[language], { dateStyle: 'long' })
  return {
    language,
    choose,
    pick: (text) => text[language],
    number: (value) => numbers.format(value),
    moment: (instant) => moments.format(new Date(instant)),
    date: (instant) => dates.format(new Date(instant)),
  }
}

export function LanguageProvider({ children }: PropsWithChildren) {
  const [language, setLanguage] = useState<Language>(() => readSetting('language', languages) ?? 'nl')
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const choice = useMemo(
    () =>
      choiceOf(language, (chosen) => {
        writeSetting('language', chosen)
        setLanguage(chosen)
      }),
    [language],
  )
  return <LanguageContext value={choice}>{children}</LanguageContext>
}

export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext)
  if (choice === undefined) throw new Error('no LanguageProvider around this page')
  return choice
}

/** The texts of one application, in the language of the page. */
export function useTexts<K extends string>(texts: Texts<K>): Translate<K> {
  return texts.in(useLanguage().language)
}
