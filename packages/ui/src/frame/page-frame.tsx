/**
 * The frame around every page: skip link, rehearsal mark, name and place, sections, language, theme, signing out.
 * @module
 */
import { SkipLink } from '@amsterdam/design-system-react'
import { type PropsWithChildren, type ReactNode, useSyncExternalStore } from 'react'
import { useLanguage, useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'
import { useTheme } from './theme.ts'

type Props = {
  /** "Portaal", "Partnerknooppunt". */
  readonly place: string
  /** Links of the sections, each an `<a>`; `aria-current="page"` marks the one shown. */
  readonly sections?: readonly ReactNode[]
  /** Who is signed in, in words. */
  readonly person?: string | undefined
  /** A link to the own account, in place of the bare name. */
  readonly account?: ReactNode
  readonly onSignOut?: (() => void) | undefined
  /** Invented people: says so on every page and every print. */
  readonly isPractice: boolean
  readonly foot?: ReactNode
}

const subscribe = (changed: () => void) => {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

/** Two roads that cross: the mark of Kruispunt. */
const Mark = () => (
  <svg viewBox="0 0 28 28" aria-hidden="true" focusable="false">
    <rect x="1" y="10" width="26" height="8" fill="currentColor" opacity="0.45" />
    <rect x="10" y="1" width="8" height="26" fill="currentColor" opacity="0.45" />
    <rect x="10" y="10" width="8" height="8" fill="#ffd166" />
  </svg>
)

export function PageFrame({
  place,
  sections = [],
  person,
  account,
  onSignOut,
  isPractice,
  foot,
  children,
}: PropsWithChildren<Props>) {
  const say = useTexts(uiTexts)
  const { language, choose } = useLanguage()
  const { theme, choose: chooseTheme } = useTheme()
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <div className="kp-frame">
      <SkipLink className="kp-skip" href="#main">
        {say('skip')}
      </SkipLink>
      <header className="kp-band">
        {isPractice && (
          <div className="kp-practice">
            <div className="kp-wide">{say('practice')}</div>
          </div>
        )}
        <div className="kp-wide">
          <div className="kp-band__row">
            <a className="kp-brand" href="/">
              <Mark />
              <span>
                Kruispunt <span className="kp-brand__place">{place}</span>
              </span>
            </a>
            <div className="kp-row">
              {account ?? (person !== undefined && <span>{person}</span>)}
              <button
                type="button"
                className="kp-plain-button"
                lang={say('languageIs')}
                onClick={() => choose(language === 'nl' ? 'en' : 'nl')}
              >
                {say('language')}
              </button>
              <button
                type="button"
                className="kp-plain-button"
                onClick={() => chooseTheme(theme === 'dark' ? 'light' : 'dark')}
              >
                {say(theme === 'dark' ? 'light' : 'dark')}
              </button>
              {onSignOut && (
                <button type="button" className="kp-plain-button" onClick={onSignOut}>
                  {say('signOut')}
                </button>
              )}
            </div>
          </div>
        </div>
        {sections.length > 0 && (
          <nav className="kp-nav" aria-label={say('navigation')}>
            <ul className="kp-wide">
              {sections.map((section, at) => (
                <li key={at}>{section}</li>
              ))}
            </ul>
          </nav>
        )}
      </header>
      <main id="main" className="kp-main" tabIndex={-1}>
        <div className="kp-wide">
          <div role="status">{!isOnline && <p className="kp-offline">{say('offline')}</p>}</div>
          {children}
        </div>
      </main>
      <footer className="kp-foot">
        <div className="kp-wide">{foot}</div>
      </footer>
    </div>
  )
}
