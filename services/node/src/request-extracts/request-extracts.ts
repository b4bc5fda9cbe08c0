/**
 * Extracts for single requests (protocol §3.6): what is asked of this node, what its steward says of it, and making and sending what was
 * approved and confirmed. Everything can be repeated: what was begun stands in the database.
 * @module
 */
import type { Dataset, ExtractId, PartyId, RequestExtract, StatementBody } from '@kruispunt/contracts'
import { erase } from '@kruispunt/crypto'
import { approvalsMissing, asksOwnExtracts, isRequestOver, type RequestState } from '@kruispunt/lab-record'
import { and, eq } from 'drizzle-orm'
import type { Agent, AgentEvent } from '../agent/agent.ts'
import type { CeremonySteps } from '../agent/ceremony.ts'
import type { Evidence } from '../agent/evidence.ts'
import type { Outbox } from '../agent/outbox.ts'
import type { ReleaseSteps } from '../agent/release/release-steps.ts'
import type { Replica } from '../agent/replica.ts'
import type { Store } from '../db/open-store.ts'
import { requestConfirmations } from '../db/schema.ts'
import { sendExtract } from '../delivery/send.ts'
import type { DeliveryPort, OwnExtract, Receipt } from '../delivery-port.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { NodeError, refuseUnless } from '../errors.ts'
import type { ExtractStore } from '../extracts/extract-store.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { newestHere } from './kept-here.ts'
import { makeRequestExtract } from './make-extract.ts'

/** One extract that a request asks of this node, as the steward reads it. */
export type AskedExtract = RequestExtract

export type RequestExtracts = ReturnType<typeof createRequestExtracts>

export function createRequestExtracts(deps: {
  readonly store: Store
  readonly replica: Replica
  readonly evidence: Evidence
  readonly ceremony: CeremonySteps
  readonly extracts: ExtractStore
  readonly keyStore: KeyStore
  readonly outbox: Outbox
  readonly releases: ReleaseSteps
  readonly agent: Agent
  readonly port: DeliveryPort
  readonly party: PartyId
  readonly clock: () => number
  readonly onDurableStep: OnDurableStep
  readonly onEvent: (event: AgentEvent) => void
}) {
  const { store, replica, extracts, outbox, releases, agent, port, party, clock, onDurableStep } = deps
  const { db } = store

  const confirmationOf = (requestHash: string, dataset: string) =>
    db
      .select()
      .from(requestConfirmations)
      .where(and(eq(requestConfirmations.requestHash, requestHash), eq(requestConfirmations.dataset, dataset)))
      .get()

  /** A standing dataset's is made of what was sent; the others' of what is kept here, as it was shown to who confirmed it. */
  function sourceOf(
    asked: Pick<AskedExtract, 'requestHash' | 'agreement' | 'dataset'>,
    dataset: Dataset,
    epoch: number,
  ) {
    const own = extracts.list()
    const place = { agreement: asked.agreement, epoch, dataset: dataset.id, period: dataset.period }
    if (dataset.extractMode === 'per-request') {
      const seen = confirmationOf(asked.requestHash, dataset.id)?.source
      return seen === undefined
        ? newestHere(own, place)
        : own.find(({ extractId, keyPresent }) => extractId === seen && keyPresent)
    }
    return own.find(
      (extract) => extract.madeFor === null && extract.state === 'sent' && extract.keyPresent && isAt(extract, place),
    )
  }

  function stateOf(request: RequestState, asked: Omit<AskedExtract, 'state' | 'inTheWay'>): AskedExtract['state'] {
    const { requestHash, extractId, dataset } = asked
    const made = extracts.find(extractId)
    if (outbox.living(`release-refusal:${requestHash}`) !== undefined) return 'declined'
    if (isRequestOver(request, clock())) return 'over'
    if (made !== undefined && ['sending', 'sent'].includes(made.state)) return 'sent'
    if (approvalsMissing(replica.record.state, request).length > 0) return 'waits-for-approval'
    if (asked.source === null) return 'no-delivery'
    const isConfirmed = !asked.needsConfirmation || confirmationOf(requestHash, dataset) !== undefined
    return isConfirmed ? 'being-made' : 'to-confirm'
  }

  function askedOf(requestHash: string, request: RequestState): AskedExtract[] {
    const { statement } = request.recorded
    const document = replica.record.state.agreements.get(statement.agreement)?.document
    if (document === undefined || !asksOwnExtracts(document, statement.extracts)) return []
    return statement.extracts.flatMap((wanted) => {
      const dataset = document.datasets.find(({ id }) => id === wanted.dataset)
      if (wanted.party !== party || dataset === undefined) return []
      const about = {
        requestHash,
        requestId: statement.requestId,
        agreement: statement.agreement,
        question: statement.question,
        dataset: dataset.id,
        columns: wanted.columns,
        extractId: wanted.extractId,
        needsConfirmation: dataset.extractMode === 'per-request',
        until: request.job?.statement.notAfter ?? statement.notAfter ?? statement.issuedAt,
      }
      const source = sourceOf(about, dataset, statement.epoch)?.extractId ?? null
      const state = stateOf(request, { ...about, source })
      const isOpen = state === 'to-confirm' || state === 'being-made'
      const objection = isOpen ? releases.objectionToMaking(requestHash, wanted.extractId) : undefined
      return [{ ...about, source, state, inTheWay: objection?.code ?? null }]
    })
  }

  const list = (): AskedExtract[] =>
    [...replica.record.state.requests].flatMap(([hash, request]) => askedOf(hash, request)).reverse()

  /** @throws NodeError `request_unknown` */
  function need(requestId: string, dataset: string | undefined): AskedExtract {
    replica.catchUp()
    const found = list().filter((asked) => asked.requestId === requestId || asked.requestHash === requestId)
    const asked = dataset === undefined && found.length === 1 ? found[0] : found.find((one) => one.dataset === dataset)
    refuseUnless(asked !== undefined, 'request_unknown')
    return asked
  }

  /** Makes the columns and the statement, unless another process of this node is at it. */
  async function make(asked: AskedExtract): Promise<void> {
    const request = replica.record.state.requests.get(asked.requestHash)
    const wanted = request?.recorded.statement.extracts.find(({ extractId }) => extractId === asked.extractId)
    const source = asked.source === null ? undefined : extracts.find(asked.source)
    if (request === undefined || wanted === undefined || source?.body == null) return
    const { agreement, epoch, dataset, period, body } = source
    const pseudonymKey = deps.ceremony.pseudonymKey(agreement, epoch)
    refuseUnless(pseudonymKey !== undefined, 'ceremony_not_complete')
    const madeFor = { requestHash: asked.requestHash, source: source.extractId, extractId: asked.extractId }
    const { extractRoot } = extracts.create({ agreement, epoch, dataset, period }, madeFor)
    const sourceRoot = extracts.root(source.extractId)
    try {
      const made = await makeRequestExtract({
        requestHash: asked.requestHash,
        requestId: asked.requestId,
        asked: wanted,
        source: { body, root: sourceRoot },
        root: extractRoot,
        pseudonymKey,
        columnPath: extracts.columnPath,
      })
      extracts.markPrepared(asked.extractId, made, null)
    } catch (error) {
      discard(extracts.get(asked.extractId))
      throw error
    } finally {
      erase(extractRoot, sourceRoot, pseudonymKey)
    }
  }

  function discard({ agreement, extractId }: OwnExtract): void {
    deps.keyStore.destroyExtractKeys(agreement, [extractId])
    extracts.removeColumns(extractId)
    extracts.forget(extractId)
  }

  function refuse(requestHash: string, code: string): ReturnType<Outbox['add']> {
    const body: StatementBody<'release-refusal'> = { kind: 'release-refusal', requestHash, code }
    const row = outbox.add({ body, topic: `release-refusal:${requestHash}` })
    onDurableStep('refusal-recorded')
    return row
  }

  async function deliver(asked: AskedExtract): Promise<void> {
    const objection = releases.objectionToMaking(asked.requestHash, asked.extractId)
    if (objection?.passes === true) return
    if (objection !== undefined) {
      refuse(asked.requestHash, objection.code)
      return
    }
    const before = extracts.find(asked.extractId)
    // Another process of this node is at it.
    if (before?.state === 'preparing') return
    if (before === undefined) await make(asked)
    await sendExtract(port, asked.extractId)
  }

  let running: Promise<void> | undefined
  async function work(): Promise<void> {
    for (const asked of list().filter(({ state }) => state === 'being-made')) {
      try {
        await deliver(asked)
      } catch (error) {
        if (!(error instanceof NodeError)) throw error
        // It is tried again with the next round, until the request ends.
        deps.onEvent({ event: 'not now: make an extract for a request', code: error.brokerCode ?? error.code })
      }
    }
  }

  return {
    /** Newest first. */
    list,
    /** What is due, one after the other; a call while it works waits for the same work. */
    work(): Promise<void> {
      running ??= work().finally(() => {
        running = undefined
      })
      return running
    },
    /** What a process that was killed had begun: it is made anew. Before the first round only. */
    clearUnfinished(): void {
      for (const extract of extracts.list())
        if (extract.madeFor !== null && extract.state === 'preparing') discard(extract)
    },
    /**
     * The steward's yes to one extract, of the delivery that is ready now. It is made and sent at once if nothing is in the way.
     * @param source - the delivery that was shown, if it was: another one is not confirmed unseen
     * @throws NodeError `request_unknown`, `request_not_to_confirm`, `extract_not_ready` without a delivery, `frozen`
     */
    async confirm(requestId: string, dataset: string | undefined, source?: ExtractId): Promise<AskedExtract> {
      deps.evidence.refuseIfFrozen()
      const asked = need(requestId, dataset)
      refuseUnless(asked.state !== 'no-delivery', 'extract_not_ready')
      refuseUnless(
        asked.needsConfirmation && ['to-confirm', 'being-made', 'sent'].includes(asked.state),
        'request_not_to_confirm',
      )
      refuseUnless(source === undefined || source === asked.source, 'extract_not_ready')
      store.immediately(() => {
        db.insert(requestConfirmations)
          .values({
            requestHash: asked.requestHash,
            dataset: asked.dataset,
            source: asked.source ?? '',
            confirmedAt: new Date(clock()).toISOString(),
          })
          .onConflictDoNothing()
          .run()
      })
      onDurableStep('request-confirmed')
      await this.work()
      return need(asked.requestHash, asked.dataset)
    },
    /** The steward's no to what a request asks of this node, with nothing made or released. @throws NodeError as {@link confirm} */
    async decline(requestId: string, dataset: string | undefined): Promise<Receipt> {
      const asked = need(requestId, dataset)
      refuseUnless(asked.state !== 'over' && asked.state !== 'declined', 'request_not_to_confirm')
      return agent.outcomeOf(refuse(asked.requestHash, 'steward_declined'))
    },
  }
}

const isAt = (extract: OwnExtract, place: Pick<OwnExtract, 'agreement' | 'epoch' | 'dataset' | 'period'>) =>
  extract.agreement === place.agreement &&
  extract.epoch === place.epoch &&
  extract.dataset === place.dataset &&
  extract.period === place.period
