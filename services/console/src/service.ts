/**
 * Everything the console asks of the own node, each with its contract and the name under which the answer is kept in memory.
 * A passphrase is in the body of one call and nowhere else.
 * @module
 */
import {
  type AgreementId,
  type agreementDecisionOrder,
  agreementDifferences,
  type ConsoleGrant,
  consoleGrant,
  deliveryReceipt,
  type ExtractId,
  fileCheck,
  logVerification,
  nodeAgreement,
  nodeAgreementText,
  nodeCeremony,
  nodeDeliveries,
  nodeExtract,
  nodeFingerprints,
  nodeReceipt,
  nodeRecovery,
  nodeRequest,
  nodeRoster,
  nodeStatus,
  type passphraseOrder,
  type preparationOrder,
  type recoveryOrder,
  type requestConfirmation,
  type requestDecisionOrder,
  type requestDecline,
  requestExtract,
  requestExtracts,
  type rosterAcceptanceOrder,
  type rosterProposalOrder,
  stagedInspection,
  withdrawalConsequences,
  type withdrawalOrder,
} from '@kruispunt/contracts'
import { askService, type Language, type SignedIn, sendFile, sessionCalls } from '@kruispunt/ui'
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'

export const sessionAtNode = sessionCalls<ConsoleGrant>(consoleGrant)
export type SignedInAtNode = SignedIn<ConsoleGrant>

/** Ms between looks when nothing is going on. */
const calm = 5000

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => askService('/status', { answer: nodeStatus, signal }),
  refetchInterval: 10_000,
})

export const fingerprintsQuery = queryOptions({
  queryKey: ['fingerprints'],
  queryFn: ({ signal }) => askService('/fingerprints', { answer: nodeFingerprints, signal }),
})

export const rosterQuery = queryOptions({
  queryKey: ['roster'],
  queryFn: ({ signal }) => askService('/roster', { answer: nodeRoster, signal }),
})

/** The broker is asked each time: what it offers may have changed. */
export const recoveryQuery = queryOptions({
  queryKey: ['recovery'],
  queryFn: ({ signal }) => askService('/recovery', { answer: nodeRecovery, signal }),
  staleTime: 0,
})

export const agreementsQuery = queryOptions({
  queryKey: ['agreements'],
  queryFn: ({ signal }) => askService('/agreements', { answer: z.array(nodeAgreement), signal }),
  refetchInterval: 15_000,
})

export const agreementQuery = (id: AgreementId, language: Language) =>
  queryOptions({
    queryKey: ['agreements', id, language],
    queryFn: ({ signal }) => askService(`/agreements/${id}?lang=${language}`, { answer: nodeAgreementText, signal }),
  })

/** Of the text this party signed before. */
export const differencesQuery = (id: AgreementId, language: Language) =>
  queryOptions({
    queryKey: ['agreements', id, 'differences', language],
    queryFn: ({ signal }) =>
      askService(`/agreements/${id}/differences?lang=${language}`, { answer: agreementDifferences, signal }),
  })

export const ceremoniesQuery = queryOptions({
  queryKey: ['ceremonies'],
  queryFn: ({ signal }) => askService('/ceremonies', { answer: z.array(nodeCeremony), signal }),
})

export const requestsQuery = queryOptions({
  queryKey: ['requests'],
  queryFn: ({ signal }) => askService('/requests', { answer: z.array(nodeRequest), signal }),
  refetchInterval: 15_000,
})

/** Asked often while something is going on. */
export const deliveriesQuery = queryOptions({
  queryKey: ['deliveries'],
  queryFn: ({ signal }) => askService('/deliveries', { answer: nodeDeliveries, signal }),
  refetchInterval: ({ state: { data } }) => {
    const isBusy = data?.work.length !== 0 || data.deliveries.some(({ state }) => state === 'sending')
    return isBusy ? 1000 : calm
  },
})

/** What approved requests ask to be made for them. */
export const requestExtractsQuery = queryOptions({
  queryKey: ['request-extracts'],
  queryFn: ({ signal }) => askService('/request-extracts', { answer: requestExtracts, signal }),
  refetchInterval: calm,
})
/** Of the delivery that was shown; another one is refused. */
export const confirmExtract = (hash: string, body: z.infer<typeof requestConfirmation>) =>
  askService(`/request-extracts/${hash}/confirmations`, { method: 'POST', body, answer: requestExtract })
export const declineExtract = (hash: string, body: z.infer<typeof requestDecline>) =>
  askService(`/request-extracts/${hash}/refusals`, { method: 'POST', body, answer: deliveryReceipt })

/** What withdrawing would do, in words, told by the node before anybody signs. */
export const consequencesQuery = (
  of: `agreements/${string}` | `deliveries/${string}` | `requests/${string}`,
  language: Language,
) =>
  queryOptions({
    queryKey: ['withdrawal', of, language],
    queryFn: ({ signal }) =>
      askService(`/${of}/withdrawal?lang=${language}`, { answer: withdrawalConsequences, signal }),
    staleTime: 0,
  })

export const verifyLog = () => askService('/log/verification', { answer: logVerification })

const nothing = z.null()

export type Assigned = { readonly agreement: AgreementId; readonly dataset: string }

/** Streams the file to the node as it is; its name is not sent. */
export const inspect = ({ agreement, dataset }: Assigned, file: Blob, onProgress: (part: number) => void) =>
  sendFile(`/deliveries/inspections?${new URLSearchParams({ agreement, dataset })}`, file, stagedInspection, onProgress)
/** One that is at the node already. */
export const inspectAgain = ({ agreement, dataset }: Assigned, file: string) =>
  askService(`/deliveries/files/${file}/inspection?${new URLSearchParams({ agreement, dataset })}`, {
    answer: stagedInspection,
  })

type Columns = Omit<z.input<typeof preparationOrder>, 'leaveOutBadRows'>
export const checkFile = (body: Columns) =>
  askService('/deliveries/checks', { method: 'POST', body, answer: fileCheck })
export const prepare = (body: z.input<typeof preparationOrder>) =>
  askService('/deliveries/preparations', { method: 'POST', body, answer: nodeExtract })
export const putAway = (file: string) => askService(`/deliveries/files/${file}`, { method: 'DELETE', answer: nothing })
/** Safe to repeat: what was sent is not sent again. */
export const send = (id: ExtractId) =>
  askService(`/deliveries/${id}/sendings`, { method: 'POST', body: {}, answer: deliveryReceipt })
export const discard = (id: ExtractId) => askService(`/deliveries/${id}`, { method: 'DELETE', answer: nothing })

const order = <Body>(path: string, body: Body) => askService(path, { method: 'POST', body, answer: nodeReceipt })
export const acceptRoster = (body: z.infer<typeof rosterAcceptanceOrder>) => order('/roster/acceptances', body)
export const proposeRoster = (body: z.input<typeof rosterProposalOrder>) => order('/roster/proposals', body)
export const changePassphrase = (body: z.infer<typeof passphraseOrder>) =>
  askService('/officers/passphrases', { method: 'POST', body, answer: nothing })
export const signRecovery = (body: z.infer<typeof recoveryOrder>) =>
  askService('/recovery/statements', { method: 'POST', body, answer: nodeReceipt.pick({ index: true }) })
export const restored = () =>
  askService('/recovery/restorations', { method: 'POST', answer: z.strictObject({ waiting: z.literal(true) }) })
export const decideAgreement = (id: AgreementId, body: z.infer<typeof agreementDecisionOrder>) =>
  order(`/agreements/${id}/decisions`, body)
export const withdrawAgreement = (id: AgreementId, body: z.infer<typeof withdrawalOrder>) =>
  order(`/agreements/${id}/withdrawals`, body)
export const withdrawRequest = (hash: string, body: z.infer<typeof withdrawalOrder>) =>
  order(`/requests/${hash}/withdrawals`, body)
export const decideRequest = (hash: string, body: z.infer<typeof requestDecisionOrder>) =>
  order(`/requests/${hash}/decisions`, body)
export const withdrawDelivery = (id: ExtractId, body: z.infer<typeof withdrawalOrder>) =>
  askService(`/deliveries/${id}/withdrawals`, { method: 'POST', body, answer: deliveryReceipt })
