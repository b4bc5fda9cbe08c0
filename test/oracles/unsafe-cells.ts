/**
 * Which plain counts may not be shown, from the rules as they are written in the agreement: fewer persons than the minimum,
 * or a line in which nearly everybody has one telling category of somebody else's variable.
 * @module
 */
import type { PlainCount } from './plain-tables.ts'

/** A line of the table: one variable differs, the rest stays. */
export type Line = {
  /** Sensitive, or of another owner than the people who are counted. */
  readonly isDelicate: boolean
  readonly code: string
  /** All of the line. */
  readonly total: PlainCount
}

const minimum = 10
const largestShare = 0.9
/** Categories that say nothing of a person: nearly everybody may have them. */
const silent = new Set(['no', 'not-known', 'unknown'])

export const isSmall = ({ persons }: PlainCount): boolean => persons > 0 && persons < minimum

/** More than 90 % of the line has this category: whoever knows somebody in the line knows it of that person. */
export const tellsOfNearlyAll = (cell: PlainCount, { isDelicate, code, total }: Line): boolean =>
  isDelicate &&
  !silent.has(code) &&
  cell.persons > 0 &&
  (cell.rows > largestShare * total.rows || cell.persons > largestShare * total.persons)

/** All but a few of the line are here: beside its total this cell tells that few. */
export const leavesFew = (cell: PlainCount, { total }: Line): boolean => {
  const rest = total.persons - cell.persons
  return cell.persons > 0 && rest > 0 && rest < minimum
}
