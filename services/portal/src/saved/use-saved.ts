/**
 * What a lab keeps, and changing it. One change at a time; what comes back is how it stands.
 * @module
 */
import type { LabId, SavedTables } from '@kruispunt/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeSaved, savedQuery } from '../service.ts'

type Calls = ReturnType<typeof changeSaved>
type Change = (calls: Calls) => Promise<SavedTables>

export function useSaved(lab: LabId) {
  const queries = useQueryClient()
  const query = useQuery(savedQuery(lab))
  const changing = useMutation({
    mutationFn: (change: Change) => change(changeSaved(lab)),
    onSuccess: (now) => queries.setQueryData(savedQuery(lab).queryKey, now),
  })
  return { query, saved: query.data?.saved ?? [], changing, change: changing.mutateAsync }
}
export type SavedNow = ReturnType<typeof useSaved>

/** On the dashboard, in order. */
export const onDashboard = (saved: SavedTables['saved']) => saved.filter(({ place }) => place !== null)
