/**
 * Small lies a broker can tell, ready to be put on the relay.
 * @module
 */
import type { StatementEnvelope } from '@kruispunt/contracts'
import { canonicalBytes, type JsonValue } from '@kruispunt/statements'
import { payloadOf } from './forged-log.ts'
import { jsonOf, jsonReply, type Rule } from './relay.ts'

type Entries = { readonly entries: readonly { index: number; envelope: StatementEnvelope }[]; readonly size: number }

/** The same signatures around another text. */
export function alteredBody(
  envelope: StatementEnvelope,
  changes: Readonly<Record<string, unknown>>,
): StatementEnvelope {
  const changed = canonicalBytes({ ...payloadOf(envelope), ...changes } as JsonValue)
  return { ...envelope, payload: Buffer.from(changed).toString('base64') }
}

/** What these parties read of the log is not what is in it. */
export const changeEntries = (
  party: string | readonly string[],
  change: (envelope: StatementEnvelope, index: number) => StatementEnvelope,
): Rule => ({
  party,
  path: 'log/entries',
  act: async (_call, pass) => {
    const reply = await pass()
    if (reply.status !== 200) return reply
    const { entries, size } = jsonOf<Entries>(reply)
    return jsonReply({
      entries: entries.map(({ index, envelope }) => ({ index, envelope: change(envelope, index) })),
      size,
    })
  },
})

/** These parties read of the log what comes before the first entry of which this holds, and nothing after it. */
export const upTo = (
  party: string | readonly string[],
  isFirstHidden: (envelope: StatementEnvelope, index: number) => boolean,
): Rule => {
  let hiddenFrom = Number.POSITIVE_INFINITY
  return {
    party,
    path: 'log/entries',
    act: async (_call, pass) => {
      const reply = await pass()
      if (reply.status !== 200) return reply
      const { entries, size } = jsonOf<Entries>(reply)
      const hidden = entries.find(({ index, envelope }) => isFirstHidden(envelope, index))
      hiddenFrom = Math.min(hiddenFrom, hidden?.index ?? Number.POSITIVE_INFINITY)
      return jsonReply({
        entries: entries.filter(({ index }) => index < hiddenFrom),
        size: Math.min(size, hiddenFrom),
      })
    },
  }
}
