/**
 * What a steward of this partner is asked to deliver: the own datasets of the agreements in force, beside what was made of them.
 * @module
 */
import type { AgreementDocument, AgreementId, Dataset, NodeExtract } from '@kruispunt/contracts'
import { useLanguage } from '@kruispunt/ui'
import { useQueries, useQuery } from '@tanstack/react-query'
import { agreementQuery, agreementsQuery, deliveriesQuery, statusQuery } from '../service.ts'

export type Assignment = {
  readonly agreement: AgreementId
  readonly document: AgreementDocument
  readonly isActive: boolean
  readonly dataset: Dataset
  /** Newest first. */
  readonly extracts: readonly NodeExtract[]
}

export const newestOf = ({ extracts }: Assignment): NodeExtract | undefined => extracts[0]

/** Deliveries of one dataset, newest first; what was made of them for one request is no delivery. */
const madeOf = (all: readonly NodeExtract[], agreement: AgreementId, dataset: string) =>
  all.filter((extract) => extract.agreement === agreement && extract.dataset === dataset && extract.forRequest === null)

export function useAssignments() {
  const { language } = useLanguage()
  const status = useQuery(statusQuery)
  const agreements = useQuery(agreementsQuery)
  const deliveries = useQuery(deliveriesQuery)
  const ours = (agreements.data ?? []).filter(({ isOurs, status: state }) => isOurs && state !== 'rejected')
  const documents = useQueries({ queries: ours.map(({ id }) => agreementQuery(id, language)) })
  const asked = [status, agreements, deliveries, ...documents]
  const assignments = documents.flatMap(({ data }): Assignment[] => {
    if (data === undefined) return []
    const { id, document } = data
    const own = document.datasets.filter(({ party }) => party === status.data?.party)
    return own.map((dataset) => ({
      agreement: id,
      document,
      isActive: data.status === 'active',
      dataset,
      extracts: madeOf(deliveries.data?.deliveries ?? [], id, dataset.id),
    }))
  })
  return {
    isPending: asked.some(({ isPending }) => isPending),
    error: asked.find(({ error, data }) => error !== null && data === undefined)?.error ?? null,
    retry: () => {
      for (const { refetch } of asked) void refetch()
    },
    assignments,
    work: deliveries.data?.work ?? [],
    staged: deliveries.data?.staged ?? [],
  }
}
