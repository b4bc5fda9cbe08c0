import { readFileSync } from 'node:fs'
import { fromHex, toHex } from '@kruispunt/crypto'
import { describe, expect, it } from 'vitest'
import { commitHash } from '../src/commit.ts'
import { confirmTag } from '../src/confirm.ts'
import { checkConfirms, deriveKeys, makeConfirm } from '../src/index.ts'
import { transcriptHash } from '../src/transcript.ts'

type Kat = {
  agreementId: string
  epoch: number
  partiesSorted: string[]
  r: Record<string, string>
  oprfShareCommitment: Record<string, string>
  commits: { party: string; commit: string; payload: string }[]
  transcript: string
  keys: { pseudonym: string; oprfInput: string; confirm: string }
  confirm: Record<string, string>
}
const kat = JSON.parse(readFileSync(new URL('../../../test/vectors/protocol-kat.json', import.meta.url), 'utf8')) as Kat
const { agreementId, epoch } = kat
const valueOf = (values: Record<string, string>, party: string) => fromHex(values[party] ?? 'missing')
const commits = kat.commits.map(({ party, payload }) => ({ party, payloadBytes: new TextEncoder().encode(payload) }))
const transcript = {
  hash: kat.transcript,
  commits: kat.commits.map(({ party, commit }) => ({ party, commit, kemPublicKey: '' })),
}
const contributions = kat.partiesSorted.map((party) => ({ party, r: valueOf(kat.r, party) }))

describe('the worked example comes out', () => {
  it.each(kat.commits)('the commit of $party, with its OPRF share', ({ party, commit, payload }) => {
    const r = valueOf(kat.r, party)
    const shareCommitment = valueOf(kat.oprfShareCommitment, party)
    expect(toHex(commitHash({ agreementId, epoch, party, r, shareCommitment }))).toBe(commit)
    expect(JSON.parse(payload)).toMatchObject({ commit, party, epoch, agreement: agreementId })
  })

  it('the transcript, in whatever order the commits come', () => {
    expect(transcriptHash(commits)).toBe(kat.transcript)
    expect(transcriptHash(commits.toReversed())).toBe(kat.transcript)
  })

  it('the three keys, in whatever order the contributions come', () => {
    for (const order of [contributions, contributions.toReversed()]) {
      const { pseudonym, oprfInput, confirm } = deriveKeys(kat, transcript, order)
      expect({ pseudonym: toHex(pseudonym), oprfInput: toHex(oprfInput), confirm: toHex(confirm) }).toStrictEqual(
        kat.keys,
      )
    }
  })

  it.each(kat.partiesSorted)('the confirm of %s', (party) => {
    expect(toHex(confirmTag(fromHex(kat.keys.confirm), kat.transcript, party))).toBe(kat.confirm[party])
  })

  it('the confirms of all, checked by one', () => {
    const ceremony = { agreementId, epoch, party: 'ggd-b', parties: kat.partiesSorted }
    const keys = { confirm: fromHex(kat.keys.confirm) }
    const confirms = kat.partiesSorted.map((party) => ({
      party,
      body: { agreement: agreementId, epoch, transcript: kat.transcript, party, tag: kat.confirm[party] ?? '' },
    }))
    expect(checkConfirms(ceremony, transcript, keys, confirms)).toStrictEqual({ status: 'agreed' })
    expect(makeConfirm(ceremony, transcript, keys)).toStrictEqual(confirms[1]?.body)
  })

  it.each([
    ['one too few', contributions.slice(1)],
    ['one twice', [...contributions, ...contributions.slice(0, 1)]],
    ['one of a stranger', [...contributions.slice(1), { party: 'stranger', r: new Uint8Array(32) }]],
    ['a stranger besides', [...contributions, { party: 'stranger', r: new Uint8Array(32) }]],
  ])('no keys from %s', (_, wrong) => {
    expect(() => deriveKeys(kat, transcript, wrong)).toThrow(
      expect.objectContaining({ name: 'KeyAgreementError', code: 'contribution_missing' }),
    )
  })
})
