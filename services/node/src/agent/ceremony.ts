/**
 * This node's part in the salt ceremony (protocol §3.3): each step signs, stores and moves on in one transaction. What the
 * messages mean is decided in `@kruispunt/key-agreement`.
 * @module
 */
import type { AgreementId, PartyId, StatementBody } from '@kruispunt/contracts'
import { concatBytes, erase, fromHex, toHex, utf8 } from '@kruispunt/crypto'
import {
  type Ceremony,
  type CeremonySecrets,
  type CommitBody,
  checkConfirms,
  deriveKeys,
  makeConfirm,
  makeReveals,
  openReveals,
  type Refusal,
  startCeremony,
  type Transcript,
  transcriptOf,
} from '@kruispunt/key-agreement'
import type { AgreementState, CeremonyState } from '@kruispunt/lab-record'
import { and, eq } from 'drizzle-orm'
import type { Store } from '../db/open-store.ts'
import { ceremonies, epochKeys } from '../db/schema.ts'
import type { Settings } from '../db/settings.ts'
import type { OnDurableStep } from '../durable-steps.ts'
import { type KeyStore, places } from '../keys/key-store.ts'
import type { OprfKeys } from '../oprf/keys.ts'
import { loadedGroup, loadGroup } from '../oprf/load-group.ts'
import type { Outbox } from './outbox.ts'

/** Messages that contradict each other will not fit later either; missing ones may still come. */
const hopeless = (refusal: Refusal) => !refusal.code.endsWith('_incomplete')

/** What a node remembers of its part; the share of the joint key in `joint-oprf` mode only. Hex. */
type OwnSecrets = CeremonySecrets & { readonly share?: { readonly secret: string; readonly commitment: string } }
/** Between the own confirm and the last one. Hex; `oprf` is K_oprfInput and the share, in `joint-oprf` mode only. */
type HeldKeys = { readonly pseudonym: string; readonly confirm: string; readonly oprf?: string }

const keyBytes = 32
const isJoint = ({ document }: AgreementState) => document.pseudonymMode === 'joint-oprf'

export type CeremonyRow = typeof ceremonies.$inferSelect
export type CeremonySteps = ReturnType<typeof createCeremonySteps>

export function createCeremonySteps(deps: {
  readonly store: Store
  readonly settings: Settings
  readonly keyStore: KeyStore
  readonly outbox: Outbox
  readonly party: PartyId
  readonly onDurableStep: OnDurableStep
}) {
  const { store, settings, keyStore, outbox, party, onDurableStep } = deps
  const { db } = store
  const of = (agreement: string, epoch: number) => and(eq(ceremonies.agreement, agreement), eq(ceremonies.epoch, epoch))
  const rowOf = (agreement: string, epoch: number) => db.select().from(ceremonies).where(of(agreement, epoch)).get()

  const frameOf = ({ id, document }: AgreementState, epoch: number, shareCommitment?: Uint8Array): Ceremony => ({
    agreementId: id,
    epoch,
    party,
    parties: document.parties.map((listed) => listed.id),
    ...(shareCommitment && {
      joint: { shareCommitment, isShareCommitment: (bytes) => loadedGroup().isShareCommitment(bytes) },
    }),
  })

  /** The frame of the steps that show or look at shares. */
  const frameWith = (agreement: AgreementState, epoch: number, { share }: OwnSecrets): Ceremony =>
    frameOf(agreement, epoch, share && fromHex(share.commitment))

  function begin(agreement: AgreementState, epoch: number): { secrets: OwnSecrets; commitBody: CommitBody } {
    if (!isJoint(agreement)) return startCeremony(frameOf(agreement, epoch))
    const { share, commitment } = loadedGroup().drawShare()
    const { secrets, commitBody } = startCeremony(frameOf(agreement, epoch, commitment))
    const own = { secret: toHex(share), commitment: toHex(commitment) }
    erase(share)
    return { secrets: { ...secrets, share: own }, commitBody }
  }

  function secretsOf(row: CeremonyRow): OwnSecrets | undefined {
    if (row.wrappedSecrets === null) return undefined
    const bytes = keyStore.unwrapFor(
      row.agreement,
      row.wrappedSecrets,
      places.ceremonySecrets(row.agreement, row.epoch),
    )
    const secrets = JSON.parse(Buffer.from(bytes).toString('utf8')) as OwnSecrets
    erase(bytes)
    return secrets
  }

  function transcript(agreement: AgreementState, state: CeremonyState, row: CeremonyRow): Transcript | Refusal {
    const commits = [...state.commits].map(([from, { statement, payloadBytes }]) => ({
      party: from,
      body: statement,
      payloadBytes,
    }))
    const outcome = transcriptOf(frameOf(agreement, state.epoch), JSON.parse(row.commitBody) as CommitBody, commits)
    return outcome.status === 'complete' ? outcome.transcript : outcome
  }

  const topic = (kind: string, agreement: string, epoch: number, rest = '') => `${kind}:${agreement}:${epoch}${rest}`

  /** Gives the round up in the open. Secrets go at once. */
  function abort(
    agreement: AgreementId,
    epoch: number,
    reason: StatementBody<'salt-abort'>['reason'],
    waitingFor: readonly PartyId[],
  ): void {
    const body: StatementBody = { kind: 'salt-abort', agreement, epoch, party, reason, waitingFor: [...waitingFor] }
    outbox.add({ body, topic: topic('salt-abort', agreement, epoch) }, () => forgetRow(agreement, epoch))
  }

  function forgetRow(agreement: string, epoch: number): void {
    db.update(ceremonies).set({ wrappedSecrets: null, wrappedKeys: null }).where(of(agreement, epoch)).run()
    settings.set('shredDue', [...new Set([...(settings.get('shredDue') ?? []), agreement])])
  }

  function giveUpOver(agreement: AgreementState, epoch: number, refusal: Refusal): void {
    db.update(ceremonies).set({ trouble: refusal.code }).where(of(agreement.id, epoch)).run()
    if (hopeless(refusal)) abort(agreement.id, epoch, 'messages-do-not-fit', refusal.parties as PartyId[])
  }

  /** What the epoch's secret holds: K_pseudonym, and in `joint-oprf` mode K_oprfInput and the own share after it. */
  function epochKey(agreement: string, epoch: number): Uint8Array | undefined {
    const row = db
      .select()
      .from(epochKeys)
      .where(and(eq(epochKeys.agreement, agreement), eq(epochKeys.epoch, epoch)))
      .get()
    return row && keyStore.unwrapFor(agreement, row.wrapped, places.epochKey(agreement, epoch))
  }

  return {
    /** Loads what these steps work with; the steps themselves run in one go. */
    async loadFor(
      steps: readonly { readonly do: string; readonly agreement?: AgreementId }[],
      agreements: ReadonlyMap<AgreementId, AgreementState>,
    ): Promise<void> {
      const withShares = steps.some((step) => {
        if (step.agreement === undefined || !['commit', 'confirm'].includes(step.do)) return false
        const agreement = agreements.get(step.agreement)
        return agreement !== undefined && isJoint(agreement)
      })
      if (withShares) await loadGroup()
    },
    row: rowOf,
    rows: (): CeremonyRow[] => db.select().from(ceremonies).all(),
    abort,
    /** Secrets of a round that is over. */
    forget(agreement: string, epoch: number): void {
      store.immediately(() => forgetRow(agreement, epoch))
    },
    commit(agreement: AgreementState, epoch: number): void {
      const stored = rowOf(agreement.id, epoch)
      // A commit that was stored is the one that is sent, whatever happened in between.
      const started = stored === undefined ? begin(agreement, epoch) : undefined
      const commitBody = started?.commitBody ?? (JSON.parse(stored?.commitBody ?? '') as CommitBody)
      const body = { kind: 'salt-commit', ...commitBody } as StatementBody<'salt-commit'>
      outbox.add({ body, topic: topic('salt-commit', agreement.id, epoch) }, () => {
        if (started === undefined || rowOf(agreement.id, epoch) !== undefined) return
        const bytes = utf8(JSON.stringify(started.secrets))
        const place = places.ceremonySecrets(agreement.id, epoch)
        const wrappedSecrets = keyStore.wrapFor(agreement.id, bytes, place)
        erase(bytes)
        db.insert(ceremonies)
          .values({ agreement: agreement.id, epoch, commitBody: JSON.stringify(commitBody), wrappedSecrets })
          .run()
      })
      onDurableStep('commit-recorded')
    },
    reveal(agreement: AgreementState, state: CeremonyState): void {
      const { epoch } = state
      const row = rowOf(agreement.id, epoch)
      const secrets = row && secretsOf(row)
      if (row === undefined || secrets === undefined) return abort(agreement.id, epoch, 'own-state-lost', [party])
      const agreed = transcript(agreement, state, row)
      if ('status' in agreed) return giveUpOver(agreement, epoch, agreed)
      const sealed = makeReveals(frameWith(agreement, epoch, secrets), secrets, agreed)
      if (sealed.status === 'refused') return giveUpOver(agreement, epoch, sealed)
      store.immediately(() => {
        for (const { from: _from, ...reveal } of sealed.reveals) {
          const body = { kind: 'salt-reveal', ...reveal } as StatementBody<'salt-reveal'>
          outbox.add({ body, topic: topic('salt-reveal', agreement.id, epoch, `:${reveal.to}`) })
        }
      })
      onDurableStep('reveals-recorded')
    },
    /** Opens what the others revealed; confirms, or shows publicly who sent something else than it committed to. */
    confirm(agreement: AgreementState, state: CeremonyState): void {
      const { epoch } = state
      const row = rowOf(agreement.id, epoch)
      const secrets = row && secretsOf(row)
      if (row === undefined || secrets === undefined) return abort(agreement.id, epoch, 'own-state-lost', [party])
      const agreed = transcript(agreement, state, row)
      if ('status' in agreed) return giveUpOver(agreement, epoch, agreed)
      const frame = frameWith(agreement, epoch, secrets)
      const toMe = [...state.reveals.values()]
        .map(({ statement }) => statement)
        .filter((reveal) => reveal.to === party)
        .map((statement) => ({ party: statement.from, body: statement }))
      const opened = openReveals(frame, secrets, agreed, toMe)
      if (opened.status === 'refused') return giveUpOver(agreement, epoch, opened)
      if (opened.status === 'complaint') {
        const [complaint] = opened.complaints
        const body = { kind: 'salt-complaint', ...complaint } as StatementBody<'salt-complaint'>
        outbox.add({ body, topic: topic('salt-complaint', agreement.id, epoch) }, () => forgetRow(agreement.id, epoch))
        return
      }
      const keys = deriveKeys(frame, agreed, opened.contributions)
      const body = { kind: 'salt-confirm', ...makeConfirm(frame, agreed, keys) } as StatementBody<'salt-confirm'>
      outbox.add({ body, topic: topic('salt-confirm', agreement.id, epoch) }, () => {
        const oprf = secrets.share && { oprf: toHex(keys.oprfInput) + secrets.share.secret }
        const held: HeldKeys = { pseudonym: toHex(keys.pseudonym), confirm: toHex(keys.confirm), ...oprf }
        const bytes = utf8(JSON.stringify(held))
        const wrappedKeys = keyStore.wrapFor(agreement.id, bytes, places.ceremonyKeys(agreement.id, epoch))
        db.update(ceremonies).set({ wrappedKeys }).where(of(agreement.id, epoch)).run()
        erase(bytes)
      })
      erase(keys.pseudonym, keys.oprfInput, keys.confirm, ...opened.contributions.map(({ r }) => r))
      onDurableStep('confirm-recorded')
    },
    /** All confirms are in: with the own keys it is seen whether all parties hold the same. Only then is the key usable. */
    conclude(agreement: AgreementState, state: CeremonyState): void {
      const { epoch } = state
      const row = rowOf(agreement.id, epoch)
      if (row === undefined || row.wrappedKeys === null) return abort(agreement.id, epoch, 'own-state-lost', [party])
      const agreed = transcript(agreement, state, row)
      if ('status' in agreed) return giveUpOver(agreement, epoch, agreed)
      const bytes = keyStore.unwrapFor(agreement.id, row.wrappedKeys, places.ceremonyKeys(agreement.id, epoch))
      const keys = JSON.parse(Buffer.from(bytes).toString('utf8')) as HeldKeys
      erase(bytes)
      const confirms = [...state.confirms].map(([from, { statement }]) => ({ party: from, body: statement }))
      const outcome = checkConfirms(frameOf(agreement, epoch), agreed, { confirm: fromHex(keys.confirm) }, confirms)
      if (outcome.status === 'refused') return giveUpOver(agreement, epoch, outcome)
      const secret = concatBytes(fromHex(keys.pseudonym), fromHex(keys.oprf ?? ''))
      store.immediately(() => {
        const wrapped = keyStore.wrapFor(agreement.id, secret, places.epochKey(agreement.id, epoch))
        db.insert(epochKeys).values({ agreement: agreement.id, epoch, wrapped }).onConflictDoNothing().run()
        db.update(ceremonies).set({ agreed: true, trouble: null }).where(of(agreement.id, epoch)).run()
        forgetRow(agreement.id, epoch)
      })
      erase(secret)
      onDurableStep('epoch-key-usable')
    },
    /** 32 bytes, a copy; undefined while the key is not usable. */
    pseudonymKey(agreement: string, epoch: number): Uint8Array | undefined {
      return epochKey(agreement, epoch)?.slice(0, keyBytes)
    },
    /** Undefined while they are not usable, and in `salted` mode. */
    oprfKeys(agreement: string, epoch: number): OprfKeys | undefined {
      const secret = epochKey(agreement, epoch)
      if (secret?.length !== 3 * keyBytes) return undefined
      const keys = { inputKey: secret.slice(keyBytes, 2 * keyBytes), share: secret.slice(2 * keyBytes) }
      erase(secret)
      return keys
    },
  }
}
