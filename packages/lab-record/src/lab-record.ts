/**
 * A lab's log read as what it says: every envelope is verified, placed in its signer's chain, checked against the rules of
 * its kind, and only then counts. Broker, nodes and auditors replay the same log through this same door.
 *
 * Pure but for its own memory: time comes in, nothing is stored here.
 * @module
 */
import { anyStatement, type KeyId, type LabId, type Statement, type StatementEnvelope } from '@kruispunt/contracts'
import { fromHex, keyIdOf, toHex } from '@kruispunt/crypto'
import { checkChain, envelopeBytes, openEnvelope, StatementError, statementHash } from '@kruispunt/statements'
import { createMerkleTree, leafHash } from '@kruispunt/transparency-log'
import { LabRecordError, refuseUnless } from './errors.ts'
import type { RuleContext } from './rules/context.ts'
import { rules } from './rules/index.ts'
import { isInForce, rosterLacks } from './rules/roster.ts'
import { candidateKeysOf, type KnownKey, keysOf } from './signers.ts'
import { emptyState, type LabState, type Recorded } from './state.ts'

export type LabRecord = {
  readonly state: LabState
  readonly tree: ReturnType<typeof createMerkleTree>
  /** Index of a statement already on record, by its hash; `undefined` if it is not. */
  indexOf(statementHash: string): number | undefined
  /**
   * Verifies an envelope as the next entry and returns how to record it. Nothing changes until `commit` is called.
   * @param at - when it is judged, in ms since 1970; absent on replay, where a statement is judged at its own time
   * @throws {@link LabRecordError} with the code of the first rule it breaks
   */
  check(envelope: StatementEnvelope, at?: number): { recorded: Recorded; commit: () => void }
}

export type Trust = { readonly lab: LabId /** From the invitation, in hex. */; readonly brokerPublicKey: string }

/** What an expired roster does not stand in the way of: renewing it, and whatever ends or takes away. */
const whileExpired: ReadonlySet<Statement['kind']> = new Set([
  'roster',
  'roster-acceptance',
  'recovery',
  'revocation',
  'key-destroyed',
  'salt-abort',
  'release-refusal',
  'job-closed',
])

const envelopeCodes: Record<string, 'signature_invalid' | 'signer_unknown' | 'envelope_not_canonical'> = {
  signature_invalid: 'signature_invalid',
  signer_unknown: 'signer_unknown',
  not_canonical: 'envelope_not_canonical',
}

export function createLabRecord(trust: Trust): LabRecord {
  const state = emptyState(trust.lab)
  const tree = createMerkleTree()
  const indices = new Map<string, number>()
  const brokerKey = fromHex(trust.brokerPublicKey)
  const brokerKeyId = keyIdOf(brokerKey) as KeyId
  let keys = new Map<KeyId, KnownKey>([[brokerKeyId, { key: brokerKey, signer: { role: 'broker' } }]])
  /** Keys of a roster that is not in force yet: they may prove themselves, and nothing else. */
  let candidates = new Map<KeyId, KnownKey>()

  function open(envelope: StatementEnvelope) {
    try {
      return openEnvelope(envelope, (keyId) => (keys.get(keyId as KeyId) ?? candidates.get(keyId as KeyId))?.key)
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      throw new LabRecordError(envelopeCodes[error.code] ?? 'envelope_malformed', { cause: error })
    }
  }

  function checkHeader(statement: Statement, hash: string, at: number) {
    refuseUnless(statement.lab === trust.lab, 'wrong_lab')
    const chain = checkChain(state.heads.get(statement.keyId), { seq: statement.seq, prev: statement.prev, hash })
    if (!chain.ok) throw new LabRecordError(chain.code)
    refuseUnless(statement.notAfter === null || at <= Date.parse(statement.notAfter), 'statement_expired')
    if (statement.seen !== null) {
      // Gossip: what the signer verified must be a prefix of this very log.
      const { size, root } = statement.seen
      refuseUnless(size <= tree.size && toHex(tree.root(size)) === root, 'seen_conflict')
    }
    if (state.roster === undefined && statement.kind === 'roster') return
    checkRoster(statement, at)
  }

  /** Made under the roster in force, while it lasts. */
  function checkRoster(statement: Statement, at: number) {
    const { roster, nextRoster } = state
    refuseUnless(roster !== undefined, 'wrong_roster')
    if (statement.roster !== roster.hash) {
      const early = statement.roster === nextRoster?.hash ? rosterLacks(state, nextRoster) : undefined
      throw new LabRecordError(early ?? 'wrong_roster')
    }
    const mayComeLate = whileExpired.has(statement.kind) && isInForce(state)
    refuseUnless(mayComeLate || at < Date.parse(roster.document.expires), 'roster_expired')
    const setsUp = statement.kind === 'roster' || statement.kind === 'roster-acceptance'
    refuseUnless(isInForce(state) || setsUp, 'roster_not_accepted')
  }

  /** A key that is only in the next roster signs nothing but the acceptance of it. */
  function signerOf(statement: Statement, signers: readonly string[]) {
    const known = (keyId: string) => keys.has(keyId as KeyId)
    refuseUnless(statement.kind === 'roster-acceptance' || signers.every(known), 'signer_unknown')
    const signer = (keys.get(statement.keyId) ?? candidates.get(statement.keyId))?.signer
    refuseUnless(signer !== undefined, 'signer_unknown')
    refuseUnless(('party' in signer ? signer.party : signer.role) === statement.from, 'not_in_role')
    return signer
  }

  return {
    state,
    tree,
    indexOf: (hash) => indices.get(hash),
    check(envelope, at) {
      const opened = open(envelope)
      const parsed = anyStatement.safeParse(opened.payload)
      refuseUnless(parsed.success, 'statement_malformed')
      const statement = parsed.data
      const hash = statementHash(opened.payloadBytes)
      const judgedAt = at ?? Date.parse(statement.issuedAt)
      checkHeader(statement, hash, judgedAt)
      const signer = signerOf(statement, opened.signers)

      const recorded: Recorded = { index: tree.size, hash, payloadBytes: opened.payloadBytes, statement }
      const signedBy = new Set(opened.signers as KeyId[])
      const rootAt = (size: number) => (size <= tree.size ? toHex(tree.root(size)) : undefined)
      const context = { state, recorded, signer, signedBy, at: judgedAt, rootAt }
      // The kind picks the rule and types the statement at once; the compiler cannot follow the two together.
      const rule = rules[statement.kind] as (context: RuleContext) => () => void
      const apply = rule(context)
      const leaf = leafHash(envelopeBytes(envelope))
      return {
        recorded,
        commit() {
          if (recorded.index !== tree.size) throw new Error('another statement was recorded in between')
          apply()
          tree.append(leaf)
          indices.set(hash, recorded.index)
          state.heads.set(statement.keyId, { seq: statement.seq, hash })
          if (statement.kind !== 'roster' && statement.kind !== 'roster-acceptance') return
          if (state.roster !== undefined) keys = keysOf(state.roster.document)
          candidates = state.nextRoster === undefined ? new Map() : candidateKeysOf(state.nextRoster.document)
        },
      }
    },
  }
}
