/**
 * Public tables, from the `datasets` package that comes with R.
 * @module
 */
import type { TrueTable } from '../src/index.ts'
import { flat, type Group, tableOf } from './tables.ts'

const groupsOf = (dimensions: readonly string[], sizes: readonly number[], counts: readonly number[]): Group[] =>
  counts.map((count, place) => {
    const leaves: Record<string, number> = {}
    let rest = place
    // R lists its arrays with the first dimension running fastest.
    dimensions.forEach((dimension, index) => {
      leaves[dimension] = rest % (sizes[index] ?? 1)
      rest = Math.floor(rest / (sizes[index] ?? 1))
    })
    return { leaves, count }
  })

/** `UCBAdmissions`: applicants to the six largest departments at Berkeley in 1973 (Bickel, Hammel & O'Connell, Science 187, 1975). */
export const admissions: TrueTable = tableOf(
  [
    flat('admit', ['Admitted', 'Rejected']),
    flat('gender', ['Male', 'Female']),
    flat('dept', ['A', 'B', 'C', 'D', 'E', 'F']),
  ],
  groupsOf(
    ['admit', 'gender', 'dept'],
    [2, 2, 6],
    [512, 313, 89, 19, 353, 207, 17, 8, 120, 205, 202, 391, 138, 279, 131, 244, 53, 138, 94, 299, 22, 351, 24, 317],
  ),
)

const titanicGroups = groupsOf(
  ['class', 'sex', 'age', 'survived'],
  [4, 2, 2, 2],
  [
    0, 0, 35, 0, 0, 0, 17, 0, 118, 154, 387, 670, 4, 13, 89, 3, 5, 11, 13, 0, 1, 13, 14, 0, 57, 14, 75, 192, 140, 80,
    76, 20,
  ],
)
const titanicClass = flat('class', ['1st', '2nd', '3rd', 'Crew'])
const titanicSex = flat('sex', ['Male', 'Female'])
const titanicSurvived = flat('survived', ['No', 'Yes'])

/** `Titanic` without age: class x sex x survived (Dawson, Journal of Statistics Education 3, 1995). */
export const titanic: TrueTable = tableOf([titanicClass, titanicSex, titanicSurvived], titanicGroups)

/** `Titanic`, all four dimensions. */
export const titanicFourWay: TrueTable = tableOf(
  [titanicClass, titanicSex, flat('age', ['Child', 'Adult']), titanicSurvived],
  titanicGroups,
)

/** `HairEyeColor`: students of statistics at Delaware (Snee, The American Statistician 28, 1974). */
export const hairEyeColour: TrueTable = tableOf(
  [
    flat('hair', ['Black', 'Brown', 'Red', 'Blond']),
    flat('eye', ['Brown', 'Blue', 'Hazel', 'Green']),
    flat('sex', ['Male', 'Female']),
  ],
  groupsOf(
    ['hair', 'eye', 'sex'],
    [4, 4, 2],
    [32, 53, 10, 3, 11, 50, 10, 30, 10, 25, 7, 5, 3, 15, 7, 8, 36, 66, 16, 4, 9, 34, 7, 64, 5, 29, 7, 5, 2, 14, 7, 8],
  ),
)
