/**
 * What a node looks at before it hands a key to a job: only its own record, its own database and its own clock.
 * @module
 */
import type { PartyId, RefusalCode, StatementEnvelope, StatementOf } from '@kruispunt/contracts'
import type { AgreementState, LabState, Recorded, RequestState } from '@kruispunt/lab-record'
import type { MerkleTree } from '@kruispunt/transparency-log'
import type { OwnExtract } from '../../delivery-port.ts'
import type { TrustedCheckpoint } from '../checkpoint-exchange.ts'

/** What it looks at before it makes anything for a request. */
export type RequestCase = {
  /** Own clock, ms since 1970. */
  readonly now: number
  readonly party: PartyId
  /** Key ids of officers whose keys lie at this node. */
  readonly ownOfficers: ReadonlySet<string>
  readonly state: LabState
  readonly history: readonly Recorded[]
  readonly tree: Pick<MerkleTree, 'size' | 'root' | 'inclusionProof'>
  readonly envelopeAt: (index: number) => StatementEnvelope | undefined
  /** The newest checkpoint with a quorum. */
  readonly trusted: TrustedCheckpoint | undefined
  /** The last one this node cosigned; root in hex. */
  readonly cosigned: { readonly size: number; readonly root: string } | undefined
  readonly agreement: AgreementState
  readonly request: RequestState
  /** What the request asks of this extract. */
  readonly asked: StatementOf<'request'>['extracts'][number]
  /** An officer here has withdrawn the request, the agreement or the extract; the log need not say so yet. */
  readonly withdrawnHere: boolean
}

export type ReleaseCase = RequestCase & {
  /** Key id of the broker as pinned by the invitation. */
  readonly brokerKeyId: string
  readonly job: Recorded<StatementOf<'job'>>
  readonly own: OwnExtract | undefined
  /** What was ever released of this extract, by request id and by hash of the job key. */
  readonly releasedRequests: ReadonlySet<string>
  readonly releasedJobKeys: ReadonlySet<string>
}

/**
 * Why not. `passes`: it may be otherwise in a moment (others still have to cosign), so the node waits a while before it
 * says no; all else is final for this job.
 */
export type Objection = { readonly code: RefusalCode; readonly passes: boolean }

export const no = (code: RefusalCode): Objection => ({ code, passes: false })
export const notYet = (code: RefusalCode): Objection => ({ code, passes: true })
