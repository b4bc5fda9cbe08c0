/** What every command that signs has in common: whose key, which code, which agreement, and what is said afterwards. */
import { type AgreementId, agreementId } from '@kruispunt/contracts'
import { matchesShortCode } from '@kruispunt/statements'
import type { Command } from 'commander'
import type { CommandResult, Receipt } from '../delivery-port.ts'
import { refuseUnless } from '../errors.ts'
import type { KruispuntNode } from '../node.ts'
import type { Signature } from '../officers/officer-acts.ts'
import type { Invocation } from './session.ts'

export type SignOptions = { readonly officer?: string; readonly passphraseFile?: string }
export type CodeOption = { readonly code?: string }
export type ReasonOption = { readonly reason?: string }

export const signing = (command: Command) =>
  command
    .option('--officer <name>', 'wie tekent / who signs')
    .option('--passphrase-file <file>', 'wachtwoord van deze functionaris / passphrase of this officer')

export async function signatureOf(node: KruispuntNode, at: Invocation, options: SignOptions): Promise<Signature> {
  const { officers } = node.views.fingerprints()
  const officer = options.officer ?? (officers.length === 1 ? officers[0]?.name : undefined)
  refuseUnless(officer !== undefined, 'officer_unknown')
  const question = at.say(`Wachtwoord van ${officer}`, `Passphrase of ${officer}`)
  return { officer, passphrase: await at.terminal.secret(options.passphraseFile, question) }
}

export const codeOf = (at: Invocation, { code }: CodeOption): Promise<string> =>
  code === undefined
    ? at.terminal.ask(at.say('Voer de code in die u las of hoorde', 'Type the code you read or heard'))
    : Promise.resolve(code)

/** By identifier or short code; without either the only one of this party. */
export function agreementNamed(node: KruispuntNode, text: string | undefined): AgreementId {
  const ours = node.views.agreements().filter(({ isOurs }) => isOurs)
  if (text === undefined) {
    refuseUnless(ours.length > 0, 'agreement_unknown')
    const [only, ...others] = ours
    refuseUnless(only !== undefined && others.length === 0, 'agreement_ambiguous')
    return only.id
  }
  const parsed = agreementId.safeParse(text)
  if (parsed.success) return parsed.data
  const found = ours.find(({ id }) => matchesShortCode(id, text))
  refuseUnless(found !== undefined, 'agreement_unknown')
  return found.id
}

export function recorded(at: Invocation, receipt: Receipt): CommandResult {
  const text =
    receipt.index === null
      ? at.say(
          'Ondertekend. Het schakelpunt antwoordt niet; het knooppunt verstuurt het zodra het kan.',
          'Signed. The broker does not answer; the node sends it as soon as it can.',
        )
      : at.say(
          `Ondertekend en vastgelegd in het controlespoor, regel ${receipt.index}.`,
          `Signed and on record in the audit trail, entry ${receipt.index}.`,
        )
  return { data: receipt, text }
}
