/**
 * Named parties that run a ceremony by hand, and a broker between them that a test can make lie.
 * @module
 */
import { toHex } from '@kruispunt/crypto'
import {
  type Ceremony,
  type CeremonyKeys,
  type ConfirmBody,
  checkConfirms,
  deriveKeys,
  makeConfirm,
  makeReveals,
  openReveals,
  type Received,
  type ReceivedCommit,
  type Refusal,
  type RevealBody,
  type StartedCeremony,
  startCeremony,
  type Transcript,
  transcriptOf,
} from '../src/index.ts'

export const agreementId = '47dd0e3e63f798c783cea6d52a38810a844256748438e10e8fd1300c221e8684'

export type Player = StartedCeremony & { readonly ceremony: Ceremony }

/** Every party of one ceremony, each after its first step. */
export function gather(parties: readonly string[], change: Partial<Ceremony> = {}): Player[] {
  return parties.map((party) => {
    const ceremony = { agreementId, epoch: 1, party, parties, ...change }
    return { ceremony, ...startCeremony(ceremony) }
  })
}

/** Stands in for the signed statement: any two different bodies have different bytes. */
export function payloadOf(body: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}

export function commitOf({ ceremony, commitBody }: Player, body = commitBody): ReceivedCommit {
  return { party: ceremony.party, body, payloadBytes: payloadOf(body) }
}

export function transcriptFor(player: Player, commits: readonly ReceivedCommit[]): Transcript {
  const result = transcriptOf(player.ceremony, player.commitBody, commits)
  if (result.status === 'refused') throw new Error(`no transcript: ${result.code}`)
  return result.transcript
}

export function revealsOf({ ceremony, secrets }: Player, transcript: Transcript): Received<RevealBody>[] {
  const result = makeReveals(ceremony, secrets, transcript)
  if (result.status === 'refused') throw new Error(`no reveals: ${result.code}`)
  return result.reveals.map((body) => ({ party: ceremony.party, body }))
}

export function to(party: string, reveals: readonly Received<RevealBody>[]): Received<RevealBody>[] {
  return reveals.filter(({ body }) => body.to === party)
}

/** What the broker does to a message on its way to one recipient; by default nothing. */
export type Broker = {
  commit(message: ReceivedCommit, recipient: string): ReceivedCommit
  reveal(message: Received<RevealBody>, recipient: string): Received<RevealBody>
  confirm(message: Received<ConfirmBody>, recipient: string): Received<ConfirmBody>
}
export const honestBroker: Broker = { commit: (m) => m, reveal: (m) => m, confirm: (m) => m }

export type Outcome =
  | { readonly status: 'agreed'; readonly pseudonymKey: string }
  | { readonly status: 'complaint'; readonly accused: readonly string[] }
  | Pick<Refusal, 'status' | 'code'>

type Step<T> = { readonly player: Player; readonly at: T } | { readonly player: Player; readonly outcome: Outcome }
const going = <T>(steps: readonly Step<T>[]) => steps.flatMap((step) => ('at' in step ? [step] : []))

function advance<T, U>(step: Step<T>, next: (player: Player, at: T) => U | { readonly outcome: Outcome }): Step<U> {
  if ('outcome' in step) return step
  const result = next(step.player, step.at)
  const isOutcome = typeof result === 'object' && result !== null && 'outcome' in result
  return isOutcome ? { player: step.player, ...result } : { player: step.player, at: result as U }
}

type Opened = { readonly transcript: Transcript; readonly keys: CeremonyKeys }

/** Runs all steps of all parties through the broker. A party that stops sends nothing any more. */
export function runCeremony(players: readonly Player[], broker: Broker = honestBroker): Map<string, Outcome> {
  const commits = players.map((player) => commitOf(player))
  const afterCommits = players.map((player): Step<Transcript> => {
    const name = player.ceremony.party
    const result = transcriptOf(
      player.ceremony,
      player.commitBody,
      commits.map((m) => broker.commit(m, name)),
    )
    return result.status === 'refused' ? { player, outcome: result } : { player, at: result.transcript }
  })

  const reveals = going(afterCommits).flatMap(({ player, at }) => {
    const result = makeReveals(player.ceremony, player.secrets, at)
    return result.status === 'refused' ? [] : result.reveals.map((body) => ({ party: player.ceremony.party, body }))
  })
  const afterReveals = afterCommits.map((step) =>
    advance<Transcript, Opened>(step, ({ ceremony, secrets }, transcript) => {
      const mine = to(ceremony.party, reveals).map((m) => broker.reveal(m, ceremony.party))
      const result = openReveals(ceremony, secrets, transcript, mine)
      if (result.status === 'refused') return { outcome: result }
      if (result.status === 'complaint') {
        return { outcome: { status: 'complaint', accused: result.complaints.map(({ accused }) => accused) } }
      }
      return { transcript, keys: deriveKeys(ceremony, transcript, result.contributions) }
    }),
  )

  const confirms = going(afterReveals).map(({ player, at }) => ({
    party: player.ceremony.party,
    body: makeConfirm(player.ceremony, at.transcript, at.keys),
  }))
  const afterConfirms = afterReveals.map((step) =>
    advance<Opened, Outcome>(step, ({ ceremony }, { transcript, keys }) => {
      const all = confirms.map((m) => broker.confirm(m, ceremony.party))
      const result = checkConfirms(ceremony, transcript, keys, all)
      return { outcome: result.status === 'agreed' ? { ...result, pseudonymKey: toHex(keys.pseudonym) } : result }
    }),
  )
  return new Map(
    afterConfirms.map((step) => [step.player.ceremony.party, 'outcome' in step ? step.outcome : step.at] as const),
  )
}
