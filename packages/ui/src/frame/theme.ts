/**
 * Light or dark: chosen, or else as the machine is set.
 * @module
 */
import { useEffect, useState } from 'react'
import { readSetting, writeSetting } from './settings.ts'

const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

const preferred = (): Theme => (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')

export function useTheme(): { readonly theme: Theme; readonly choose: (theme: Theme) => void } {
  const [theme, setTheme] = useState<Theme>(() => readSetting('theme', themes) ?? preferred())
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return {
    theme,
    choose(chosen) {
      writeSetting('theme', chosen)
      setTheme(chosen)
    },
  }
}
