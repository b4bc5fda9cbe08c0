/** Invented people, and what three invented parties know of them. The same for every run. */
type Report = { readonly kind: 'noise' | 'theft' | 'unknown'; readonly month: string; readonly minutes: number }
export type Person = {
  readonly number: string
  /** Known to the town. */
  readonly resident:
    | { readonly area: string; readonly care: 'yes' | 'no'; readonly age: string; readonly tenths: number }
    | undefined
  /** Known to the police. */
  readonly reports: readonly Report[]
  /** Known to the health service. */
  readonly client: { readonly stay: 'home' | 'clinic' } | undefined
}

export const areas = ['N1', 'N2', 'S1', 'S2'] as const
export const districtOf: Readonly<Record<string, string>> = { N1: 'N', N2: 'N', S1: 'S', S2: 'S' }
export const ages = ['0-17', '18-64', '65+'] as const
export const months = ['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06'] as const
export const quarterOf = (month: string): string => (Number(month.slice(5)) <= 3 ? '2024-Q1' : '2024-Q2')

/** Park and Miller's generator: enough for invented people. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

export function makePeople(count: number, seed = 11): Person[] {
  const draw = draws(seed)
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T
  return Array.from({ length: count }, (_, index): Person => {
    const number = String(100_000_000 + index)
    const isResident = draw() < 0.9
    const area = oneOf(areas)
    const care = draw() < 0.35 ? 'yes' : 'no'
    const age = oneOf(ages)
    // Tenths of hours of help a week.
    const tenths = (care === 'yes' ? 40 : 0) + ((index * 37) % 150)
    const known = draw() < 0.35 || !isResident ? 1 + Math.floor(draw() * 3) : 0
    const reports = Array.from(
      { length: known },
      (): Report => ({ kind: oneOf(['noise', 'theft']), month: oneOf(months), minutes: 5 + ((index * 31) % 90) }),
    )
    const client = draw() < 0.4 ? { stay: oneOf(['home', 'clinic'] as const) } : undefined
    return { number, resident: isResident ? { area, care, age, tenths } : undefined, reports, client }
  })
}
