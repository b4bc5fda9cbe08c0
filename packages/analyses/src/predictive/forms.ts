/**
 * The exponential smoothing models that are tried: additive errors, with or without a damped trend and a season, each over a fixed
 * grid of smoothing parameters.
 *
 * Given its parameters such a model is linear: errors, and forecasts, are sums of the observations with fixed weights, and so are the
 * starting values of maximum likelihood, which are those of least squares. A grid instead of an optimiser keeps it so: what withheld
 * months can do to the answer can then be bounded without fail.
 * @see R. J. Hyndman et al., Forecasting with Exponential Smoothing (2008), ch. 2 (models), 5 (likelihood), 6 (variance of forecasts)
 * @module
 */

/** `trend` and `season` are 0 where the model has none; `season` is the share of what the level leaves. */
type Parameters = { readonly level: number; readonly trend: number; readonly season: number }
export type Form = {
  readonly name: 'level' | 'level-and-trend' | 'level-and-season' | 'level-trend-and-season'
  readonly hasTrend: boolean
  readonly hasSeason: boolean
  readonly parameters: Parameters
}

/** Of each step, how much of the trend is left for the next. */
const damping = 0.9

const steps = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.round((to - from) / by) + 1 }, (_, index) => Math.round((from + index * by) * 1e6) / 1e6)

const levelsAlone = [0.01, ...steps(0.05, 0.95, 0.05), 0.99]
const levelsWithTrend = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95]
const levelsWithSeason = [0.05, ...steps(0.1, 0.9, 0.1)]
const levelsWithBoth = [0.05, 0.2, 0.4, 0.6, 0.8]

/** Every model that is tried, in a fixed order. */
export const forms: readonly Form[] = [
  ...levelsAlone.map((level): Form => form('level', { level, trend: 0, season: 0 })),
  ...levelsWithTrend.flatMap((level) =>
    [0.05, 0.2, 0.5].map((part): Form => form('level-and-trend', { level, trend: level * part, season: 0 })),
  ),
  ...levelsWithSeason.flatMap((level) =>
    [0.02, 0.1, 0.3, 0.6].map(
      (part): Form => form('level-and-season', { level, trend: 0, season: (1 - level) * part }),
    ),
  ),
  ...levelsWithBoth.flatMap((level) =>
    [0.05, 0.2].flatMap((slope) =>
      [0.02, 0.1, 0.3].map(
        (part): Form => form('level-trend-and-season', { level, trend: level * slope, season: (1 - level) * part }),
      ),
    ),
  ),
]

function form(name: Form['name'], parameters: Parameters): Form {
  return {
    name,
    hasTrend: name === 'level-and-trend' || name === 'level-trend-and-season',
    hasSeason: name === 'level-and-season' || name === 'level-trend-and-season',
    parameters,
  }
}

/** How many numbers maximum likelihood sets: smoothing parameters and starting values (of the season one is not free). */
export const freeNumbers = (
  { hasTrend, hasSeason }: Form,
  period: number,
): { smoothing: number; starting: number } => ({
  smoothing: 1 + Number(hasTrend) + Number(hasSeason),
  starting: 1 + Number(hasTrend) + (hasSeason ? period - 1 : 0),
})

/** Level, trend and seasonal parts as they stand after some step. */
export type State = { level: number; trend: number; readonly season: number[] }

/** What the model expects at a step, the first being 0. */
export const expected = ({ hasSeason }: Form, state: State, step: number): number =>
  state.level + damping * state.trend + (hasSeason ? (state.season[step % state.season.length] ?? 0) : 0)

/** Moves the state on by one step at which the observation was this far from what was expected. */
export function move({ parameters, hasTrend, hasSeason }: Form, state: State, step: number, error: number): void {
  const slope = damping * state.trend
  state.level += slope + parameters.level * error
  if (hasTrend) state.trend = slope + parameters.trend * error
  const place = step % state.season.length
  if (hasSeason) state.season[place] = (state.season[place] ?? 0) + parameters.season * error
}

export const still = (period: number): State => ({ level: 0, trend: 0, season: Array<number>(period).fill(0) })

/** Starting values one by one: a state in which that one is 1 and the others are 0. */
export function startingStates({ hasTrend, hasSeason }: Form, period: number): State[] {
  const season = hasSeason ? Array.from({ length: period - 1 }, (_, place) => place) : []
  return [
    { ...still(period), level: 1 },
    ...(hasTrend ? [{ ...still(period), trend: 1 }] : []),
    ...season.map((place) => ({ ...still(period), season: still(period).season.with(place, 1) })),
  ]
}
