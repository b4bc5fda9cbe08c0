/**
 * The least informative distribution over given deviations that has mean zero and, at most, a given variance.
 *
 * Under moment constraints the entropy is largest for p(v) ~ exp(a v + b v^2); a and b minimise the convex dual
 * log sum exp(a v + b (v^2 - V)), found here by a damped Newton method.
 * @module
 */

/** How far mean and variance may be off after solving. */
const tolerance = 1e-11

/**
 * Where even b = 0 has a variance of V or less, more variance would only cost entropy (the extremes would be likelier than the
 * truth): the distribution with b = 0 is taken, whose variance is lower than V.
 * @param deviations - ascending, distinct; some below and some above zero
 * @param variance - V, above what two neighbours of zero can reach
 * @returns probabilities, parallel; `undefined` if the solver does not come near enough
 * @see Marley & Leaver (2011); Giessing (2016), doi 10.1007/978-3-319-45381-1_18
 */
export function maximumEntropy(deviations: readonly number[], variance: number): number[] | undefined {
  const flat = solve(deviations, variance, true)
  if (!flat) return undefined
  if (varianceOf(deviations, flat) <= variance) return flat
  return solve(deviations, variance, false)
}

/** Of a distribution with mean zero. */
function varianceOf(deviations: readonly number[], probabilities: readonly number[]): number {
  return deviations.reduce((sum, v, place) => sum + v * v * (probabilities[place] ?? 0), 0)
}

function solve(deviations: readonly number[], variance: number, flat: boolean): number[] | undefined {
  // Measured in the largest deviation, both unknowns are of like size.
  const scale = Math.max(...deviations.map(Math.abs))
  const scaled = deviations.map((v) => v / scale)
  const target = variance / scale ** 2
  let a = 0
  let b = 0
  let here = dualOf(scaled, a, b, target)
  for (let step = 0; step < 200; step++) {
    const { gradient, hessian } = slopesOf(scaled, here.probabilities, target)
    const off = Math.max(Math.abs(gradient[0]), flat ? 0 : Math.abs(gradient[1]))
    if (off < tolerance / scale ** 2) return here.probabilities
    const [da, db] = flat ? ([-gradient[0] / hessian[0], 0] as const) : newtonStep(gradient, hessian)
    const slope = gradient[0] * da + gradient[1] * db
    let length = 1
    let next = dualOf(scaled, a + da, b + db, target)
    // At the bottom the dual no longer changes in floating point: the full step is right there.
    const flatBottom = Math.abs(slope) < 1e-14
    while (!flatBottom && next.value > here.value + 1e-4 * length * slope && length > 1e-12) {
      length /= 2
      next = dualOf(scaled, a + length * da, b + length * db, target)
    }
    a += length * da
    b += length * db
    here = next
  }
  return undefined
}

function dualOf(
  deviations: readonly number[],
  a: number,
  b: number,
  target: number,
): { readonly value: number; readonly probabilities: number[] } {
  const exponents = deviations.map((v) => a * v + b * v * v)
  const highest = Math.max(...exponents)
  const weights = exponents.map((exponent) => Math.exp(exponent - highest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return { value: highest + Math.log(total) - b * target, probabilities: weights.map((weight) => weight / total) }
}

type Pair = readonly [number, number]

function slopesOf(
  deviations: readonly number[],
  probabilities: readonly number[],
  target: number,
): { readonly gradient: Pair; readonly hessian: readonly [number, number, number] } {
  let first = 0
  let second = 0
  deviations.forEach((v, place) => {
    first += v * (probabilities[place] ?? 0)
    second += v * v * (probabilities[place] ?? 0)
  })
  let aa = 0
  let ab = 0
  let bb = 0
  deviations.forEach((v, place) => {
    const p = probabilities[place] ?? 0
    aa += p * (v - first) ** 2
    ab += p * (v - first) * (v * v - second)
    bb += p * (v * v - second) ** 2
  })
  return { gradient: [first, second - target], hessian: [aa, ab, bb] }
}

function newtonStep(gradient: Pair, [aa, ab, bb]: readonly [number, number, number]): Pair {
  const determinant = aa * bb - ab * ab
  return [(ab * gradient[1] - bb * gradient[0]) / determinant, (ab * gradient[0] - aa * gradient[1]) / determinant]
}
