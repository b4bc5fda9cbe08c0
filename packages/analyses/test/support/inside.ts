/**
 * Whether a result made from a protected table leaves room for the one made from the whole table.
 */
type Json = unknown
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isInterval = (value: Json): value is { low: number; high: number } =>
  isObject(value) && typeof value['low'] === 'number' && typeof value['high'] === 'number'

/** Words that say how sure something is: the protected table may leave more open. */
const openWords = new Set(['open'])

/**
 * @param slack - how far a bound may be off, as a part of itself: rounding of the eighth digit where both are rounded outwards
 * @returns where the narrow result is not within the wide one
 */
export function outside(narrow: Json, wide: Json, slack = 0, path = ''): string[] {
  if (isInterval(narrow) && isInterval(wide)) {
    const room = slack * Math.max(1e-6, Math.abs(wide.low), Math.abs(wide.high))
    return narrow.low >= wide.low - room && narrow.high <= wide.high + room
      ? []
      : [`${path}: ${narrow.low}..${narrow.high} is not in ${wide.low}..${wide.high}`]
  }
  if (Array.isArray(narrow) && Array.isArray(wide)) {
    if (narrow.every((each) => typeof each === 'string'))
      // Zones and models: those that may be.
      return narrow.every((each) => wide.includes(each)) ? [] : [`${path}: ${narrow} is not among ${wide}`]
    return wide.flatMap((each, index) => {
      const code = isObject(each) ? each['code'] : undefined
      const own = code === undefined ? narrow[index] : narrow.find((other) => isObject(other) && other['code'] === code)
      return own === undefined ? [`${path}[${index}]: not there`] : outside(own, each, slack, `${path}[${index}]`)
    })
  }
  if (isObject(narrow) && isObject(wide))
    return Object.keys(wide).flatMap((key) =>
      // What was left out of the one for want of counts may be left out of the other, or not.
      key === 'leftOut' ? [] : outside(narrow[key], wide[key], slack, `${path}.${key}`),
    )
  // Nothing said: a change on a count that may be zero.
  if (wide === null || openWords.has(String(wide))) return []
  return Object.is(narrow, wide) ? [] : [`${path}: ${String(narrow)} is not ${String(wide)}`]
}

/** All intervals of a result. */
export function intervalsOf(result: Json): { low: number; high: number }[] {
  if (isInterval(result)) return [result]
  if (Array.isArray(result)) return result.flatMap(intervalsOf)
  return isObject(result) ? Object.values(result).flatMap(intervalsOf) : []
}
