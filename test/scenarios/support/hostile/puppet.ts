/**
 * A hostile partner at work: its node is stopped, its keys speak for it. It cosigns as an honest witness, so that the lab
 * goes on, and says besides whatever a test has it say.
 * @module
 */
import type { AgreementId, PartyId, StatementBody } from '@kruispunt/contracts'
import type { SigningKey } from '@kruispunt/crypto'
import {
  type Ceremony,
  type CommitBody,
  makeReveals,
  type RevealBody,
  type StartedCeremony,
  startCeremony,
  type Transcript,
  transcriptOf,
} from '@kruispunt/key-agreement'
import { witnessName } from '@kruispunt/lab-record'
import { cosign, mergeCosignatures, parseCheckpoint } from '@kruispunt/transparency-log'
import { until } from '../processes.ts'
import type { AttackLab } from './attack-lab.ts'
import { jsonOf } from './relay.ts'

export type Puppet = Awaited<ReturnType<typeof createPuppet>>

/** Takes over a party from its node. */
export async function createPuppet(lab: AttackLab, party: string) {
  const keys = await lab.keysOf(party)
  await lab.node(party).stop()
  let stopped = false

  async function cosignLatest(): Promise<void> {
    const checkpoints = await lab.relay.call(party, 'GET', 'log/checkpoints')
    if (checkpoints.status !== 200) return
    const { latest } = jsonOf<{ latest: string }>(checkpoints)
    const name = witnessName(lab.keys.brokerName, lab.lab, party as PartyId)
    if (latest.includes(`\u2014 ${name} `)) return
    const line = cosign(parseCheckpoint(latest).text, name, keys.witness, Math.floor(Date.now() / 1000))
    await lab.relay.call(party, 'POST', 'log/cosignatures', { note: mergeCosignatures(latest, [line]) })
  }
  const cosigning = (async () => {
    while (!stopped) {
      // The broker may be down for a while.
      await cosignLatest().catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  })()

  const sign = async (by: readonly [SigningKey, ...SigningKey[]], body: StatementBody, header = {}) =>
    (await lab.forger())(party, by, body, header)
  const say = async (body: StatementBody, header = {}) => lab.submit(party, await sign([keys.node], body, header))
  const frameOf = (agreement: AgreementId, epoch: number): Ceremony => ({
    agreementId: agreement,
    epoch,
    party,
    parties: lab.parties,
  })

  /** What is on record of a round. */
  const round = async (agreement: AgreementId, epoch: number) =>
    (await lab.record()).state.agreements.get(agreement)?.ceremonies.get(epoch)

  return {
    party,
    keys,
    sign,
    say,
    round,
    approve: async (agreement: AgreementId) => {
      const body = { kind: 'agreement-approval', agreement, decision: 'approved', reason: null } as const
      return lab.submit(party, await sign([keys.officer], body))
    },
    frameOf,
    /** Draws secrets and commits, to something else if so told, once the others have. */
    async commit(
      agreement: AgreementId,
      epoch: number,
      change: (body: CommitBody, others: ReadonlyMap<string, CommitBody>) => CommitBody = (body) => body,
    ): Promise<StartedCeremony> {
      const others = await until('the others have committed', async () => {
        const found = (await round(agreement, epoch))?.commits
        return found !== undefined && found.size === lab.parties.length - 1 ? found : undefined
      })
      const started = startCeremony(frameOf(agreement, epoch))
      const known = new Map([...others].map(([from, { statement }]) => [from, statement as CommitBody]))
      const commitBody = change(started.commitBody, known)
      const { status, body } = await say({ kind: 'salt-commit', ...commitBody } as StatementBody)
      if (status !== 200) throw new Error(`the commit was refused: ${body.code}`)
      return { ...started, commitBody }
    },
    /** The transcript over all commits on record. */
    async transcript(started: StartedCeremony): Promise<Transcript> {
      const { agreement, epoch } = started.commitBody
      const commits = [...((await round(agreement as AgreementId, epoch))?.commits ?? [])].map(
        ([from, { statement, payloadBytes }]) => ({ party: from, body: statement, payloadBytes }),
      )
      const outcome = transcriptOf(frameOf(agreement as AgreementId, epoch), started.commitBody, commits)
      if (outcome.status !== 'complete') throw new Error(`no transcript: ${outcome.code}`)
      return outcome.transcript
    },
    /** Reveals to every other party what it committed to, changed per recipient if so told. */
    async reveal(
      started: StartedCeremony,
      transcript: Transcript,
      change: (body: RevealBody) => Partial<RevealBody> = () => ({}),
    ): Promise<void> {
      const { agreement, epoch } = started.commitBody
      const made = makeReveals(frameOf(agreement as AgreementId, epoch), started.secrets, transcript)
      if (made.status === 'refused') throw new Error(`no reveals: ${made.code}`)
      for (const honest of made.reveals) {
        const { from: _, ...body } = { ...honest, ...change(honest) }
        const { status, body: answer } = await say({ kind: 'salt-reveal', ...body } as StatementBody)
        if (status !== 200) throw new Error(`the reveal was refused: ${answer.code}`)
      }
    },
    async stop(): Promise<void> {
      stopped = true
      await cosigning
    },
  }
}
