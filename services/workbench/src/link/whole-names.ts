/**
 * What only some files have: a whole name in one column, and a date in three.
 * @module
 */
const prefix = /^(?:van|von|de|der|den|het|'t|ten|ter|te|la|le|du|da|el|in|op|di|dos|vd|v\.d\.)$/i

/**
 * `Jan Pieter van der Berg`, `Berg, Jan Pieter van der`: what stands before the comma is the surname, else what follows
 * from the first tussenvoegsel on, else the last word.
 */
export function splitWholeName(name: string): { readonly givenNames: string; readonly surname: string } {
  const comma = name.indexOf(',')
  if (comma > 0) {
    const after = name
      .slice(comma + 1)
      .trim()
      .split(/\s+/)
    const firstPrefix = after.findIndex((word) => prefix.test(word))
    const given = firstPrefix < 0 ? after : after.slice(0, firstPrefix)
    const before = firstPrefix < 0 ? [] : after.slice(firstPrefix)
    return { givenNames: given.join(' '), surname: [...before, name.slice(0, comma).trim()].join(' ') }
  }
  const words = name.trim().split(/\s+/)
  if (words.length < 2) return { givenNames: '', surname: words.join(' ') }
  const firstPrefix = words.findIndex((word, at) => at > 0 && prefix.test(word))
  const from = firstPrefix > 0 && firstPrefix < words.length - 1 ? firstPrefix : words.length - 1
  return { givenNames: words.slice(0, from).join(' '), surname: words.slice(from).join(' ') }
}

/** `1968`, `6`, `12` become `1968-06-12`; a part that is missing is 00; without a year there is no date. */
export function joinDate(year: string, month: string, day: string): string {
  if (!/^\d{4}$/.test(year)) return ''
  const two = (part: string): string => (/^\d{1,2}$/.test(part) ? part.padStart(2, '0') : '00')
  return `${year}-${two(month)}-${two(day)}`
}
