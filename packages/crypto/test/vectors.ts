import { readFileSync } from 'node:fs'

/** Wycheproof's shape as stored under test/vectors: groups with their own facts, tests with a result. */
type Wycheproof<Group, Test> = {
  readonly numberOfTests: number
  readonly groups: readonly (Group & { readonly tests: readonly (Test & WycheproofTest)[] })[]
}
type WycheproofTest = { readonly tcId: number; readonly flags: readonly string[]; readonly result: 'valid' | 'invalid' }

/** Reads one file of test/vectors; the caller says what it holds. */
export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../test/vectors/${name}.json`, import.meta.url), 'utf8')) as T
}

/** Every test with the facts of its group, after checking that none was lost. */
export function casesOf<Group, Test>(name: string): { group: Group; test: Test & WycheproofTest }[] {
  const file = readVectors<Wycheproof<Group, Test>>(name)
  const cases = file.groups.flatMap((group) => group.tests.map((test) => ({ group, test })))
  if (cases.length !== file.numberOfTests) throw new Error('the vector file is incomplete')
  return cases
}
