/**
 * Maximum entropy found by walking uphill, without the dual: shares nothing with the solver it checks.
 * @module
 */

/**
 * @param variance - `undefined` for any
 * @returns probabilities with mean zero whose entropy no allowed small step raises
 */
export function nearestToMaximumEntropy(deviations: readonly number[], variance: number | undefined): number[] {
  const constraints = [deviations.map(() => 1), [...deviations], deviations.map((v) => v * v)]
  const used = variance === undefined ? constraints.slice(0, 2) : constraints
  const goal = variance === undefined ? [1, 0] : [1, 0, variance]
  // Sequential quadratic steps from the uniform distribution: minimise sum p ln p subject to the constraints.
  let p = deviations.map(() => 1 / deviations.length)
  for (let round = 0; round < 2000; round++) {
    // Newton direction of the Lagrangian: d = p (A' y - 1 - ln p), with y from A diag(p) A' y = b - A p + A diag(p) (1 + ln p).
    const pull = p.map((x) => x * (1 + Math.log(x)))
    const left = used.map((a) =>
      used.map((b) =>
        dot(
          a.map((x, i) => x * (p[i] ?? 0)),
          b,
        ),
      ),
    )
    const right = used.map((a, row) => (goal[row] ?? 0) - dot(a, p) + dot(a, pull))
    const y = gauss(left, right)
    const step = p.map(
      (x, i) => x * used.reduce((sum, a, row) => sum + (a[i] ?? 0) * (y[row] ?? 0), 0) - (pull[i] ?? 0),
    )
    let length = 1
    while (p.some((x, i) => x + length * (step[i] ?? 0) <= x / 20)) length /= 2
    p = p.map((x, i) => x + length * (step[i] ?? 0))
    if (Math.max(...step.map(Math.abs)) < 1e-13) break
  }
  return p
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)

function gauss(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0])
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows.slice(i).reduce((best, row) => (Math.abs(row[i] ?? 0) > Math.abs(best[i] ?? 0) ? row : best))
    rows.splice(rows.indexOf(pivot), 1)
    rows.splice(i, 0, pivot)
    for (const [j, row] of rows.entries()) {
      if (j === i) continue
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1)
      for (let k = i; k < row.length; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0)
    }
  }
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1))
}
