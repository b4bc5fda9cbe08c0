/**
 * A partner that sends what it likes: its real keys, taken from its folder, without its node in between.
 * @module
 */
import type { KeyId, LabId, StatementBody, StatementEnvelope } from '@kruispunt/contracts'
import type { SigningKey } from '@kruispunt/crypto'
import type { LabState } from '@kruispunt/lab-record'
import { type ChainHead, nextHeader, signStatement } from '@kruispunt/statements'
import { openNode } from '../../../../services/node/src/node.ts'
import { openFolder } from '../../../../services/node/src/open-folder.ts'
import { hashOf, payloadOf } from './forged-log.ts'

export type PartyKeys = {
  readonly node: SigningKey
  readonly witness: SigningKey
  readonly officer: SigningKey
  readonly certificate: string
  readonly tlsKey: string
}

/** All that lies in a node's folder, opened as its owner can. */
export async function keysIn(folder: string, officer: string, passphrase: string): Promise<PartyKeys> {
  const opened = await openFolder({ folder, clock: Date.now, random: () => 0 })
  try {
    return {
      node: opened.keyStore.ensureSigningKey('node'),
      witness: opened.keyStore.ensureSigningKey('witness'),
      officer: opened.officers.unlock(officer, passphrase),
      certificate: opened.settings.get('certificate') ?? '',
      tlsKey: opened.keyStore.readText('tls-key') ?? '',
    }
  } finally {
    opened.store.close()
  }
}

/** The parts of a node in this process, on the folder of one that is stopped. Close it before starting that again. */
export const nodeIn = (folder: string) => openNode({ folder, clock: Date.now, random: () => 0 })

/** Signs whatever it is asked to, each key's chain continued from the log unless the header says otherwise. */
export function createForger(lab: LabId, state: () => LabState) {
  const own = new Map<string, ChainHead>()
  return (
    from: string,
    keys: readonly [SigningKey, ...SigningKey[]],
    body: StatementBody,
    header: Record<string, unknown> = {},
  ): StatementEnvelope => {
    const [first] = keys
    const logged = state().heads.get(first.keyId as KeyId)
    const mine = own.get(first.keyId)
    const head = mine !== undefined && mine.seq > (logged?.seq ?? 0) ? mine : logged
    const payload = {
      v: 1,
      lab,
      from,
      keyId: first.keyId,
      ...nextHeader(head),
      issuedAt: new Date().toISOString(),
      notAfter: null,
      roster: state().roster?.hash,
      seen: null,
      ...body,
      ...header,
    }
    const envelope = signStatement(payload, ...keys) as StatementEnvelope
    // What is only in a test's hands is no part of a chain: `forget` it by giving `seq` and `prev` in the header.
    if (header.seq === undefined) own.set(first.keyId, { seq: Number(payloadOf(envelope).seq), hash: hashOf(envelope) })
    return envelope
  }
}
