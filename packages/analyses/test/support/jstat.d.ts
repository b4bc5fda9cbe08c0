/** The functions used here; the package brings no types. */
declare module 'jstat' {
  const jStat: {
    readonly normal: { inv(share: number, mean: number, deviation: number): number }
    readonly chisquare: { cdf(value: number, degrees: number): number }
    readonly binomial: { cdf(count: number, size: number, share: number): number }
  }
  export default jStat
}
