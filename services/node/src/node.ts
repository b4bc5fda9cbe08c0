/**
 * One enrolled node: every part, put together in one place. The local API and the command line both stand on this.
 * @module
 */
import type { AgreementExport, AgreementId, ExtractId } from '@kruispunt/contracts'
import { newestCeremony } from '@kruispunt/lab-record'
import { type AgentEvent, createAgent } from './agent/agent.ts'
import { createCeremonySteps } from './agent/ceremony.ts'
import { createCheckpointExchange } from './agent/checkpoint-exchange.ts'
import { copyOwnLog } from './agent/copy-log.ts'
import { createEvidence } from './agent/evidence.ts'
import { createOutbox, type OutboxRow } from './agent/outbox.ts'
import { createRecovery } from './agent/recovery.ts'
import { createReleaseSteps } from './agent/release/release-steps.ts'
import { createReplica } from './agent/replica.ts'
import { verifyOwnLog } from './agent/verify-log.ts'
import { createWitnessMark } from './agent/witness-mark.ts'
import { createBrokerClient } from './broker-client/broker-client.ts'
import { createConsoleAccounts } from './console-accounts.ts'
import type { Language } from './delivery-port.ts'
import { refuseUnless } from './errors.ts'
import { auditExtract } from './exports/audit-extract.ts'
import { type ExportedFile, exportAgreement } from './exports/export-agreement.ts'
import { createDeliveryPort } from './extracts/create-delivery-port.ts'
import { createExtractStore } from './extracts/extract-store.ts'
import { createOwnKeys } from './keys/own-keys.ts'
import { consequencesOf, type WithdrawalOf } from './officers/consequences.ts'
import { asNodeError, createOfficerActs, type Signature } from './officers/officer-acts.ts'
import { type FolderOptions, openFolder } from './open-folder.ts'
import { createBatchFiles } from './oprf/batch-files.ts'
import { createEvaluator } from './oprf/evaluator.ts'
import { createRequester } from './oprf/requester.ts'
import { createThreadsOnDemand } from './oprf/threads-on-demand.ts'
import { createRequestExtracts } from './request-extracts/request-extracts.ts'
import { createViews } from './views.ts'

export type NodeOptions = FolderOptions & { readonly onEvent?: (event: AgentEvent) => void }
export type KruispuntNode = Awaited<ReturnType<typeof openNode>>

/** @throws NodeError `not_initialised`, `not_enrolled`, `key_store_locked` */
export async function openNode(options: NodeOptions) {
  const { clock, random, onDurableStep = () => undefined, onEvent = () => undefined } = options
  const opened = await openFolder(options)
  const { paths, store, settings, keyStore, officers } = opened
  try {
    const invitation = settings.get('invitation')
    const certificate = settings.get('certificate')
    const tlsKey = keyStore.readText('tls-key')
    refuseUnless(invitation !== undefined && certificate !== undefined && tlsKey !== undefined, 'not_enrolled')
    const { lab, party, brokerName } = invitation
    const client = createBrokerClient({
      url: invitation.brokerUrl,
      caCertificate: invitation.caCertificate,
      lab,
      client: { certificate, key: tlsKey },
    })

    const evidence = createEvidence(store, clock, settings)
    const replica = createReplica({ store, evidence, lab, brokerPublicKey: invitation.brokerKey.publicKey })
    const ownKeys = createOwnKeys({ keyStore, replica, party })
    const extracts = createExtractStore({ store, keyStore, columnsFolder: paths.columns, clock, onDurableStep })
    /** What hung on a statement that the log will never hold. */
    const onRefused = (row: OutboxRow): void => {
      const [kind, id] = row.topic.split(':')
      if (kind === 'extract' && id !== undefined) extracts.setState(id, 'prepared')
      onEvent({ event: `given up ${row.kind}`, code: row.refusal ?? 'chain_gap' })
    }
    /** A key that was sealed and not sent yet stays here when what allowed it has ended. */
    const mayLeave = ({ kind, topic }: OutboxRow): boolean => {
      const [, requestHash = '', extractId = ''] = topic.split(':')
      return kind !== 'key-release' || releases.stillStands(requestHash, extractId as ExtractId)
    }
    const outbox = createOutbox({
      store,
      replica,
      evidence,
      client,
      lab,
      party,
      ownKeys,
      clock,
      onDurableStep,
      onRefused,
      mayLeave,
    })
    const mark = createWitnessMark(paths.keys)
    const exchange = createCheckpointExchange({
      store,
      replica,
      evidence,
      client,
      mark,
      brokerName,
      logPublicKey: invitation.logKey.publicKey,
      lab,
      party,
      ownKeys,
      clock,
      onDurableStep,
    })
    const ceremony = createCeremonySteps({ store, settings, keyStore, outbox, party, onDurableStep })
    const releases = createReleaseSteps({
      store,
      replica,
      exchange,
      outbox,
      extracts,
      party,
      brokerKeyId: invitation.brokerKey.keyId,
      ownOfficers: () => new Set(officers.list().map(({ keyId }) => keyId)),
      clock,
      onDurableStep,
    })
    const recovery = createRecovery({
      store,
      replica,
      evidence,
      outbox,
      client,
      lab,
      party,
      brokerPublicKey: invitation.brokerKey.publicKey,
      mark,
      clock,
    })
    const agent = createAgent({
      recovery,
      store,
      settings,
      keyStore,
      replica,
      evidence,
      exchange,
      outbox,
      ceremony,
      releases,
      extracts,
      client,
      party,
      clock,
      random,
      afterRound: () => {
        for (const work of [evaluator.work, requestExtracts.work])
          work().catch((error: unknown) => {
            onEvent({ event: error instanceof Error ? error.name : 'unknown', code: 'internal_error' })
          })
      },
      onDurableStep,
      onEvent,
    })
    const acts = createOfficerActs({
      replica,
      outbox,
      officers,
      extracts,
      party,
      ownKeys,
      clock,
      broker: { name: brokerName, brokerKey: invitation.brokerKey.publicKey, logKey: invitation.logKey.publicKey },
      destroyKeys: agent.destroy,
      destroySecret: (agreement) => keyStore.destroyEpochKeys(agreement, Number.MAX_SAFE_INTEGER),
      onDurableStep,
    })
    const threads = createThreadsOnDemand()
    const joint = {
      store,
      replica,
      outbox,
      ceremony,
      client,
      threads: threads.get,
      send: agent.send,
      party,
      clock,
      onDurableStep,
    }
    const evaluator = createEvaluator({ ...joint, quorumSize: () => exchange.trusted()?.size ?? 0, onEvent })
    const requester = createRequester({
      ...joint,
      files: createBatchFiles(paths.jointNumbers),
      refresh: (waitMs) => agent.refresh(waitMs),
    })
    const deliveries = createDeliveryPort({
      store,
      replica,
      evidence,
      ceremony,
      requester,
      extracts,
      keyStore,
      outbox,
      agent,
      acts,
      client,
      party,
      clock,
      stagingFolder: paths.staging,
      onDurableStep,
    })
    const requestExtracts = createRequestExtracts({
      store,
      replica,
      evidence,
      ceremony,
      extracts,
      keyStore,
      outbox,
      releases,
      agent,
      port: deliveries,
      party,
      clock,
      onDurableStep,
      onEvent,
    })
    const views = createViews({
      settings,
      extracts,
      replica,
      evidence,
      exchange,
      outbox,
      ceremony,
      releases,
      agent,
      officers,
      invitation,
      clock,
      ownKeys,
    })

    const runningRound = (agreement: AgreementId) => {
      const state = replica.record.state.agreements.get(agreement)
      refuseUnless(state !== undefined, 'agreement_unknown')
      refuseUnless(
        state.document.parties.some(({ id }) => id === party),
        'agreement_not_ours',
      )
      return { state, newest: newestCeremony(state) }
    }

    return {
      invitation,
      agent,
      acts,
      views,
      deliveries,
      requestExtracts,
      accounts: createConsoleAccounts({ store, keyStore, now: clock }),
      clock,
      /** Gives the running round up, in the open: the others see who and why. */
      abandonCeremony(agreement: AgreementId): void {
        const { state, newest } = runningRound(agreement)
        refuseUnless(newest !== undefined && newest.abort === undefined, 'ceremony_not_running')
        refuseUnless(newest.extracts === 0, 'ceremony_in_use')
        const waitingFor = views.waitingFor(state)
        asNodeError(() => ceremony.abort(agreement, newest.epoch, 'waited-too-long', waitingFor))
      },
      /** Asks for a next round; the other nodes join by themselves. */
      restartCeremony(agreement: AgreementId): { readonly epoch: number } {
        const { newest } = runningRound(agreement)
        refuseUnless(newest?.abort !== undefined, 'ceremony_not_aborted')
        const epoch = newest.epoch + 1
        store.immediately(() => settings.set('restarts', { ...settings.get('restarts'), [agreement]: epoch }))
        return { epoch }
      },
      changePassphrase: officers.changePassphrase,
      /** What a withdrawal would do, as things stand here. */
      consequences(what: WithdrawalOf) {
        replica.catchUp()
        return consequencesOf({ state: replica.record.state, extracts: extracts.list(), party }, what)
      },
      recovery: {
        show: recovery.show,
        restored: recovery.restored,
        sign: ({ officer, passphrase, ...order }: Signature & { size: number; code: string; reason: string }) =>
          recovery.sign({ ...order, key: officers.unlock(officer, passphrase) }),
      },
      /** What a release would be judged by right now. */
      releaseCase: releases.caseOf,
      verifyLog: () => verifyOwnLog(store, invitation, clock()),
      /** A file about one agreement, for this partner. @throws NodeError `agreement_unknown` */
      exportAgreement(id: AgreementId, kind: AgreementExport, language: Language): Promise<ExportedFile> {
        const { decisions, status, shortCode } = views.agreement(id)
        const { record, history, envelopeAt } = replica
        const agreement = record.state.agreements.get(id)
        refuseUnless(agreement !== undefined, 'agreement_unknown')
        const about = { agreement, decisions, party, partner: invitation.partyName, code: shortCode, status }
        const log = { lab, history, tree: record.tree, envelopeAt, checkpoint: exchange.trusted() }
        return exportAgreement(kind, { ...about, language, now: clock() }, () => auditExtract(log, agreement))
      },
      /** The own copy as a file `kruispunt-log/1`. */
      copyLog: () => copyOwnLog(store, lab),
      trySending: agent.trySending,
      sendDecision: agent.outcomeOf,
      async backup(path: string): Promise<void> {
        await store.copyTo(path)
        settings.set('lastBackup', {
          at: new Date(clock()).toISOString(),
          vaultGeneration: settings.get('vaultGeneration') ?? 1,
        })
      },
      apiToken: opened.apiToken,
      /** Works for the others: their batches of joint numbers that are due. */
      evaluate: evaluator.work,
      async close(): Promise<void> {
        await threads.close()
        await client.close()
        store.close()
      },
    }
  } catch (error) {
    store.close()
    throw error
  }
}
