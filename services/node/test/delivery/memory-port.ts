/**
 * The rest of the node as a delivery sees it, in memory and a folder: no log, no broker, but real keys and real files.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgreementDocument, AgreementId, Dataset, Dimension, ExtractId, PartyId } from '@kruispunt/contracts'
import { randomBytes, randomHex, toHex } from '@kruispunt/crypto'
import { columnKey, decodeCodes, decodeSubjectIndex, decodeTokens, openCommittedColumn } from '@kruispunt/extracts'
import type { DeliveryPort, ExtractBody, NewExtract, OwnExtract } from '../../src/delivery-port.ts'
import { NodeError } from '../../src/errors.ts'

const agreementIdForTesting = 'a1'.repeat(32) as AgreementId

export type MemoryPort = DeliveryPort & {
  readonly folder: string
  readonly uploaded: string[]
  readonly pseudonymKeyForTesting: Uint8Array
  /** Opens a column as a broker with the released key would. */
  open(extractId: ExtractId, column: string): Promise<Uint8Array>
  dispose(): void
}

/** @param jointNumbers - stands in for the other parties; without it numbers are salted, as there is nobody to ask */
export function memoryPort(
  asked: AgreementDocument,
  party: string,
  jointNumbers?: (digits: Uint8Array) => Uint8Array,
): MemoryPort {
  const document = jointNumbers === undefined ? { ...asked, pseudonymMode: 'salted' as const } : asked

  const folder = mkdtempSync(join(tmpdir(), 'kruispunt-delivery-'))
  const staging = join(folder, 'staging')
  mkdirSync(staging)
  const key = randomBytes(32)
  const own = new Map<ExtractId, { root: Uint8Array; extract: OwnExtract }>()
  const mappings = new Map<string, unknown>()
  const uploaded: string[] = []
  const find = (id: ExtractId) => {
    const found = own.get(id)
    if (found === undefined) throw new NodeError('extract_unknown')
    return found
  }
  const port: MemoryPort = {
    folder,
    uploaded,
    pseudonymKeyForTesting: key,
    refresh: async () => {},
    agreementFor: () => ({ id: agreementIdForTesting, document, epoch: 1, party: party as PartyId }),
    pseudonymKey: () => key.slice(),
    jointNumbers: async ({ digits }) => {
      if (jointNumbers === undefined) throw new Error('these numbers are salted')
      return jointNumbers(digits)
    },
    succession: () => ({ version: 1, replaces: null }),
    createExtract: (meta: NewExtract) => {
      const extractId = randomHex(16) as ExtractId
      const root = randomBytes(32)
      const extract: OwnExtract = {
        extractId,
        ...meta,
        state: 'preparing',
        body: null,
        report: null,
        createdAt: '2026-01-01T00:00:00.000Z',
        sentAt: null,
        keyPresent: true,
        madeFor: null,
      }
      own.set(extractId, { root: root.slice(), extract })
      return { extractId, extractRoot: root }
    },
    columnPath: (id, column) => join(folder, `${id}-${column.replaceAll(/[^a-zA-Z0-9]/g, '_')}`),
    markPrepared: (id, body: ExtractBody, report) => {
      const { root, extract } = find(id)
      own.set(id, { root, extract: { ...extract, state: 'prepared', body, report } })
    },
    discard: (id) => {
      own.delete(id)
    },
    extract: (id) => find(id).extract,
    outstanding: () => [],
    extracts: () => [...own.values()].map(({ extract }) => extract),
    uploadColumn: async (_id, column) => {
      uploaded.push(column)
      return { existing: false }
    },
    submitExtract: async (id) => {
      const { root, extract } = find(id)
      own.set(id, { root, extract: { ...extract, state: 'sent' } })
      return { statementHash: 'f0'.repeat(32), index: 7 }
    },
    withdrawalOf: () => ({
      scope: 'extract',
      keysDestroyed: [],
      secretDestroyed: false,
      requestsEnded: [],
      resultsStaying: [],
      partnersAffected: [],
    }),
    withdraw: async () => ({ statementHash: 'f1'.repeat(32), index: 8 }),
    rememberedMapping: (dataset, source) => mappings.get(`${dataset} ${source}`),
    rememberMapping: (dataset, source, mapping) => mappings.set(`${dataset} ${source}`, mapping),
    stagingFolder: () => staging,
    now: () => '2026-01-01T00:00:00.000Z',
    open: async (id, column) => {
      const { root, extract } = find(id)
      const declared = extract.body?.columns.find(({ name }) => name === column)
      if (declared === undefined) throw new Error('no such column')
      const place = { agreementId: agreementIdForTesting, epoch: 1, party, extractId: id, column }
      return openCommittedColumn({
        place,
        key: columnKey(root, id, column),
        ciphertext: readFileSync(port.columnPath(id, column)),
        header: declared,
      })
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  }
  return port
}

/** Decoded plaintext of a whole extract, as the broker of a job would have it. */
export async function openAll(port: MemoryPort, id: ExtractId, dataset: Dataset) {
  const body = port.extract(id).body
  if (body === null) throw new Error('not prepared')
  const rows = dataset.grain === 'record' ? body.records : body.subjects
  const codes = async (dimension: Dimension) => {
    const values = decodeCodes(await port.open(id, dimension.id), { rows, codes: dimension.codes.length })
    return Array.from(values, (value) => dimension.codes[value - 1]?.code ?? '')
  }
  const dimensions = new Map<string, string[]>()
  for (const dimension of dataset.dimensions) dimensions.set(dimension.id, await codes(dimension))
  const tokens = dataset.linkageKeys.includes('B1')
    ? decodeTokens(await port.open(id, 'token:B1'), { rows: body.subjects, slots: 1 })
    : new Uint8Array(0)
  const subject =
    dataset.grain === 'record'
      ? decodeSubjectIndex(await port.open(id, 'subject'), { rows, subjects: body.subjects })
      : new Uint32Array(0)
  const token = (row: number) => toHex(tokens.subarray(row * 16, row * 16 + 16))
  return { body, dimensions, token, subject }
}
