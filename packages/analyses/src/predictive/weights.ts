/**
 * A model with its parameters, as weights of the observations: one row for each error, one for each forecast.
 * @module
 */
import { expected, type Form, freeNumbers, move, type State, startingStates, still } from './forms.ts'

/** Rows of `length` weights each. */
export type Weights = {
  readonly form: Form
  /** One row for each observation: how far it lay from what was expected. */
  readonly errors: readonly Float64Array[]
  /** One row for each step ahead. */
  readonly forecasts: readonly Float64Array[]
  /** Variance of each forecast, as a multiple of that of one step. */
  readonly variances: readonly number[]
  /** Errors less free numbers: what the sum of squares is divided by. */
  readonly degrees: number
  /** What the number of free numbers adds to the criterion (AICc). */
  readonly penalty: number
}

/** @returns nothing if the model has too many free numbers for so few observations */
export function weightsOf(form: Form, length: number, period: number, horizon: number): Weights | undefined {
  const { smoothing, starting } = freeNumbers(form, period)
  const free = smoothing + starting + 1
  if (length - free - 1 <= 0) return undefined
  // Response to each observation by itself, from nothing; and to each starting value without observations.
  const fromObservations = Array.from({ length }, (_, at) =>
    response(form, still(period), length, horizon, (step) => (step === at ? 1 : 0)),
  )
  const fromStart = startingStates(form, period).map((state) => response(form, state, length, horizon, () => 0))
  const basis = orthonormal(fromStart)
  const projected = fromObservations.map((each) => withoutStart(each, basis))
  const column = (pick: (each: Response) => Float64Array, row: number): Float64Array =>
    Float64Array.from(projected, (each) => pick(each)[row] ?? 0)
  return {
    form,
    errors: Array.from({ length }, (_, row) => column(({ errors }) => errors, row)),
    forecasts: Array.from({ length: horizon }, (_, row) => column(({ forecasts }) => forecasts, row)),
    variances: variancesOf(form, period, horizon),
    degrees: length - smoothing - starting,
    penalty: 2 * free + (2 * free * (free + 1)) / (length - free - 1),
  }
}

type Response = { readonly errors: Float64Array; readonly forecasts: Float64Array }

function response(
  form: Form,
  state: State,
  length: number,
  horizon: number,
  observed: (step: number) => number,
): Response {
  const errors = new Float64Array(length)
  for (let step = 0; step < length; step += 1) {
    const error = observed(step) - expected(form, state, step)
    errors[step] = error
    move(form, state, step, error)
  }
  const forecasts = new Float64Array(horizon)
  for (let ahead = 0; ahead < horizon; ahead += 1) {
    forecasts[ahead] = expected(form, state, length + ahead)
    move(form, state, length + ahead, 0)
  }
  return { errors, forecasts }
}

/** Each response to a starting value, made orthogonal to the ones before it in its errors, with errors of length one. */
function orthonormal(responses: readonly Response[]): Response[] {
  const basis: Response[] = []
  for (const each of responses) {
    const before = Math.sqrt(inner(each.errors, each.errors))
    // Twice: once leaves what rounding put there.
    const rest = withoutStart(withoutStart(each, basis), basis)
    const size = Math.sqrt(inner(rest.errors, rest.errors))
    // A starting value that nothing depends on any more has no least squares; leaving it at nought changes no error.
    if (size <= 1e-8 * before) continue
    basis.push({
      errors: rest.errors.map((value) => value / size),
      forecasts: rest.forecasts.map((value) => value / size),
    })
  }
  return basis
}

/** What is left when the starting values are chosen so that the sum of squared errors is least. */
function withoutStart(each: Response, basis: readonly Response[]): Response {
  const errors = Float64Array.from(each.errors)
  const forecasts = Float64Array.from(each.forecasts)
  for (const direction of basis) {
    const size = inner(errors, direction.errors)
    for (let step = 0; step < errors.length; step += 1)
      errors[step] = (errors[step] ?? 0) - size * (direction.errors[step] ?? 0)
    for (let ahead = 0; ahead < forecasts.length; ahead += 1)
      forecasts[ahead] = (forecasts[ahead] ?? 0) - size * (direction.forecasts[ahead] ?? 0)
  }
  return { errors, forecasts }
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}

/** An error goes on into later steps as the model lets it. */
function variancesOf(form: Form, period: number, horizon: number): number[] {
  const state = still(period)
  move(form, state, 0, 1)
  const variances: number[] = []
  let sum = 1
  for (let ahead = 1; ahead <= horizon; ahead += 1) {
    variances.push(sum)
    sum += expected(form, state, ahead) ** 2
    move(form, state, ahead, 0)
  }
  return variances
}
