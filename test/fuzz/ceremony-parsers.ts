/**
 * The messages of a salt ceremony: what other parties put in the fields of a statement whose form was checked already.
 * @module
 */
import {
  checkConfirms,
  deriveKeys,
  judgeComplaint,
  makeConfirm,
  openReveals,
  transcriptOf,
} from '@kruispunt/key-agreement'
import { commitOf, gather, revealsOf, to, transcriptFor } from '../../packages/key-agreement/test/parties.ts'
import type { Parser } from './parser.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))

export function ceremonyParsers(): Parser[] {
  const players = gather(['a', 'b', 'c'])
  const [own, other] = players
  if (own === undefined || other === undefined) throw new Error('no players')
  const { ceremony, secrets, commitBody } = own
  const commits = players.map((player) => commitOf(player))
  const transcript = transcriptFor(own, commits)
  const reveals = players.flatMap((player) => to('a', player === own ? [] : revealsOf(player, transcript)))
  const [first, ...others] = reveals
  if (first === undefined) throw new Error('no reveal')
  const opened = openReveals(ceremony, secrets, transcript, reveals)
  if (opened.status !== 'opened') throw new Error('an honest ceremony')
  const keys = deriveKeys(ceremony, transcript, opened.contributions)
  const confirm = makeConfirm(other.ceremony, transcript, keys)
  const complaint = { agreement: ceremony.agreementId, epoch: 1, transcript: transcript.hash, party: 'a', accused: 'b' }
  return [
    {
      name: 'key-agreement.transcriptOf',
      good: [bytesOf(`${other.commitBody.commit}${other.commitBody.kemPublicKey}`)],
      neverThrows: true,
      // As text too: what is no hex at all, or longer than it may be.
      call: (bytes) =>
        [hex(bytes), Buffer.from(bytes).toString('latin1')].map((text) =>
          transcriptOf(ceremony, commitBody, [
            ...commits.filter(({ party }) => party !== 'b'),
            commitOf(other, { ...other.commitBody, commit: text.slice(0, 64), kemPublicKey: text.slice(64) }),
          ]),
        ),
    },
    {
      name: 'key-agreement.openReveals',
      good: [bytesOf(`${first.body.ct}${first.body.nonce}${first.body.box}`)],
      neverThrows: true,
      call: (bytes) =>
        [hex(bytes), Buffer.from(bytes).toString('latin1')].map((text) => {
          const body = { ...first.body, ct: text.slice(0, 2240), nonce: text.slice(2240, 2288), box: text.slice(2288) }
          return openReveals(ceremony, secrets, transcript, [{ party: first.party, body }, ...others])
        }),
    },
    {
      name: 'key-agreement.judgeComplaint',
      good: [bytesOf(secrets.kemSecretKey)],
      neverThrows: true,
      call: (bytes) =>
        [hex(bytes), Buffer.from(bytes).toString('latin1')].map((kemSecretKey) =>
          judgeComplaint(ceremony, transcript, { party: 'a', body: { ...complaint, kemSecretKey } }, first),
        ),
    },
    {
      name: 'key-agreement.checkConfirms',
      good: [bytesOf(confirm.tag)],
      neverThrows: true,
      call: (bytes) =>
        [hex(bytes), Buffer.from(bytes).toString('latin1')].map((tag) =>
          checkConfirms(ceremony, transcript, keys, [{ party: 'b', body: { ...confirm, tag } }]),
        ),
    },
  ]
}
