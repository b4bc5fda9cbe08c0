/**
 * Whether a request came from the service's own page. Three signs, none of which another site can forge: where the
 * browser says it started (Fetch Metadata), the origin it names, and a header that needs permission across origins.
 * @module
 */
export type RequestSigns = {
  readonly method: string
  readonly origin: string | undefined
  /** Sec-Fetch-Site */
  readonly fetchSite: string | undefined
  /** The page's own header. */
  readonly pageHeader: string | undefined
}

/** @param ownOrigins - `https://portal.example.org`; more than one where the machine itself has more names */
export function isFromOwnPage(signs: RequestSigns, ownOrigins: readonly string[]): boolean {
  const { method, origin, fetchSite, pageHeader } = signs
  const onlyReads = method === 'GET' || method === 'HEAD'
  if (origin !== undefined && !ownOrigins.includes(origin)) return false
  // `none`: typed or bookmarked, so a person's own doing. Only to look at something.
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && !(onlyReads && fetchSite === 'none')) return false
  return onlyReads || (pageHeader === '1' && (origin !== undefined || fetchSite !== undefined))
}
