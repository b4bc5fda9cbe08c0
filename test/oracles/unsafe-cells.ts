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
  /** The partners agreed that this category tells nothing about a person. */
  readonly isNeutral: boolean
  /** All of the line. */
  readonly total: PlainCount
}

const minimum = 10
const largestShare = 0.9

export const isSmall = ({ persons }: PlainCount): boolean => persons > 0 && persons < minimum

/** All but one to nine persons of the line are in the cell: beside its total it tells of those few. */
export const leavesFew = (cell: PlainCount, { total }: Line): boolean => {
  const rest = total.persons - cell.persons
  return cell.persons > 0 && rest > 0 && rest < minimum
}

/** Nearly all of the line have this category: whoever knows somebody in the line knows it of that person. */
export const tellsOfNearlyAll = (cell: PlainCount, line: Line): boolean => {
  if (!line.isDelicate || line.isNeutral || cell.persons === 0) return false
  const { rows, persons } = line.total
  return cell.rows > largestShare * rows || cell.persons > largestShare * persons || leavesFew(cell, line)
}
