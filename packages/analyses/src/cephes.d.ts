/** The functions used here. The package has types of its own, which its `exports` do not let through. */
declare module 'cephes' {
  export const compiled: Promise<void>
  /** Number of standard deviations below which this share of the normal distribution lies. */
  export function ndtri(share: number): number
  /** Chance of more than `value` under chi-square. */
  export function chdtrc(degrees: number, value: number): number
  /** Chance of at most `count` of `size`. */
  export function bdtr(count: number, size: number, share: number): number
  /** Chance of at most `count` where `mean` are expected. */
  export function pdtr(count: number, mean: number): number
}
