/**
 * Every function that reads what came from outside, with good examples of its input and a way to call it.
 * @module
 */
import {
  agreementDocument,
  enrolmentRequest,
  envelope as envelopeSchema,
  invitation,
  logEntries,
  rosterDocument,
} from '@kruispunt/contracts'
import { fromBase64, fromHex, generateSigningSeed, randomBytes, signingKeyFromSeed, toHex } from '@kruispunt/crypto'
import {
  columnAad,
  columnKey,
  createColumnSealer,
  decodeAmounts,
  decodeCodes,
  decodeSubjectIndex,
  decodeTokens,
  keyCommitment,
  openColumn,
  openCommittedColumn,
  openKeyRelease,
} from '@kruispunt/extracts'
import { createLabRecord } from '@kruispunt/lab-record'
import { openEnvelope, parseCanonical, parseEnvelope, signStatement } from '@kruispunt/statements'
import {
  cosign,
  createMerkleTree,
  formatCheckpoint,
  leafHash,
  mergeCosignatures,
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
  verifyConsistency,
  verifyCosignature,
  verifyInclusion,
  verifyQuorum,
} from '@kruispunt/transparency-log'
import type { FrontDoor } from '../../packages/front-door/test/front-door.ts'
import { inspectTable, proposeMapping, readTable } from '../../packages/tabular/src/index.ts'
import { practice } from '../../packages/tabular/test/practice-specs.ts'
import { labAccess } from '../../services/broker/src/cli/files.ts'
import { testAgreement } from '../../services/node/test/support/agreement.ts'
import { accountParsers } from './account-parsers.ts'
import { ceremonyParsers } from './ceremony-parsers.ts'
import type { Parser } from './parser.ts'

const utf8 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf8'))
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const json = (value: unknown) => utf8(JSON.stringify(value))
/** Bytes as the hashes of a proof, the last one as short as it comes. */
const hashesIn = (bytes: Uint8Array) =>
  Array.from({ length: Math.min(70, Math.ceil(bytes.length / 32)) }, (_, at) => bytes.subarray(at * 32, at * 32 + 32))

export function allParsers(door: FrontDoor): Parser[] {
  const key = signingKeyFromSeed(generateSigningSeed())
  const witness = { name: 'log/lab/a', publicKey: key.publicKey }
  const identity = { origin: 'log/lab', logKeyName: 'log/lab', logPublicKey: key.publicKey }
  const statement = {
    v: 1,
    kind: 'salt-abort',
    lab: 'lab-a',
    from: 'broker',
    keyId: key.keyId,
    seq: 1,
    prev: '00'.repeat(32),
    issuedAt: '2026-01-01T00:00:00.000Z',
    notAfter: null,
    roster: '00'.repeat(32),
    seen: null,
  }
  const envelope = signStatement(statement, key)
  const tree = createMerkleTree([1, 2, 3, 4, 5, 6, 7].map((n) => leafHash(Uint8Array.of(n))))
  const note = signCheckpoint(formatCheckpoint({ origin: 'log/lab', size: 7, root: tree.root() }), 'log/lab', key)
  const cosigned = mergeCosignatures(note, [cosign(parseCheckpoint(note).text, witness.name, key, 1_700_000_000)])
  const rule = { ...identity, witnesses: [witness], quorum: 1 }

  const place = { agreementId: 'ab'.repeat(32), epoch: 1, party: 'a', extractId: 'cd'.repeat(16), column: 'x' }
  const root = randomBytes(32)
  const secret = columnKey(root, place.extractId, place.column)
  const sealer = createColumnSealer({ key: secret, aad: columnAad(place) })
  const first = sealer.push(Uint8Array.from([1, 2, 3]))
  const column = Buffer.concat([...first, ...sealer.finish().pieces])
  const document = testAgreement('lab-a', ['gemeente', 'politie'])
  const fileSpec = practice[Object.keys(practice)[0] as keyof typeof practice]
  const tables = ['bsn;wijk\n123456782;x\n', 'a,b,c\n1,2,3\n"x","y","z"\n'].map(utf8)
  const releases = { requestHash: 'ab'.repeat(32), jobHash: 'cd'.repeat(32), jobKemSecretKey: randomBytes(32) }

  const schema = (name: Parser['name'], parse: { safeParse(value: unknown): unknown }, good: unknown): Parser => ({
    name,
    good: [json(good)],
    neverThrows: true,
    call: (bytes) => {
      let value: unknown
      try {
        value = JSON.parse(text(bytes))
      } catch {
        return undefined
      }
      return parse.safeParse(value)
    },
  })

  return [
    {
      name: 'statements.parseCanonical',
      good: [fromBase64(envelope.payload)],
      call: (bytes) => parseCanonical(bytes, { maxBytes: 100_000, maxDepth: 32 }),
    },
    { name: 'statements.parseEnvelope', good: [json(envelope)], call: (bytes) => parseEnvelope(bytes) },
    {
      name: 'statements.openEnvelope',
      good: [fromBase64(envelope.payload)],
      // Signed by a key that is known: what is in it is read to the end.
      call: (bytes) =>
        openEnvelope({ ...envelope, payload: Buffer.from(bytes).toString('base64') }, () => key.publicKey, {
          maxBytes: 100_000,
        }),
    },
    {
      name: 'lab-record.createLabRecord',
      good: [json(envelope)],
      call: (bytes) => {
        let value: unknown
        try {
          value = JSON.parse(text(bytes))
        } catch {
          return undefined
        }
        const parsed = envelopeSchema.safeParse(value)
        if (!parsed.success) return undefined
        return createLabRecord({ lab: 'lab-a' as never, brokerPublicKey: toHex(key.publicKey) }).check(parsed.data)
      },
    },
    {
      name: 'transparency-log.parseCheckpoint',
      good: [utf8(note), utf8(cosigned)],
      call: (bytes) => parseCheckpoint(text(bytes)),
    },
    {
      name: 'transparency-log.verifyCheckpoint',
      good: [utf8(note)],
      call: (bytes) => verifyCheckpoint(text(bytes), identity),
    },
    { name: 'transparency-log.verifyQuorum', good: [utf8(cosigned)], call: (bytes) => verifyQuorum(text(bytes), rule) },
    {
      name: 'transparency-log.verifyCosignature',
      good: [utf8(cosigned.split('\n').at(-2) ?? '')],
      call: (bytes) => verifyCosignature(parseCheckpoint(note).text, text(bytes), witness),
    },
    {
      name: 'transparency-log.mergeCosignatures',
      good: [utf8(cosigned)],
      call: (bytes) => mergeCosignatures(text(bytes), [text(bytes)]),
    },
    {
      name: 'transparency-log.verifyInclusion',
      good: [Uint8Array.from(Buffer.concat(tree.inclusionProof(3, 7)))],
      neverThrows: true,
      call: (bytes) =>
        verifyInclusion({ index: 3, size: 7, leafHash: tree.leaf(3), proof: hashesIn(bytes), root: tree.root() }),
    },
    {
      name: 'transparency-log.verifyConsistency',
      good: [Uint8Array.from(Buffer.concat(tree.consistencyProof(3, 7)))],
      neverThrows: true,
      call: (bytes) =>
        verifyConsistency({
          first: 3,
          second: 7,
          firstRoot: tree.root(3),
          secondRoot: tree.root(7),
          proof: hashesIn(bytes),
        }),
    },
    {
      name: 'extracts.openColumn',
      good: [Uint8Array.from(column)],
      call: (bytes) =>
        openColumn({ key: secret, aad: columnAad(place), ciphertext: bytes, expectedBytes: bytes.length }),
    },
    {
      name: 'extracts.openCommittedColumn',
      good: [Uint8Array.from(column)],
      call: (bytes) =>
        openCommittedColumn({
          place,
          key: secret,
          ciphertext: bytes,
          header: {
            bytes: column.length,
            ciphertextSha256: '00'.repeat(32),
            keyCommitment: toHex(keyCommitment(place.extractId, 'x', secret)),
          },
        }),
    },
    {
      name: 'extracts.openKeyRelease',
      good: [randomBytes(1120 + 24 + 64)],
      call: (bytes) =>
        openKeyRelease({
          ...releases,
          ciphertext: bytes.subarray(0, 1120),
          nonce: bytes.subarray(1120, 1144),
          box: bytes.subarray(1144),
        }),
    },
    {
      name: 'extracts.decodeTokens',
      good: [randomBytes(96)],
      call: (bytes) => decodeTokens(bytes, { rows: 3, slots: 2 }),
    },
    {
      name: 'extracts.decodeCodes',
      good: [Uint8Array.of(0, 1, 2)],
      call: (bytes) => decodeCodes(bytes, { rows: 3, codes: 2 }),
    },
    {
      name: 'extracts.decodeAmounts',
      good: [randomBytes(12)],
      call: (bytes) => decodeAmounts(bytes, { rows: 3, lowest: 0, highest: 9 }),
    },
    {
      name: 'extracts.decodeSubjectIndex',
      good: [randomBytes(12)],
      call: (bytes) => decodeSubjectIndex(bytes, { rows: 3, subjects: 3 }),
    },
    { name: 'tabular.inspectTable', good: tables, neverThrows: true, call: (bytes) => inspectTable(bytes) },
    {
      name: 'tabular.readTable',
      good: tables,
      call: async (bytes) => {
        const outcome = inspectTable(bytes)
        if (!outcome.ok) return undefined
        const mapping = proposeMapping(outcome.inspection, fileSpec)
        const readBsn = () => 0 as never
        let rows = 0
        for await (const batch of readTable([bytes], outcome.inspection, mapping, fileSpec, {
          readBsn,
          maxLineBytes: 4000,
        }).batches)
          rows += batch.rows
        return rows
      },
    },
    ...ceremonyParsers(),
    ...accountParsers(door),
    { name: 'crypto.fromHex', good: [utf8('00ff')], call: (bytes) => fromHex(text(bytes)) },
    { name: 'crypto.fromBase64', good: [utf8('AAEC')], call: (bytes) => fromBase64(text(bytes)) },
    schema('contracts.envelope', envelopeSchema, envelope),
    schema('contracts.agreementDocument', agreementDocument, document),
    schema('contracts.rosterDocument', rosterDocument, {}),
    schema('contracts.logEntries', logEntries, { entries: [{ index: 0, envelope }], size: 1 }),
    schema('contracts.enrolmentRequest', enrolmentRequest, {
      lab: 'lab-a',
      party: 'a',
      token: 'ab'.repeat(32),
      proofs: {},
    }),
    schema('contracts.invitation', invitation, {
      v: 1,
      kind: 'kruispunt-invitation',
      brokerUrl: 'https://a',
      lab: 'lab-a',
    }),
    schema('broker.labAccess', labAccess, { v: 1, kind: 'kruispunt-lab-access', brokerUrl: 'https://a', lab: 'lab-a' }),
  ]
}
