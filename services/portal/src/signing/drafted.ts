/**
 * What a draft of a statement says, read from the very bytes that a passkey is about to sign, and held against what was asked and
 * against what the passkey is shown: a page that has something else signed than it shows would be worse than none.
 * Pure: knows no page.
 * @module
 */
import {
  agreementStatement,
  requestStatement,
  type StatementDraftRequest,
  type statementDraft,
} from '@kruispunt/contracts'
import type { z } from 'zod'
import { concat, fromBase64, sha256, utf8 } from '../log/verify/bytes.ts'

export type Drafted =
  | { readonly kind: 'request'; readonly statement: z.infer<typeof requestStatement> }
  | { readonly kind: 'agreement'; readonly statement: z.infer<typeof agreementStatement> }

type Draft = z.infer<typeof statementDraft>

/** What the passkey signs stands for type and bytes of the statement (protocol §3.0: DSSE, and the passkey's domain). */
async function isChallengeOf({ payloadType, payload, options }: Draft): Promise<boolean> {
  const [type, body] = [utf8(payloadType), fromBase64(payload)]
  const message = concat(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${body.length} `), body)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, message.length)
  const hash = await sha256(utf8('datalab/v1/passkey\0'), length, message)
  const written = btoa(String.fromCharCode(...hash))
  return options.challenge === written.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @returns undefined when what would be signed is not what was asked */
export async function draftedBy(asked: StatementDraftRequest, draft: Draft): Promise<Drafted | undefined> {
  if (!(await isChallengeOf(draft))) return undefined
  const told: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(draft.payload)))
  if (asked.kind === 'request') {
    const { success, data } = requestStatement.safeParse(told)
    const isAsked = success && data.agreement === asked.agreement && data.question === asked.question
    return isAsked ? { kind: 'request', statement: data } : undefined
  }
  const { success, data } = agreementStatement.safeParse(told)
  const isAsked = success && sameValue(data.document, asked.document)
  return isAsked ? { kind: 'agreement', statement: data } : undefined
}

/** Of JSON, whatever the order of members. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const names = Object.keys(left).filter((name) => left[name] !== undefined)
  return (
    names.length === Object.keys(right).filter((name) => right[name] !== undefined).length &&
    names.every((name) => sameValue(left[name], right[name]))
  )
}
