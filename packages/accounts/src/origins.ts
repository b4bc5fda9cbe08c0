/**
 * At which addresses a browser may say it found the page.
 * @module
 */

/**
 * @param publicUrl - where people reach it, when that is not this very machine
 * @returns the origin to put in links first; more than one only where the machine has more names for itself
 */
export function originsOf(publicUrl: string | undefined, isSecure: boolean, port: number): readonly string[] {
  if (publicUrl !== undefined) return [new URL(publicUrl).origin]
  const scheme = isSecure ? 'https' : 'http'
  return ['localhost', '127.0.0.1'].map((host) => `${scheme}://${host}:${port}`)
}
