/**
 * The two things a page remembers in a browser: language and theme. Nothing else may be kept there.
 * @module
 */
const keyOf = (name: 'language' | 'theme') => `kruispunt.${name}`

/** A browser that keeps nothing is no reason to fail. */
export function readSetting<const T extends string>(name: 'language' | 'theme', known: readonly T[]): T | undefined {
  try {
    const kept = window.localStorage.getItem(keyOf(name))
    return known.find((value) => value === kept)
  } catch {
    return undefined
  }
}

export function writeSetting(name: 'language' | 'theme', value: string): void {
  try {
    window.localStorage.setItem(keyOf(name), value)
  } catch {
    // Then it holds until the page is closed.
  }
}
