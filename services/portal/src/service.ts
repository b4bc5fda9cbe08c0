/**
 * Everything the portal asks of the broker, each with its contract and the name under which the answer is kept in memory.
 * @module
 */
import {
  type AgreementDocument,
  type AgreementId,
  agreementDraft,
  agreementDrafts,
  agreementView,
  type ContributionContent,
  checkpoints,
  coordinatorKey,
  coordinatorKeyOptions,
  coordinatorKeys,
  crossTabAnswer,
  type crossTabRequest,
  earlierTables,
  earlierTableView,
  jobList,
  jobView,
  type LabId,
  labBoard,
  labView,
  linkQuality,
  logEntries,
  type PortalGrant,
  portalGrant,
  proof,
  type RequestId,
  rehearsal,
  type rehearsalRequest,
  type SavedShape,
  type StatementDraftRequest,
  savedTables,
  statementDraft,
  statementReceipt,
} from '@kruispunt/contracts'
import { answerWithPasskey, askService, makePasskey, type SignedIn, sessionCalls } from '@kruispunt/ui'
import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'

export const sessionOfPortal = sessionCalls(portalGrant)
export type SignedInAtPortal = SignedIn<PortalGrant>

const inLab = (lab: LabId) => `/labs/${encodeURIComponent(lab)}`

export const labQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab],
    queryFn: ({ signal }) => askService(inLab(lab), { answer: labView, signal }),
  })

export const agreementQuery = (lab: LabId, id: AgreementId) =>
  queryOptions({
    queryKey: ['lab', lab, 'agreement', id],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/agreements/${id}`, { answer: agreementView, signal }),
  })

export const jobsQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab, 'jobs'],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/jobs`, { answer: jobList, signal }),
    refetchInterval: 15_000,
  })

export const linkQualityQuery = (lab: LabId, job: RequestId) =>
  queryOptions({
    queryKey: ['lab', lab, 'job', job, 'links'],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/jobs/${job}/link-quality`, { answer: linkQuality, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const askTable = (lab: LabId, job: RequestId, question: z.input<typeof crossTabRequest>) =>
  askService(`${inLab(lab)}/jobs/${job}/cross-tabs`, { method: 'POST', body: question, answer: crossTabAnswer })

export const tablesQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab, 'tables'],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/cross-tabs`, { answer: earlierTables, signal }),
  })

export const tableQuery = (lab: LabId, release: string, tableHash: string) =>
  queryOptions({
    queryKey: ['lab', lab, 'tables', release, tableHash],
    queryFn: ({ signal }) =>
      askService(`${inLab(lab)}/releases/${release}/cross-tabs/${tableHash}`, { answer: earlierTableView, signal }),
  })

export const coordinatorKeysQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab, 'coordinator-keys'],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/coordinator-keys`, { answer: coordinatorKeys, signal }),
  })

/** A passkey to sign with; it counts once partners accept a roster with it. @throws NotDone */
export async function addCoordinatorKey(lab: LabId) {
  const path = `${inLab(lab)}/coordinator-keys`
  const asked = { method: 'POST', body: {}, answer: coordinatorKeyOptions } as const
  const { options } = await askService(`${path}/options`, asked)
  const response = await makePasskey(options)
  return askService(path, { method: 'POST', body: { response }, answer: coordinatorKey })
}

export const draftsQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab, 'drafts'],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/agreement-drafts`, { answer: agreementDrafts, signal }),
  })
export const draftQuery = (lab: LabId, draft: string) =>
  queryOptions({
    queryKey: ['lab', lab, 'drafts', draft],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/agreement-drafts/${draft}`, { answer: agreementDraft, signal }),
    // Somebody is writing in it.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
export const beginDraft = (lab: LabId, basedOn: AgreementId | null) =>
  askService(`${inLab(lab)}/agreement-drafts`, { method: 'POST', body: { basedOn }, answer: agreementDraft })
export const changeDraft = (lab: LabId, draft: string, body: { version: number; document: AgreementDocument }) =>
  askService(`${inLab(lab)}/agreement-drafts/${draft}`, { method: 'PUT', body, answer: agreementDraft })
export const removeDraft = (lab: LabId, draft: string) =>
  askService(`${inLab(lab)}/agreement-drafts/${draft}`, { method: 'DELETE', answer: agreementDrafts })
export const rehearse = (lab: LabId, body: z.input<typeof rehearsalRequest>) =>
  askService(`${inLab(lab)}/rehearsals`, { method: 'POST', body, answer: rehearsal })

export const draftStatement = (lab: LabId, body: StatementDraftRequest) =>
  askService(`${inLab(lab)}/statement-drafts`, { method: 'POST', body, answer: statementDraft })

/** @throws NotDone */
export async function signDraft(lab: LabId, { keyId, payloadType, payload, options }: z.infer<typeof statementDraft>) {
  const response = await answerWithPasskey(options)
  const body = { keyId, payloadType, payload, response }
  return askService(`${inLab(lab)}/signed-drafts`, { method: 'POST', body, answer: statementReceipt })
}

export const closeJob = (lab: LabId, job: RequestId) =>
  askService(`${inLab(lab)}/jobs/${job}/closings`, { method: 'POST', body: {}, answer: jobView })

export const savedQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab, 'saved'],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/saved-tables`, { answer: savedTables, signal }),
  })

/** Each answers with everything that is kept, as it is then. */
export const changeSaved = (lab: LabId) => {
  const path = `${inLab(lab)}/saved-tables`
  const answer = savedTables
  return {
    keep: (body: { name: string; release: string; tableHash: string; shownAs: SavedShape; note: string | null }) =>
      askService(path, { method: 'POST', body, answer }),
    change: (id: string, body: { name: string; shownAs: SavedShape }) =>
      askService(`${path}/${id}`, { method: 'PUT', body, answer }),
    note: (id: string, text: string) => askService(`${path}/${id}/notes`, { method: 'POST', body: { text }, answer }),
    remove: (id: string) => askService(`${path}/${id}`, { method: 'DELETE', answer }),
    arrange: (saved: readonly string[]) =>
      askService(`${inLab(lab)}/dashboard`, { method: 'PUT', body: { saved }, answer }),
  }
}

export const boardQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab, 'contributions'],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/contributions`, { answer: labBoard, signal }),
    // Others write at the same time.
    refetchInterval: 20_000,
  })

/** Each answers with everything that was written, as it is then. */
export const changeBoard = (lab: LabId) => {
  const path = `${inLab(lab)}/contributions`
  const answer = labBoard
  return {
    add: (content: ContributionContent) => askService(path, { method: 'POST', body: { content }, answer }),
    /** @param version - the one that was read @param content - null withdraws */
    change: (id: string, version: number, content: ContributionContent | null) =>
      askService(`${path}/${id}`, { method: 'PUT', body: { version, content }, answer }),
  }
}

const pageSize = 1000
/** The whole log, page by page: it is checked as a whole. */
export const logQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab, 'log'],
    queryFn: async ({ signal }) => {
      const entries: z.infer<typeof logEntries>['entries'] = []
      for (;;) {
        const path = `${inLab(lab)}/log/entries?from=${entries.length}&limit=${pageSize}`
        const page = await askService(path, { answer: logEntries, signal })
        entries.push(...page.entries)
        if (page.entries.length === 0 || entries.length >= page.size) return entries
      }
    },
  })

export const checkpointsQuery = (lab: LabId) =>
  queryOptions({
    queryKey: ['lab', lab, 'checkpoints'],
    queryFn: ({ signal }) => askService(`${inLab(lab)}/log/checkpoints`, { answer: checkpoints, signal }),
  })

export const inclusionProof = (lab: LabId, index: number, size: number) =>
  askService(`${inLab(lab)}/log/inclusion-proofs?index=${index}&size=${size}`, { answer: proof })
