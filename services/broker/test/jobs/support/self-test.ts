/** A self-test in the invented lab: a second key beside the citizen number, and who each party would write down of nobody real. */
import {
  type AgreementDocument,
  type Dataset,
  decoyColumn,
  decoyPersonColumn,
  type MatchKeyId,
} from '@kruispunt/contracts'
import { concatBytes } from '@kruispunt/crypto'
import { codeColumnType, encodeCodes, encodeTokens } from '@kruispunt/extracts'
import type { TokenMaker } from '@kruispunt/pseudonyms'
import type { Plain } from './plain-column.ts'

const names = 'N1' as MatchKeyId

/** The agreement with so many invented people, and a key that they have; as it was when none are asked for. */
export function withSelfTest(document: AgreementDocument, invented: number | undefined): AgreementDocument {
  if (invented === undefined) return document
  const { linkage, datasets } = document
  const key = { id: names, parts: ['initial' as const, 'surname' as const, 'birthDate' as const] }
  return {
    ...document,
    linkage: { ...linkage, keys: [...linkage.keys, key], selfTest: invented },
    datasets: datasets.map((dataset) => ({ ...dataset, linkageKeys: [...dataset.linkageKeys, names] })),
  }
}

const order: readonly string[] = ['residents', 'reports', 'clients']
/** Each party misses every tenth; the clients' party takes number 15 for number 12, whom it does not know. */
const knownTo = (dataset: string, invented: number): number[] =>
  Array.from({ length: invented }, (_, person) => person).filter((person) => person % 10 !== order.indexOf(dataset))
const writtenAs = (dataset: string, person: number): number => (dataset === 'clients' && person === 15 ? 12 : person)

/** @param numbers - of the real people, who have the second key as well */
export function selfTestPlain(
  { id, linkageKeys }: Dataset,
  { linkage: { selfTest: invented } }: AgreementDocument,
  maker: TokenMaker,
  numbers: readonly string[],
): { readonly columns: Plain[]; readonly decoys: number | undefined } {
  if (invented === undefined || !linkageKeys.includes(names)) return { columns: [], decoys: undefined }
  const people = knownTo(id, invented)
  const tokens = (values: readonly string[]) =>
    encodeTokens({
      tokens: concatBytes(...values.map((value) => maker.token(names, value))),
      counts: values.map(() => 1),
      slots: 1,
    })
  const written = people.map((person) => `invented ${writtenAs(id, person)}`)
  const codes = encodeCodes(
    people.map((person) => person + 1),
    invented,
  )
  return {
    columns: [
      { name: `token:${names}`, table: 'subjects', type: 'tokens', bytes: tokens(numbers) },
      { name: decoyColumn(names), table: 'decoys', type: 'tokens', bytes: tokens(written) },
      { name: decoyPersonColumn, table: 'decoys', type: codeColumnType(invented), bytes: codes },
    ],
    decoys: people.length,
  }
}
