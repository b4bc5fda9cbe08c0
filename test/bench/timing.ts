/**
 * Seconds, percentiles and lines of print that the counting benchmarks share.
 * @module
 */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T; seconds: number }> {
  const from = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - from) / 1000 }
}

export type Percentiles = { readonly p50: number; readonly p95: number; readonly most: number }

/** By nearest rank; not a number when there is nothing to rank. */
export function percentiles(seconds: readonly number[]): Percentiles {
  const sorted = seconds.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), most: at(1) }
}

export const inMs = ({ p50, p95, most }: Percentiles): string =>
  (
    [
      ['p50', p50],
      ['p95', p95],
      ['max', most],
    ] as const
  )
    .map(([name, seconds]) => `${name} ${(seconds * 1000).toFixed(0).padStart(5)} ms`)
    .join('   ')

export const say = (what: string, figures: string): void => console.log(`  ${what.padEnd(44)}${figures}`)

/** Largest resident size of this process so far. */
export const peakMemory = (): string => `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`
