/**
 * A log of the hostile broker's own making: it begins as the real one up to some entry, takes what the test puts in it, and
 * is signed with the real log key. Served to some nodes, it is one side of a split view.
 * @module
 */
import {
  envelope as envelopeSchema,
  type KeyId,
  type LabId,
  type StatementBody,
  type StatementEnvelope,
} from '@kruispunt/contracts'
import { type SigningKey, toHex } from '@kruispunt/crypto'
import { createLabRecord, type LabRecord, LabRecordError, logIdentityOf, quorumRuleOf } from '@kruispunt/lab-record'
import { envelopeBytes, nextHeader, signStatement, statementHash } from '@kruispunt/statements'
import {
  createMerkleTree,
  formatCheckpoint,
  leafHash,
  mergeCosignatures,
  signCheckpoint,
  verifyQuorum,
} from '@kruispunt/transparency-log'
import { type Call, jsonOf, jsonReply, type Reply, type Rule } from './relay.ts'

export const payloadOf = (envelope: StatementEnvelope): Record<string, unknown> =>
  JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as Record<string, unknown>
export const hashOf = (envelope: StatementEnvelope): string => statementHash(Buffer.from(envelope.payload, 'base64'))

type Keys = { readonly brokerName: string; readonly brokerKey: SigningKey; readonly logKey: SigningKey }

/** @param start - entries it begins with, taken as they are */
export function createForgedLog(lab: LabId, keys: Keys, start: readonly StatementEnvelope[]) {
  const entries: StatementEnvelope[] = []
  const tree = createMerkleTree()
  const notes = new Map<number, string>()
  // Follows as far as entries keep the rules; past that only the tree goes on.
  const record: LabRecord = createLabRecord({ lab, brokerPublicKey: toHex(keys.brokerKey.publicKey) })
  const { origin, logKeyName } = logIdentityOf(keys.brokerName, lab, toHex(keys.logKey.publicKey))

  /** Puts it in whatever it says. @returns its index */
  function append(envelope: StatementEnvelope): number {
    if (record.tree.size === tree.size) {
      try {
        record.check(envelope).commit()
      } catch (error) {
        if (!(error instanceof LabRecordError)) throw error
      }
    }
    entries.push(envelope)
    return tree.append(leafHash(envelopeBytes(envelope)))
  }
  for (const envelope of start) append(envelope)

  function note(size = tree.size): string {
    const text = formatCheckpoint({ origin, size, root: tree.root(size) })
    const made = notes.get(size) ?? signCheckpoint(text, logKeyName, keys.logKey)
    notes.set(size, made)
    return made
  }

  function quorumNote(): string | null {
    const roster = record.state.roster?.document
    if (roster === undefined) return null
    for (const [, signed] of [...notes].sort(([a], [b]) => b - a)) {
      try {
        verifyQuorum(signed, quorumRuleOf(roster))
        return signed
      } catch {}
    }
    return null
  }

  function cosigned({ party, body }: Call): Reply {
    const given = jsonOf<{ note: string }>({ body }).note
    const text = given.slice(0, given.lastIndexOf('\n\n') + 1)
    const size = Number(text.split('\n')[1])
    const stored = notes.get(size)
    const line = given.split('\n').find((one) => one.startsWith(`\u2014 ${origin}/${party} `))
    if (stored?.startsWith(text) && line !== undefined) notes.set(size, mergeCosignatures(stored, [`${line}\n`]))
    return jsonReply({ latest: note(), quorum: quorumNote() })
  }

  function submitted(call: Call): Reply {
    const envelope = envelopeSchema.parse(jsonOf<{ envelope: unknown }>(call).envelope)
    const known = entries.findIndex((entry) => entry.payload === envelope.payload)
    const index = known === -1 ? append(envelope) : known
    return jsonReply({ index, size: tree.size, existing: known !== -1 })
  }

  /** Answers of the log's own interface; undefined for any other call. */
  function answer(call: Call): Reply | undefined {
    if (call.path === 'log/entries') {
      const from = Number(call.query.get('from'))
      const found = entries.slice(from).map((envelope, at) => ({ index: from + at, envelope }))
      return jsonReply({ entries: found, size: tree.size })
    }
    if (call.path === 'log/checkpoints') return jsonReply({ latest: note(), quorum: quorumNote() })
    if (call.path === 'log/cosignatures') return cosigned(call)
    if (call.path === 'statements') return submitted(call)
    return undefined
  }

  return {
    entries: entries as readonly StatementEnvelope[],
    record,
    tree,
    append,
    note,
    quorumNote,
    hashOf,
    /** A statement of the broker that continues the broker's chain as this log has it. */
    sign(body: StatementBody, header: Record<string, unknown> = {}, key: SigningKey = keys.brokerKey) {
      const payload = {
        v: 1,
        lab,
        from: 'broker',
        keyId: key.keyId,
        ...nextHeader(record.state.heads.get(key.keyId as KeyId)),
        issuedAt: new Date().toISOString(),
        notAfter: null,
        roster: record.state.roster?.hash,
        seen: null,
        ...body,
        ...header,
      }
      return signStatement(payload, key) as StatementEnvelope
    },
    /** Serves this log to these parties; their statements go into it and nowhere else. */
    servedTo: (party: string | readonly string[]): Rule => ({
      party,
      act: async (call, pass) => {
        const reply = answer(call)
        // An honest broker would hold an empty answer; a little of that keeps nodes from spinning.
        if (call.path === 'log/entries' && Number(call.query.get('from')) >= tree.size)
          await new Promise((resolve) => setTimeout(resolve, Math.min(300, Number(call.query.get('waitMs')))))
        return reply ?? pass()
      },
    }),
  }
}
