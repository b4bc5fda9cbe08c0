/**
 * From a delivery of this node to an extract for one request: the columns asked and no others, rows in a new order, tokens under the
 * request's own key, sealed under a new root key. The delivery itself does not change.
 * @module
 */
import { createReadStream } from 'node:fs'
import type { ExtractColumn, StatementOf } from '@kruispunt/contracts'
import { erase, shuffledOrder, toHex } from '@kruispunt/crypto'
import {
  columnAad,
  columnKey,
  decodeSubjectIndex,
  encodeSubjectIndex,
  keyCommitment,
  openCommittedColumn,
} from '@kruispunt/extracts'
import { requestPseudonymKey, tokensForRequest } from '@kruispunt/pseudonyms'
import { sealColumnToFile } from '../delivery/seal-column.ts'
import type { ExtractBody } from '../delivery-port.ts'
import { refuseUnless } from '../errors.ts'

type Orders = Readonly<Record<ExtractColumn['table'], Uint32Array>>
type Asked = StatementOf<'request'>['extracts'][number]

export type Making = {
  readonly requestHash: string
  readonly requestId: string
  readonly asked: Asked
  /** The delivery: what would be, or was, signed of it, and its root key. */
  readonly source: { readonly body: ExtractBody; readonly root: Uint8Array }
  /** Root key of the new extract. */
  readonly root: Uint8Array
  /** K_pseudonym of the epoch. */
  readonly pseudonymKey: Uint8Array
  readonly columnPath: (extractId: string, column: string) => string
}

const bytesOf: Readonly<Record<Exclude<ExtractColumn['type'], 'tokens'>, number>> = {
  'codes-8': 1,
  'codes-16': 2,
  'subject-index': 4,
  'amounts-32': 4,
}

function reordered(bytes: Uint8Array, rowBytes: number, order: Uint32Array): Uint8Array {
  const moved = new Uint8Array(bytes.length)
  for (let row = 0; row < order.length; row++) {
    const from = (order[row] as number) * rowBytes
    moved.set(bytes.subarray(from, from + rowBytes), row * rowBytes)
  }
  return moved
}

/** Whose each record is, in the new orders of both tables. */
function repointed(bytes: Uint8Array, { records, subjects }: Orders): Uint8Array {
  const place = new Uint32Array(subjects.length)
  subjects.forEach((subject, row) => {
    place[subject] = row
  })
  const indexes = decodeSubjectIndex(bytes, { rows: records.length, subjects: subjects.length })
  const moved = encodeSubjectIndex(
    records.map((record) => place[indexes[record] as number] as number),
    subjects.length,
  )
  indexes.fill(0)
  return moved
}

function remade(column: ExtractColumn, bytes: Uint8Array, orders: Orders, requestKey: Uint8Array): Uint8Array {
  const { name, type, slots, table } = column
  if (type === 'subject-index') return repointed(bytes, orders)
  const order = orders[table]
  if (type !== 'tokens') return reordered(bytes, bytesOf[type], order)
  // `token:B1` and `decoy:N1`: the key, under which equal values of all parties become equal tokens.
  const keyId = name.slice(name.indexOf(':') + 1)
  return tokensForRequest(requestKey, { keyId, tokens: bytes, slots, order })
}

/**
 * @returns the statement to sign, once every file of it is on the disk
 * @throws NodeError `extract_unknown` for a column that the delivery does not have; ExtractError for a delivery that does not open
 */
export async function makeRequestExtract(making: Making): Promise<ExtractBody> {
  const { asked, source, columnPath } = making
  const { extractId } = asked
  const { body } = source
  const orders: Orders = {
    subjects: shuffledOrder(body.subjects),
    records: shuffledOrder(body.records),
    decoys: shuffledOrder(body.decoys ?? 0),
  }
  const requestKey = requestPseudonymKey(making.pseudonymKey, making.requestId)
  const headers = asked.columns.map((name) => {
    const header = body.columns.find((column) => column.name === name)
    refuseUnless(header !== undefined, 'extract_unknown')
    return header
  })
  const place = { agreementId: body.agreement, epoch: body.epoch, party: body.party }
  const columns: ExtractBody['columns'] = []
  try {
    // One column at a time: only one stands in memory as bytes.
    for (const header of headers) {
      const { name } = header
      const oldKey = columnKey(source.root, body.extractId, name)
      const plain = await openCommittedColumn({
        place: { ...place, extractId: body.extractId, column: name },
        key: oldKey,
        ciphertext: createReadStream(columnPath(body.extractId, name), { highWaterMark: 1 << 20 }),
        header,
      })
      const made = remade(header, plain, orders, requestKey)
      const key = columnKey(making.root, extractId, name)
      const aad = columnAad({ ...place, extractId, column: name })
      const sealed = await sealColumnToFile(columnPath(extractId, name), made, key, aad)
      columns.push({ ...header, ...sealed, keyCommitment: toHex(keyCommitment(extractId, name, key)) })
      erase(oldKey, plain, key)
    }
  } finally {
    erase(requestKey)
    for (const order of Object.values(orders)) order.fill(0)
  }
  const { decoys, forRequest: _none, ...rest } = body
  return {
    ...rest,
    extractId,
    version: 1,
    replaces: null,
    ...(decoys !== undefined && headers.some(({ table }) => table === 'decoys') ? { decoys } : {}),
    columns,
    forRequest: { requestHash: making.requestHash, source: body.extractId },
  }
}
