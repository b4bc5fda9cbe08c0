/**
 * The self-test: invented people that every node makes of the group's secret, linked under the rules of the agreement and scored.
 *
 * They are linked beside the real people, never among them, so nobody who does not exist can reach a count.
 * @module
 */
import {
  decoyColumn,
  decoyPersonColumn,
  type ExtractColumn,
  type LinkQuality,
  type MatchKeyId,
} from '@kruispunt/contracts'
import { erase, randomBytes } from '@kruispunt/crypto'
import { codeColumnType, decodeCodes, decodeTokens, ExtractError } from '@kruispunt/extracts'
import {
  BrokerLinkageError,
  type LinkRules,
  linkPersons,
  scoreDecoys,
  type TokenColumn,
} from '@kruispunt/linkage/broker'
import { JobFailure } from './job-failure.ts'

/** The invented people of one delivery. */
export type Decoys = {
  readonly rows: number
  readonly tokens: TokenColumn[]
  /** per row the number of its person, from 1; empty until its column is read */
  people: Uint8Array | Uint16Array
}

/** Scores under the names of the deliveries; null where there is nothing to compare. */
export type SelfTest = LinkQuality['selfTest']

export const noDecoys = (rows: number): Decoys => ({ rows, tokens: [], people: new Uint8Array(0) })

/**
 * Takes in one opened column.
 * @param plaintext - tokens are kept in it; anything else is erased
 * @param invented - how many people the agreement lets exist
 * @throws {@link ExtractError} for a column that is not one of the self-test, or not of its shape
 */
export function readDecoyColumn(
  decoys: Decoys | undefined,
  { name, type, slots }: ExtractColumn,
  plaintext: Uint8Array,
  invented: number,
): void {
  if (!decoys) throw new ExtractError('wrong_length')
  const { rows } = decoys
  if (name !== decoyPersonColumn) {
    const keyId = name.slice(decoyColumn('' as MatchKeyId).length)
    if (type !== 'tokens') throw new ExtractError('wrong_length')
    decoys.tokens.push({ keyId, slots, tokens: decodeTokens(plaintext, { rows, slots }) })
    return
  }
  if (type !== codeColumnType(invented)) throw new ExtractError('wrong_length')
  decoys.people = decodeCodes(plaintext, { rows, codes: invented })
  erase(plaintext)
  if (decoys.people.includes(0)) throw new ExtractError('code_out_of_range')
}

export function eraseDecoys({ tokens, people }: Decoys): void {
  erase(...tokens.map((column) => column.tokens))
  people.fill(0)
}

/**
 * @param people - how many were invented; undefined without a self-test
 * @param rules - those that the real people are linked under
 * @param deliveries - of the job, under the names that its other figures use; their tokens are wiped
 * @throws {@link JobFailure} `linking_failed`
 */
export function scoreSelfTest(
  people: number | undefined,
  rules: LinkRules,
  deliveries: readonly { readonly party: string; readonly decoys: Decoys }[],
): SelfTest {
  if (people === undefined || deliveries.length < 2) return null
  try {
    const { personOf } = linkPersons(
      deliveries.map(({ party, decoys }) => ({ party, subjects: decoys.rows, tokenColumns: decoys.tokens })),
      { jobKey: randomBytes(32), ...rules },
    )
    const numbers = deliveries.map(({ decoys }) => Uint32Array.from(decoys.people))
    const pairs = scoreDecoys({ personOf, decoys: numbers }).map(
      ({ pair: [a, b], expected, recovered, falseLinks }) => ({
        a: deliveries[a]?.party ?? '',
        b: deliveries[b]?.party ?? '',
        expected,
        recovered,
        wrong: falseLinks,
      }),
    )
    return { people, pairs }
  } catch (cause) {
    if (cause instanceof BrokerLinkageError) throw new JobFailure('linking_failed', undefined, { cause })
    throw cause
  }
}
