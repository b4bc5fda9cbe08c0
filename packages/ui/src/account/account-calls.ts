/**
 * The own account, asked of the service that served the page; the same at broker and node.
 * @module
 */
import { ownAccount, passkeyQuestion, totpOffer } from '@kruispunt/contracts'
import { askService } from '../api/ask-service.ts'
import { makePasskey } from '../sign-in/passkey.ts'

const answer = ownAccount
const remove = (path: string) => askService(path, { method: 'DELETE', answer })

export const accountCalls = {
  read: (signal: AbortSignal) => askService('/account', { answer, signal }),
  endSession: (id: string) => remove(`/account/sessions/${id}`),
  offerTotp: () => askService('/account/password/offers', { method: 'POST', body: {}, answer: totpOffer }),
  setPassword: (body: { readonly password: string; readonly code: string }) =>
    askService('/account/password', { method: 'PUT', body, answer }),
  removePassword: () => remove('/account/password'),
  removePasskey: (id: string) => remove(`/account/passkeys/${encodeURIComponent(id)}`),
  /** @throws NotDone */
  async addPasskey(label: string) {
    const asked = { method: 'POST', body: {}, answer: passkeyQuestion } as const
    const { options } = await askService('/account/passkeys/options', asked)
    const response = await makePasskey(options)
    return askService('/account/passkeys', { method: 'POST', body: { label, response }, answer })
  },
}
