/**
 * Judging a job and acting on it: a key release, a refusal with its code, or waiting a little longer.
 * @module
 */
import type { AgreementId, ExtractId, PartyId, StatementBody } from '@kruispunt/contracts'
import { erase, fromHex, toHex } from '@kruispunt/crypto'
import { columnKey, sealKeyRelease } from '@kruispunt/extracts'
import { eq } from 'drizzle-orm'
import type { Store } from '../../db/open-store.ts'
import { jobSightings, releases } from '../../db/schema.ts'
import type { OnDurableStep } from '../../durable-steps.ts'
import type { ExtractStore } from '../../extracts/extract-store.ts'
import type { CheckpointExchange } from '../checkpoint-exchange.ts'
import type { Outbox } from '../outbox.ts'
import type { Replica } from '../replica.ts'
import { jobKeyHash, objectionTo, objectionToMaking } from './checks.ts'
import type { Objection, ReleaseCase, RequestCase } from './release-case.ts'

/** How long a job may wait for cosignatures before the node says no, so that the coordinator is not left waiting. */
const patienceMs = 90_000

/** Undoes a release that something came before; the next round says what. */
const overtaken = new Error('something changed before the release was on record')

export type ReleaseSteps = ReturnType<typeof createReleaseSteps>

export function createReleaseSteps(deps: {
  readonly store: Store
  readonly replica: Replica
  readonly exchange: CheckpointExchange
  readonly outbox: Outbox
  readonly extracts: ExtractStore
  readonly party: PartyId
  readonly brokerKeyId: string
  readonly ownOfficers: () => ReadonlySet<string>
  readonly clock: () => number
  readonly onDurableStep: OnDurableStep
}) {
  const { store, replica, exchange, outbox, extracts, party, clock, onDurableStep } = deps
  const { db } = store

  function requestCaseOf(requestHash: string, extractId: ExtractId): RequestCase | undefined {
    const { state } = replica.record
    const request = state.requests.get(requestHash)
    const asked = request?.recorded.statement.extracts.find((extract) => extract.extractId === extractId)
    const agreement = request && state.agreements.get(request.recorded.statement.agreement as AgreementId)
    if (request === undefined || asked === undefined || agreement === undefined) return undefined
    const stored = exchange.stored()
    return {
      now: clock(),
      party,
      ownOfficers: deps.ownOfficers(),
      state,
      history: replica.history,
      tree: replica.record.tree,
      envelopeAt: replica.envelopeAt,
      trusted: exchange.trusted(),
      cosigned: stored && { size: stored.size, root: toHex(stored.root) },
      agreement,
      request,
      asked,
      withdrawnHere: [
        `request:${request.recorded.statement.requestId}`,
        `agreement:${agreement.id}`,
        `extract:${extractId}`,
      ].some((what) => outbox.living(`revocation:${what}`) !== undefined),
    }
  }

  function caseOf(requestHash: string, extractId: ExtractId): ReleaseCase | undefined {
    const about = requestCaseOf(requestHash, extractId)
    if (about?.request.job === undefined) return undefined
    const used = db.select().from(releases).where(eq(releases.extractId, extractId)).all()
    return {
      ...about,
      brokerKeyId: deps.brokerKeyId,
      job: about.request.job,
      own: extracts.find(extractId),
      releasedRequests: new Set(used.map((row) => row.requestId)),
      releasedJobKeys: new Set(used.map((row) => row.jobKeyHash)),
    }
  }

  function waitedMs(jobHash: string): number {
    db.insert(jobSightings).values({ jobHash, seenAt: clock() }).onConflictDoNothing().run()
    const row = db.select().from(jobSightings).where(eq(jobSightings.jobHash, jobHash)).get()
    return clock() - (row?.seenAt ?? clock())
  }

  function release({ request, job, asked }: ReleaseCase): void {
    const root = extracts.root(asked.extractId)
    const columnKeys = asked.columns.map((column) => ({ column, key: columnKey(root, asked.extractId, column) }))
    const purpose = { requestHash: request.recorded.hash, jobHash: job.hash }
    const jobKemPublicKey = fromHex(job.statement.jobKemPublicKey)
    const box = sealKeyRelease({ ...purpose, jobKemPublicKey, columnKeys })
    erase(root, ...columnKeys.map(({ key }) => key))
    const body: StatementBody<'key-release'> = {
      kind: 'key-release',
      ...purpose,
      extractId: asked.extractId,
      columns: asked.columns,
      ct: toHex(box.ciphertext),
      nonce: toHex(box.nonce),
      box: toHex(box.box),
    }
    const topic = `key-release:${request.recorded.hash}:${asked.extractId}`
    // One transaction: recorded as used and ready to be sent, or neither. Sending comes after.
    const record = () => {
      // Looked at again under the write lock: an officer may have withdrawn in another process a moment ago.
      const now = caseOf(request.recorded.hash, asked.extractId)
      if (now === undefined || objectionTo(now) !== undefined) throw overtaken
      db.insert(releases)
        .values({
          requestId: request.recorded.statement.requestId,
          extractId: asked.extractId,
          ...purpose,
          jobKeyHash: jobKeyHash(job.statement.jobKemPublicKey),
          releasedAt: new Date(clock()).toISOString(),
        })
        .run()
    }
    try {
      outbox.add({ body, topic, notAfter: job.statement.notAfter }, record)
    } catch (error) {
      if (error === overtaken) return
      throw error
    }
    onDurableStep('release-recorded')
  }

  return {
    caseOf,
    /** What stands in the way of making an extract for a request; undefined: nothing. */
    objectionToMaking(requestHash: string, extractId: ExtractId): Objection | undefined {
      const about = requestCaseOf(requestHash, extractId)
      return about && objectionToMaking(about)
    },
    /** What stands in the way of a release right now, for the person who asks. */
    objection(requestHash: string, extractId: ExtractId): Objection | undefined {
      const release = caseOf(requestHash, extractId)
      return release && objectionTo(release)
    },
    /** Whether a release that is signed but was not sent yet would be given now. */
    stillStands(requestHash: string, extractId: ExtractId): boolean {
      const found = caseOf(requestHash, extractId)
      // It is the very use that is on record here.
      const objection = found && objectionTo({ ...found, releasedRequests: new Set(), releasedJobKeys: new Set() })
      return found !== undefined && (objection === undefined || objection.passes)
    },
    judge(requestHash: string, extractId: ExtractId): void {
      const found = caseOf(requestHash, extractId)
      if (found === undefined) return
      const objection = objectionTo(found)
      if (objection === undefined) return release(found)
      if (objection.passes && waitedMs(found.job.hash) < patienceMs) return
      const body: StatementBody<'release-refusal'> = { kind: 'release-refusal', requestHash, code: objection.code }
      outbox.add({ body, topic: `release-refusal:${requestHash}` })
      onDurableStep('refusal-recorded')
    },
  }
}
