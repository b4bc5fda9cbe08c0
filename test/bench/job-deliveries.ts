/**
 * What five nodes would have delivered: the columns of the invented lab, sealed as a node seals them.
 * @module
 */
import {
  type AgreementDocument,
  citizenNumberKey,
  type ExtractColumn,
  type ExtractId,
  presenceColumn,
  type StatementBody,
} from '@kruispunt/contracts'
import { randomBytes, randomHex, toHex } from '@kruispunt/crypto'
import {
  codeColumnType,
  columnAad,
  columnKey,
  createColumnSealer,
  encodeCodes,
  encodeTokens,
  keyCommitment,
} from '@kruispunt/extracts'
import type { PartyExtract } from './counting-lab.ts'
import { dimensionOf } from './job-agreement.ts'

export type SealedDelivery = {
  readonly statement: StatementBody<'extract'>
  readonly ciphertexts: ReadonlyMap<string, Uint8Array>
  readonly keys: ReadonlyMap<string, Uint8Array>
}

type Plain = Pick<ExtractColumn, 'name' | 'type'> & { readonly bytes: Uint8Array }

/** Each column is dropped once it is sealed: two copies of five extracts would count as memory of the job. */
function* plainColumns({ party, tokens, columns }: PartyExtract, { datasets }: AgreementDocument): Iterable<Plain> {
  const counts = new Uint8Array(tokens.length / 16).fill(1)
  yield { name: 'token:B1', type: 'tokens', bytes: encodeTokens({ tokens, counts, slots: 1 }) }
  yield {
    name: presenceColumn(citizenNumberKey),
    type: 'codes-8',
    bytes: encodeCodes(new Uint16Array(counts.length).fill(2), 2),
  }
  const dimensions = datasets.find(({ id }) => id === party)?.dimensions ?? []
  for (const [column, values] of columns.entries()) {
    const name = dimensionOf(party, column)
    const codes = dimensions.find(({ id }) => id === name)?.codes.length
    if (codes === undefined) throw new Error('a column outside the agreement')
    yield { name, type: codeColumnType(codes), bytes: encodeCodes(values, codes) }
  }
}

export function sealExtract(
  extract: PartyExtract,
  agreement: AgreementDocument,
  agreementId: StatementBody<'extract'>['agreement'],
): SealedDelivery {
  const root = randomBytes(32)
  const extractId = randomHex(16) as ExtractId
  const party = agreement.parties.find(({ id }) => id === extract.party)?.id
  if (!party) throw new Error('a party outside the agreement')
  const ciphertexts = new Map<string, Uint8Array>()
  const keys = new Map<string, Uint8Array>()
  const columns: ExtractColumn[] = []
  for (const { name, type, bytes } of plainColumns(extract, agreement)) {
    const key = columnKey(root, extractId, name)
    const sealer = createColumnSealer({
      key,
      aad: columnAad({ agreementId, epoch: 1, party, extractId, column: name }),
    })
    const first = sealer.push(bytes)
    const sealed = sealer.finish()
    keys.set(name, key)
    ciphertexts.set(name, Buffer.concat([...first, ...sealed.pieces]))
    columns.push({
      name,
      table: 'subjects',
      type,
      slots: 1,
      bytes: sealed.bytes,
      ciphertextSha256: sealed.ciphertextSha256,
      keyCommitment: toHex(keyCommitment(extractId, name, key)),
      // As the node declares it of a column in which it met no unknown value.
      ...(name.includes(':') ? {} : { unknownAbsent: true }),
    })
  }
  const statement: SealedDelivery['statement'] = {
    kind: 'extract',
    extractId,
    agreement: agreementId,
    epoch: 1,
    party,
    dataset: extract.party,
    period: '2024-01/2024-12',
    version: 1,
    replaces: null,
    subjects: extract.tokens.length / 16,
    records: extract.tokens.length / 16,
    rowsLeftOut: 0,
    columns,
  }
  return { statement, ciphertexts, keys }
}
