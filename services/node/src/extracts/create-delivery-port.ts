/**
 * The port through which files are delivered, over the node's own parts.
 * @module
 */
import { createReadStream } from 'node:fs'
import type { AgreementId, PartyId } from '@kruispunt/contracts'
import { createSha256, toHex } from '@kruispunt/crypto'
import { type AgreementState, agreementStatus, isCurrent, usableCeremony } from '@kruispunt/lab-record'
import { and, eq } from 'drizzle-orm'
import type { Agent } from '../agent/agent.ts'
import type { CeremonySteps } from '../agent/ceremony.ts'
import type { Evidence } from '../agent/evidence.ts'
import type { Outbox } from '../agent/outbox.ts'
import type { Replica } from '../agent/replica.ts'
import type { BrokerClient } from '../broker-client/broker-client.ts'
import type { Store } from '../db/open-store.ts'
import { mappings } from '../db/schema.ts'
import type {
  DeliverableAgreement,
  DeliveryPort,
  ExtractBody,
  NewExtract,
  OutstandingDelivery,
  OwnExtract,
} from '../delivery-port.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { refuseUnless } from '../errors.ts'
import { makeFolder } from '../folder.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { consequencesOf } from '../officers/consequences.ts'
import { asNodeError, type OfficerActs } from '../officers/officer-acts.ts'
import type { Requester } from '../oprf/requester.ts'
import { staysHere } from '../request-extracts/kept-here.ts'
import type { ExtractStore } from './extract-store.ts'

async function sha256OfFile(path: string): Promise<string> {
  const hash = createSha256()
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return toHex(hash.digest())
}

export function createDeliveryPort(deps: {
  readonly store: Store
  readonly replica: Replica
  readonly evidence: Evidence
  readonly ceremony: CeremonySteps
  readonly requester: Requester
  readonly extracts: ExtractStore
  readonly keyStore: KeyStore
  readonly outbox: Outbox
  readonly agent: Agent
  readonly acts: OfficerActs
  readonly client: BrokerClient
  readonly party: PartyId
  readonly clock: () => number
  readonly stagingFolder: string
  readonly onDurableStep: OnDurableStep
}): DeliveryPort {
  const { store, replica, evidence, ceremony, extracts, outbox, agent, acts, client, party, clock, onDurableStep } =
    deps
  const { db } = store

  const isOurs = ({ document }: AgreementState) => document.parties.some(({ id }) => id === party)

  /** The epoch to deliver under: complete by the log, and every tag verified with the own keys. */
  function epochOf(agreement: AgreementState): number | undefined {
    const epoch = usableCeremony(agreement)?.epoch
    return epoch !== undefined && ceremony.row(agreement.id, epoch)?.agreed === true ? epoch : undefined
  }

  function deliverable(agreement: AgreementState): DeliverableAgreement {
    refuseUnless(isOurs(agreement), 'agreement_not_ours')
    const status = agreementStatus(agreement, clock())
    refuseUnless(status !== 'expired', 'agreement_expired')
    // Withdrawn by an officer here, the log need not say so yet.
    const withdrawn = outbox.living(`revocation:agreement:${agreement.id}`) !== undefined
    refuseUnless(status === 'active' && !withdrawn, 'agreement_not_active')
    const epoch = epochOf(agreement)
    refuseUnless(epoch !== undefined, 'ceremony_not_complete')
    return { id: agreement.id, document: agreement.document, epoch, party }
  }

  function agreementFor(id?: AgreementId): DeliverableAgreement {
    replica.catchUp()
    evidence.refuseIfFrozen()
    const { agreements } = replica.record.state
    if (id !== undefined) {
      const named = agreements.get(id)
      refuseUnless(named !== undefined, 'agreement_unknown')
      return deliverable(named)
    }
    const active = [...agreements.values()].filter(
      (candidate) => isOurs(candidate) && agreementStatus(candidate, clock()) === 'active',
    )
    refuseUnless(active.length <= 1, 'agreement_ambiguous')
    const [only] = active
    refuseUnless(only !== undefined, 'agreement_not_active')
    return deliverable(only)
  }

  function succession({ agreement, epoch, dataset, period }: NewExtract) {
    const same = [...replica.record.state.extracts.values()].filter(({ recorded: { statement } }) => {
      const place = statement.agreement === agreement && statement.epoch === epoch
      return place && statement.dataset === dataset && statement.period === period && statement.forRequest === undefined
    })
    const current = same.find(isCurrent)
    const newest = Math.max(0, ...same.map(({ recorded }) => recorded.statement.version))
    return { version: newest + 1, replaces: current?.recorded.statement.extractId ?? null }
  }

  function outstandingOf(agreement: AgreementState, own: readonly OwnExtract[]): OutstandingDelivery[] {
    const epoch = epochOf(agreement)
    if (epoch === undefined) return []
    return agreement.document.datasets
      .filter((dataset) => dataset.party === party)
      .filter(({ id }) => {
        const delivered = own.filter((extract) => extract.agreement === agreement.id && extract.dataset === id)
        const isThere = (extract: OwnExtract) =>
          staysHere(extract, agreement.document)
            ? extract.state === 'prepared' && extract.keyPresent
            : extract.madeFor === null && ['sending', 'sent'].includes(extract.state)
        return !delivered.some((extract) => extract.epoch === epoch && isThere(extract))
      })
      .map(({ id, period }) => ({
        agreement: agreement.id,
        dataset: id,
        period,
        again: own.some(({ dataset, sentAt }) => dataset === id && sentAt !== null),
      }))
  }

  return {
    refresh: () => agent.refresh(),
    outstanding() {
      const own = extracts.list()
      return [...replica.record.state.agreements.values()]
        .filter((agreement) => isOurs(agreement) && agreementStatus(agreement, clock()) === 'active')
        .flatMap((agreement) => outstandingOf(agreement, own))
    },
    agreementFor,
    pseudonymKey(agreement, epoch) {
      const state = replica.record.state.agreements.get(agreement)
      refuseUnless(state !== undefined && epochOf(state) === epoch, 'ceremony_not_complete')
      const key = ceremony.pseudonymKey(agreement, epoch)
      refuseUnless(key !== undefined, 'ceremony_not_complete')
      return key
    },
    jointNumbers(order) {
      evidence.refuseIfFrozen()
      return deps.requester.outputsOf(order)
    },
    succession,
    createExtract(meta) {
      evidence.refuseIfFrozen()
      return extracts.create(meta)
    },
    columnPath: extracts.columnPath,
    markPrepared: extracts.markPrepared,
    discard(extractId) {
      const { agreement, state } = extracts.get(extractId)
      refuseUnless(state === 'preparing' || state === 'prepared', 'extract_already_sent')
      deps.keyStore.destroyExtractKeys(agreement, [extractId])
      extracts.removeColumns(extractId)
      extracts.forget(extractId)
    },
    extract: extracts.get,
    extracts: extracts.list,
    async uploadColumn(extractId, column, path, bytes) {
      evidence.refuseIfFrozen()
      const own = extracts.get(extractId)
      const document = replica.record.state.agreements.get(own.agreement)?.document
      refuseUnless(document !== undefined && !staysHere(own, document), 'extract_stays_here')
      const receipt = await client.sendColumn(extractId, column, { path, bytes })
      onDurableStep('column-sent')
      refuseUnless(receipt.bytes === bytes && receipt.sha256 === (await sha256OfFile(path)), 'upload_damaged')
      return { existing: receipt.existing }
    },
    async submitExtract(extractId) {
      const extract = extracts.get(extractId)
      const topic = `extract:${extractId}`
      const existing = outbox.living(topic)
      if (existing !== undefined) return agent.outcomeOf(existing)
      refuseUnless(extract.state === 'prepared' && extract.body !== null, 'extract_not_ready')
      const body: ExtractBody = extract.body
      const row = asNodeError(() => outbox.add({ body, topic }, () => extracts.setState(extractId, 'sending')))
      onDurableStep('extract-recorded')
      return agent.outcomeOf(row)
    },
    withdrawalOf(extractId) {
      replica.catchUp()
      const situation = { state: replica.record.state, extracts: extracts.list(), party }
      return consequencesOf(situation, { scope: 'extract', id: extractId })
    },
    async withdraw(order) {
      return agent.outcomeOf(acts.withdrawExtract(order))
    },
    rememberedMapping(dataset, source) {
      const row = db
        .select()
        .from(mappings)
        .where(and(eq(mappings.dataset, dataset), eq(mappings.source, source)))
        .get()
      return row === undefined ? undefined : (JSON.parse(row.mapping) as unknown)
    },
    rememberMapping(dataset, source, mapping) {
      const text = JSON.stringify(mapping)
      db.insert(mappings)
        .values({ dataset, source, mapping: text })
        .onConflictDoUpdate({ target: [mappings.dataset, mappings.source], set: { mapping: text } })
        .run()
    },
    stagingFolder() {
      makeFolder(deps.stagingFolder)
      return deps.stagingFolder
    },
    now: () => new Date(clock()).toISOString(),
  }
}
