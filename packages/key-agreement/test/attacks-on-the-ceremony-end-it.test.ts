import { cryptoReady, generateKemKeyPair, randomHex, toHex } from '@kruispunt/crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type ConfirmBody,
  checkConfirms,
  deriveKeys,
  judgeComplaint,
  makeConfirm,
  makeReveals,
  openReveals,
  type Received,
  type RevealBody,
  type Transcript,
  transcriptOf,
} from '../src/index.ts'
import { sealContribution } from '../src/sealed-reveal.ts'
import {
  commitOf,
  gather,
  honestBroker,
  type Player,
  payloadOf,
  revealsOf,
  runCeremony,
  to,
  transcriptFor,
} from './parties.ts'

const names = ['gemeente', 'ggd', 'politie'] as const
let gemeente: Player
let ggd: Player
let politie: Player
let players: Player[]
let transcript: Transcript

/** A changed hex digit, the last one. */
const scratch = (hex: string) => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0')
const refusal = (code: string, ...parties: string[]) => ({ status: 'refused', code, parties })

beforeAll(async () => {
  await cryptoReady()
  players = gather(names)
  ;[gemeente, ggd, politie] = players as [Player, Player, Player]
  transcript = transcriptFor(
    gemeente,
    players.map((player) => commitOf(player)),
  )
})

/** What gemeente is sent, after a change. */
function sentToGemeente(change: (m: Received<RevealBody>) => Received<RevealBody> = (m) => m) {
  return [ggd, politie].flatMap((player) => to('gemeente', revealsOf(player, transcript))).map(change)
}
const gemeenteOpens = (reveals: readonly Received<RevealBody>[]) =>
  openReveals(gemeente.ceremony, gemeente.secrets, transcript, reveals)

describe('attack 1: the broker puts its own KEM key in the commit of gemeente', () => {
  it('nobody can use what follows, even if the signature had fitted', () => {
    const { publicKey } = generateKemKeyPair()
    const body = { ...gemeente.commitBody, kemPublicKey: toHex(publicKey) }
    const outcomes = runCeremony(players, {
      ...honestBroker,
      commit: (m, recipient) =>
        m.party === 'gemeente' && recipient !== 'gemeente' ? { ...m, body, payloadBytes: payloadOf(body) } : m,
    })
    expect(outcomes.get('gemeente')).toStrictEqual(refusal('transcript_mismatch', 'ggd', 'politie'))
    expect(outcomes.get('ggd')).toStrictEqual(refusal('transcript_mismatch', 'gemeente'))
    expect(outcomes.get('politie')).toStrictEqual(refusal('transcript_mismatch', 'gemeente'))
  })

  it('gemeente itself is not fooled about its own commit', () => {
    const commits = players.map((player) =>
      commitOf(
        player,
        player === gemeente ? { ...player.commitBody, commit: scratch(player.commitBody.commit) } : undefined,
      ),
    )
    expect(transcriptOf(gemeente.ceremony, gemeente.commitBody, commits)).toStrictEqual(
      refusal('own_commit_changed', 'gemeente'),
    )
  })

  it('a key that is none is refused, by length before anything and by its bytes before revealing', () => {
    const withKey = (kemPublicKey: string) =>
      players.map((player) => commitOf(player, player === ggd ? { ...player.commitBody, kemPublicKey } : undefined))
    expect(transcriptOf(gemeente.ceremony, gemeente.commitBody, withKey('00'))).toStrictEqual(
      refusal('commit_malformed', 'ggd'),
    )
    // All ones is no list of coefficients modulo 3329.
    const noKey = transcriptFor(gemeente, withKey('ff'.repeat(1216)))
    expect(makeReveals(gemeente.ceremony, gemeente.secrets, noKey)).toStrictEqual(refusal('commit_malformed', 'ggd'))
  })
})

describe('attack 2: commits of the wrong hand', () => {
  const commits = () => players.map((player) => commitOf(player))
  it('a party outside the agreement is refused', () => {
    const [stranger] = gather(['stranger', 'gemeente']) as [Player, Player]
    const result = transcriptOf(gemeente.ceremony, gemeente.commitBody, [...commits(), commitOf(stranger)])
    expect(result).toStrictEqual(refusal('commit_stranger', 'stranger'))
  })

  it('ggd cannot commit in the name of politie', () => {
    const posing = commits().map((m) => (m.party === 'politie' ? { ...m, party: 'ggd' } : m))
    expect(transcriptOf(gemeente.ceremony, gemeente.commitBody, posing)).toStrictEqual(
      refusal('commit_wrong_party', 'ggd'),
    )
  })

  it('two commits of one party are refused', () => {
    const again = commitOf((gather(names) as [Player, Player, Player])[1])
    const result = transcriptOf(gemeente.ceremony, gemeente.commitBody, [...commits(), again])
    expect(result).toStrictEqual(refusal('commit_repeated', 'ggd'))
  })

  it('as long as one is missing there is no transcript', () => {
    expect(transcriptOf(gemeente.ceremony, gemeente.commitBody, commits().slice(0, 2))).toStrictEqual(
      refusal('commits_incomplete', 'politie'),
    )
    expect(transcriptOf(gemeente.ceremony, gemeente.commitBody, [])).toMatchObject({ code: 'commits_incomplete' })
  })

  it.each([
    ['another suite', { suite: 'rot13' }],
    ['another agreement', { agreement: '00'.repeat(32) }],
    ['another epoch', { epoch: 2 }],
  ])('a commit to %s is refused', (_, change) => {
    const changed = commits().map((m) =>
      m.party === 'ggd' ? { ...m, body: { ...m.body, ...change } as typeof m.body } : m,
    )
    expect(transcriptOf(gemeente.ceremony, gemeente.commitBody, changed)).toStrictEqual(
      refusal('commit_other_ceremony', 'ggd'),
    )
  })
})

describe('attack 3: the broker shows one set of commits to gemeente and another to the rest', () => {
  it('nobody opens, nobody confirms', () => {
    // politie signed two commits for one epoch; each view is whole by itself.
    const second = (gather(names) as [Player, Player, Player])[2]
    const outcomes = runCeremony(players, {
      ...honestBroker,
      commit: (m, recipient) => (m.party === 'politie' && recipient === 'gemeente' ? commitOf(second) : m),
    })
    expect(outcomes.get('gemeente')).toMatchObject({ code: 'transcript_mismatch' })
    expect(outcomes.get('ggd')).toStrictEqual(refusal('transcript_mismatch', 'gemeente'))
    expect(outcomes.get('politie')).toStrictEqual(refusal('transcript_mismatch', 'gemeente'))
  })

  it('a reveal relabelled with the recipient’s transcript still does not open', () => {
    const other = { ...transcript, hash: scratch(transcript.hash) }
    const relabelled = to('gemeente', revealsOf(ggd, other)).map((m) => ({
      ...m,
      body: { ...m.body, transcript: transcript.hash },
    }))
    const reveals = [...relabelled, ...to('gemeente', revealsOf(politie, transcript))]
    expect(gemeenteOpens(reveals)).toMatchObject({ status: 'complaint', complaints: [{ accused: 'ggd' }] })
  })
})

describe('attack 4: ggd reveals to gemeente something else than it committed to', () => {
  function cheat(): Received<RevealBody> {
    const [honest] = to('gemeente', revealsOf(ggd, transcript)) as [Received<RevealBody>]
    const key = gemeente.commitBody.kemPublicKey
    const route = { from: 'ggd', to: 'gemeente' }
    const sealed = sealContribution(new Uint8Array(32).fill(1), key, transcript.hash, route)
    return { party: 'ggd', body: { ...honest.body, ...sealed } }
  }
  const complain = (bad: Received<RevealBody>) => {
    const result = gemeenteOpens(sentToGemeente((m) => (m.party === 'ggd' ? bad : m)))
    if (result.status !== 'complaint') throw new Error('no complaint')
    const [body] = result.complaints
    if (body === undefined) throw new Error('no complaint')
    return { party: 'gemeente', body }
  }

  it('gemeente complains about ggd alone, with the key that proves it', () => {
    expect(complain(cheat()).body).toStrictEqual({
      agreement: gemeente.ceremony.agreementId,
      epoch: 1,
      transcript: transcript.hash,
      party: 'gemeente',
      accused: 'ggd',
      kemSecretKey: gemeente.secrets.kemSecretKey,
    })
  })

  it('every node, ggd included, finds ggd to blame', () => {
    const bad = cheat()
    const complaint = complain(bad)
    for (const { ceremony } of players) {
      expect(judgeComplaint(ceremony, transcript, complaint, bad)).toStrictEqual({
        status: 'blamed',
        party: 'ggd',
        reason: 'bad_reveal',
      })
    }
  })

  it('without gemeente’s confirm nobody gets a salt', () => {
    const bad = cheat()
    const outcomes = runCeremony(players, {
      ...honestBroker,
      reveal: (m, recipient) => (m.party === 'ggd' && recipient === 'gemeente' ? bad : m),
    })
    expect(outcomes.get('gemeente')).toStrictEqual({ status: 'complaint', accused: ['ggd'] })
    expect(outcomes.get('ggd')).toStrictEqual(refusal('confirms_incomplete', 'gemeente'))
    expect(outcomes.get('politie')).toStrictEqual(refusal('confirms_incomplete', 'gemeente'))
  })

  it.each([
    ['a box that does not open', { box: '00'.repeat(48) }],
    ['a ciphertext of another key', { ct: '00'.repeat(1120) }],
    ['another nonce', { nonce: '00'.repeat(24) }],
    ['a short box', { box: '00' }],
    ['no hex at all', { ct: 'zz'.repeat(1120) }],
    ['an OPRF share where none was agreed', { shareCommitment: '00'.repeat(32) }],
  ])('%s is judged the same', (_, change) => {
    const [honest] = to('gemeente', revealsOf(ggd, transcript)) as [Received<RevealBody>]
    const bad = { party: 'ggd', body: { ...honest.body, ...change } }
    expect(judgeComplaint(politie.ceremony, transcript, complain(bad), bad)).toMatchObject({
      party: 'ggd',
      reason: 'bad_reveal',
    })
  })

  it('two cheats are both named', () => {
    const result = gemeenteOpens(sentToGemeente((m) => ({ ...m, body: { ...m.body, box: '00'.repeat(48) } })))
    const accused = result.status === 'complaint' ? result.complaints.map((complaint) => complaint.accused) : []
    expect(accused).toStrictEqual(['ggd', 'politie'])
  })

  it('who complains without ground, or with another key, is blamed instead', () => {
    const [honest] = to('gemeente', revealsOf(ggd, transcript)) as [Received<RevealBody>]
    const complaint = complain(cheat())
    expect(judgeComplaint(politie.ceremony, transcript, complaint, honest)).toStrictEqual({
      status: 'blamed',
      party: 'gemeente',
      reason: 'false_complaint',
    })
    for (const kemSecretKey of [randomHex(32), '00', '']) {
      const body = { ...complaint.body, kemSecretKey }
      expect(judgeComplaint(politie.ceremony, transcript, { party: 'gemeente', body }, honest)).toStrictEqual({
        status: 'blamed',
        party: 'gemeente',
        reason: 'other_key',
      })
    }
  })

  it('nobody is blamed on a complaint or a reveal that does not belong here', () => {
    const bad = cheat()
    const complaint = complain(bad)
    const judge = (change: object, reveal = bad, party = 'gemeente') =>
      judgeComplaint(politie.ceremony, transcript, { party, body: { ...complaint.body, ...change } }, reveal)
    const changed = (change: object) => ({ ...bad, body: { ...bad.body, ...change } })
    expect(judge({}, bad, 'politie')).toStrictEqual(refusal('complaint_wrong_party', 'politie'))
    expect(judge({ accused: 'gemeente' })).toStrictEqual(refusal('complaint_wrong_party', 'gemeente'))
    expect(judge({ accused: 'stranger' })).toStrictEqual(refusal('complaint_wrong_party', 'gemeente'))
    expect(judge({ epoch: 2 })).toStrictEqual(refusal('complaint_other_ceremony', 'gemeente'))
    expect(judge({ transcript: scratch(transcript.hash) })).toStrictEqual(
      refusal('complaint_other_ceremony', 'gemeente'),
    )
    expect(judge({}, { ...bad, party: 'politie' })).toStrictEqual(refusal('reveal_wrong_party', 'politie'))
    expect(judge({}, changed({ from: 'politie' }))).toStrictEqual(refusal('reveal_wrong_party', 'ggd'))
    expect(judge({}, changed({ epoch: 2 }))).toStrictEqual(refusal('reveal_other_ceremony', 'ggd'))
    expect(judge({}, changed({ transcript: scratch(transcript.hash) }))).toStrictEqual(
      refusal('transcript_mismatch', 'ggd'),
    )
    expect(judge({}, changed({ to: 'politie' }))).toStrictEqual(refusal('reveal_misrouted', 'ggd'))
  })
})

describe('attack 5: politie waits and copies what gemeente committed', () => {
  it.each(['commit', 'kemPublicKey'] as const)('the same %s is refused, and both are named', (member) => {
    const commits = players.map((player) =>
      commitOf(
        player,
        player === politie ? { ...player.commitBody, [member]: gemeente.commitBody[member] } : undefined,
      ),
    )
    expect(transcriptOf(ggd.ceremony, ggd.commitBody, commits)).toStrictEqual(
      refusal('commit_copied', 'gemeente', 'politie'),
    )
    expect(
      transcriptOf(
        gemeente.ceremony,
        gemeente.commitBody,
        commits.filter((m) => m.party !== 'ggd'),
      ),
    ).toMatchObject({
      code: 'commit_copied',
    })
  })
})

describe('attack 6: a reveal is passed on to somebody else', () => {
  it('as it is, it is refused without blaming its sender', () => {
    const forPolitie = to('politie', revealsOf(ggd, transcript))
    expect(gemeenteOpens([...forPolitie, ...to('gemeente', revealsOf(politie, transcript))])).toStrictEqual(
      refusal('reveal_misrouted', 'ggd'),
    )
  })

  it('readdressed, it does not open', () => {
    const readdressed = to('politie', revealsOf(ggd, transcript)).map((m) => ({
      ...m,
      body: { ...m.body, to: 'gemeente' },
    }))
    expect(gemeenteOpens([...readdressed, ...to('gemeente', revealsOf(politie, transcript))])).toMatchObject({
      status: 'complaint',
      complaints: [{ accused: 'ggd' }],
    })
  })

  it('signed by another, with from rewritten, it does not open either', () => {
    const stolen = to('gemeente', revealsOf(ggd, transcript)).map((m) => ({
      party: 'politie',
      body: { ...m.body, from: 'politie' },
    }))
    expect(gemeenteOpens([...to('gemeente', revealsOf(ggd, transcript)), ...stolen])).toMatchObject({
      status: 'complaint',
      complaints: [{ accused: 'politie' }],
    })
  })

  it('signed by another, with from as it was, it is refused', () => {
    const stolen = to('gemeente', revealsOf(ggd, transcript)).map((m) => ({ ...m, party: 'politie' }))
    expect(gemeenteOpens([...to('gemeente', revealsOf(ggd, transcript)), ...stolen])).toStrictEqual(
      refusal('reveal_wrong_party', 'politie'),
    )
  })

  it('twice from one party, or not from all, nothing is opened', () => {
    const all = sentToGemeente()
    expect(gemeenteOpens([...all, ...all.slice(0, 1)])).toStrictEqual(refusal('reveal_repeated', 'ggd'))
    expect(gemeenteOpens(all.slice(0, 1))).toStrictEqual(refusal('reveals_incomplete', 'politie'))
  })
})

describe('attack 7: a confirm is dropped or altered', () => {
  function confirmed() {
    const opened = players.map((player) => {
      const mine = players
        .filter((other) => other !== player)
        .flatMap((other) => to(player.ceremony.party, revealsOf(other, transcript)))
      const result = openReveals(player.ceremony, player.secrets, transcript, mine)
      if (result.status !== 'opened') throw new Error('not opened')
      return { player, keys: deriveKeys(player.ceremony, transcript, result.contributions) }
    })
    const confirms = opened.map(({ player, keys }) => ({
      party: player.ceremony.party,
      body: makeConfirm(player.ceremony, transcript, keys),
    }))
    const check = (list: readonly Received<ConfirmBody>[]) => {
      const [first] = opened
      if (first === undefined) throw new Error('no parties')
      return checkConfirms(gemeente.ceremony, transcript, first.keys, list)
    }
    return { confirms, check }
  }

  it('all of them make the salt usable, one less does not', () => {
    const { confirms, check } = confirmed()
    expect(check(confirms)).toStrictEqual({ status: 'agreed' })
    for (const [index, party] of names.entries()) {
      expect(check(confirms.toSpliced(index, 1))).toStrictEqual(refusal('confirms_incomplete', party))
    }
  })

  it.each<[string, (m: Received<ConfirmBody>) => Received<ConfirmBody>, string]>([
    ['another tag', (m) => ({ ...m, body: { ...m.body, tag: scratch(m.body.tag) } }), 'confirm_mismatch'],
    ['a tag that is no hex', (m) => ({ ...m, body: { ...m.body, tag: 'zz' } }), 'confirm_mismatch'],
    ['another name', (m) => ({ ...m, body: { ...m.body, party: 'politie' } }), 'confirm_wrong_party'],
    ['another epoch', (m) => ({ ...m, body: { ...m.body, epoch: 2 } }), 'confirm_other_ceremony'],
    ['another transcript', (m) => ({ ...m, body: { ...m.body, transcript: '00'.repeat(32) } }), 'transcript_mismatch'],
  ])('%s in that of ggd is refused', (_, change, code) => {
    const { confirms, check } = confirmed()
    expect(check(confirms.map((m) => (m.party === 'ggd' ? change(m) : m)))).toStrictEqual(refusal(code, 'ggd'))
  })

  it('the tag of one party does not serve for another, nor the same confirm twice', () => {
    const { confirms, check } = confirmed()
    const [first, second, third] = confirms as [Received<ConfirmBody>, Received<ConfirmBody>, Received<ConfirmBody>]
    const borrowed = { ...second, body: { ...second.body, tag: first.body.tag } }
    expect(check([first, borrowed, third])).toStrictEqual(refusal('confirm_mismatch', 'ggd'))
    expect(check([first, second, second])).toStrictEqual(refusal('confirm_repeated', 'ggd'))
  })
})

describe('attack 8: messages of epoch 1 come again in epoch 2', () => {
  it('no commit, reveal or confirm of then is taken now', () => {
    const [now, ...others] = gather(names, { epoch: 2 }) as [Player, Player, Player]
    const commits = [now, ...others].map((player) => commitOf(player))
    const old = commitOf(ggd)
    expect(
      transcriptOf(
        now.ceremony,
        now.commitBody,
        commits.map((m) => (m.party === 'ggd' ? old : m)),
      ),
    ).toStrictEqual(refusal('commit_other_ceremony', 'ggd'))
    const present = transcriptFor(now, commits)
    expect(openReveals(now.ceremony, now.secrets, present, sentToGemeente())).toStrictEqual(
      refusal('reveal_other_ceremony', 'ggd', 'politie'),
    )
    // With the epoch rewritten they are still of another transcript.
    const relabelled = sentToGemeente((m) => ({ ...m, body: { ...m.body, epoch: 2 } }))
    expect(openReveals(now.ceremony, now.secrets, present, relabelled)).toStrictEqual(
      refusal('transcript_mismatch', 'ggd', 'politie'),
    )
  })

  it('a node that mixed up its own secrets reveals nothing', () => {
    const [now] = gather(names, { epoch: 2 }) as [Player, Player, Player]
    const mixed = () => makeReveals(gemeente.ceremony, now.secrets, transcript)
    expect(mixed).toThrow(expect.objectContaining({ code: 'own_state_mismatch' }))
    const wrongEpoch = () => makeReveals(now.ceremony, gemeente.secrets, transcript)
    expect(wrongEpoch).toThrow(expect.objectContaining({ code: 'own_state_mismatch' }))
  })
})

describe('a crash between the steps costs nothing', () => {
  it('secrets, commit and transcript survive as JSON', () => {
    const stored = JSON.parse(JSON.stringify({ player: gemeente, transcript })) as {
      player: Player
      transcript: Transcript
    }
    const before = gemeenteOpens(sentToGemeente())
    const after = openReveals(stored.player.ceremony, stored.player.secrets, stored.transcript, sentToGemeente())
    expect(after).toStrictEqual(before)
    expect(after.status).toBe('opened')
  })
})
