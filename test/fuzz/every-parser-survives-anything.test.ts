import * as crypto from '@kruispunt/crypto'
import * as extracts from '@kruispunt/extracts'
import * as keyAgreement from '@kruispunt/key-agreement'
import * as record from '@kruispunt/lab-record'
import * as statements from '@kruispunt/statements'
import * as log from '@kruispunt/transparency-log'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import * as accounts from '../../packages/accounts/src/index.ts'
import * as frontDoor from '../../packages/front-door/src/index.ts'
import { openFrontDoor } from '../../packages/front-door/test/front-door.ts'
import * as tabular from '../../packages/tabular/src/index.ts'
import { anyInput, corpus } from './inputs.ts'
import type { Parser } from './parser.ts'
import { allParsers } from './parsers.ts'

await crypto.cryptoReady()
const door = await openFrontDoor()
afterAll(() => door.end())
const parsers = allParsers(door)

/** What reads bytes or text of others and is not in the list, with the reason. */
const notHere: Readonly<Record<string, string>> = {
  'statements.checkChain': 'compares numbers and hashes of a statement that was read',
  'statements.readStatement': 'reads an object that openEnvelope made',
  'crypto.verifySignature': 'returns false; the Wycheproof set tries it',
  'crypto.verifyP256Signature': 'returns false; tried beside passkeys',
  'crypto.unwrapKey': 'reads what this program wrote itself',
  'crypto.unwrapWithPassphrase': 'reads what this program wrote itself',
}
const looksLikeParser =
  /^(?:parse|open|verify|decode|read|inspect|unwrap|merge|check|judge|transcriptOf|isFromOwnPage|serve|(?:install|create)(?=BrowserSessions|IdentityProviders)|from(?=[A-Z]))/

async function outcomeOf({ call, neverThrows }: Parser, bytes: Uint8Array): Promise<string> {
  try {
    await call(bytes)
    return 'fine'
  } catch (error) {
    // Only an error of our own, with a code; anything else is a bug that the input found.
    const isOurs = error instanceof Error && 'code' in error && /^[A-Z]\w+Error$/.test(error.name)
    const isPlain = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError
    return isOurs && !isPlain && neverThrows !== true ? 'refused' : String(error)
  }
}
const survived = expect.stringMatching(/^(?:fine|refused)$/)

describe('every parser survives anything', () => {
  it('forgets none: whatever a package offers for reading is tried here or says why not', () => {
    const offered = Object.entries({
      statements,
      crypto,
      extracts,
      tabular,
      'transparency-log': log,
      'lab-record': record,
      'key-agreement': keyAgreement,
      accounts,
      'front-door': frontDoor,
    })
      .flatMap(([name, module]) =>
        Object.entries(module).map(([member, value]) => [`${name}.${member}`, member, value] as const),
      )
      .filter(([, member, value]) => typeof value === 'function' && looksLikeParser.test(member))
      .map(([name]): string => name)
    const known = new Set<string>([...parsers.map(({ name }) => name), ...Object.keys(notHere)])
    expect(offered.filter((name) => !known.has(name))).toEqual([])
    expect(Object.keys(notHere).filter((name) => !offered.includes(name))).toEqual([])
  })

  it.each(parsers)('$name: the kept corpus', async (parser) => {
    for (const { name, bytes } of corpus) expect([name, await outcomeOf(parser, bytes)]).toEqual([name, survived])
  })

  it.each(parsers)('$name: its own examples, damaged, and anything else', async (parser) => {
    for (const bytes of parser.good) expect(await outcomeOf(parser, bytes)).toEqual(survived)
    await fc.assert(
      fc.asyncProperty(anyInput(parser.good), async (bytes) => {
        const copy = Uint8Array.from(bytes)
        expect(await outcomeOf(parser, bytes)).toEqual(survived)
        // What was handed in is read, not written.
        expect(bytes).toEqual(copy)
      }),
      { numRuns: 150 },
    )
  })

  it('leaves the prototype of everything as it was, and no mountain of memory', () => {
    expect(({} as { x?: unknown }).x).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(process.memoryUsage().rss).toBeLessThan(2 ** 31)
  })
})
