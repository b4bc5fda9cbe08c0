/**
 * The code of a sign-in link stands behind the `#` of the address, which no server sees. It is taken out of the address at
 * once, so that it stays in no history and on no screen.
 * @module
 */
const code = /[0-9a-f]{32}$/

/** @returns the code at the end of a link, or the code itself */
export const codeIn = (text: string): string | undefined => code.exec(text.trim())?.[0]

/** Once: the address has none afterwards. */
export function takeCodeFromAddress(): string | undefined {
  const found = codeIn(window.location.hash)
  if (found !== undefined)
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  return found
}

/** Whether an organisation's sign-in service sent somebody back without having signed in. Once: the address does not say it afterwards. */
export function takeRefusalFromAddress(): boolean {
  const address = new URL(window.location.href)
  if (!address.searchParams.has('refused')) return false
  address.searchParams.delete('refused')
  window.history.replaceState(window.history.state, '', address.pathname + address.search + address.hash)
  return true
}
