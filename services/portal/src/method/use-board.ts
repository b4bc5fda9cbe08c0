/**
 * What a lab wrote together, and adding to it. What comes back of every change is how it stands.
 * @module
 */
import type { Contribution, ContributionContent, ContributionKind, LabBoard, LabId, Office } from '@kruispunt/contracts'
import { type ContentOf, mayChange, mayWrite, type Standing, standing } from '@kruispunt/lab-method'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePerson } from '../frame/session.ts'
import { boardQuery, changeBoard } from '../service.ts'

const nothing: readonly Contribution[] = []

export function useBoard(lab: LabId) {
  const queries = useQueryClient()
  const { grants } = usePerson()
  const query = useQuery(boardQuery(lab))
  const changing = useMutation({
    mutationFn: (change: (calls: ReturnType<typeof changeBoard>) => Promise<LabBoard>) => change(changeBoard(lab)),
    onSuccess: (now) => queries.setQueryData(boardQuery(lab).queryKey, now),
    // Somebody else was first: show what is there now, beside why this was refused.
    onError: () => void query.refetch(),
  })
  const offices: Office[] = grants.filter((grant) => grant.lab === lab).map(({ role, party }) => ({ role, party }))
  const all = query.data?.contributions ?? nothing
  const party = offices.find((office) => office.party !== null)?.party ?? null
  const hasLeft = query.data?.takingPart.find((one) => one.party === party)?.takesPart === false
  return {
    lab,
    query,
    changing,
    board: query.data,
    all,
    /** The organisation of whoever looks; null for the coordinator and the auditor. */
    party,
    of: <K extends ContributionKind>(...kinds: K[]): Standing<ContentOf<K>>[] => standing(all, ...kinds),
    mayAdd: (kind: ContributionKind) =>
      offices.some((office) => mayWrite(kind, office) && (!hasLeft || office.party === null || kind === 'taking-part')),
    mayEdit: ({ content, contribution }: Standing) =>
      !hasLeft && offices.some((office) => mayChange(content.kind, contribution.versions[0]?.by ?? office, office)),
    add: (content: ContributionContent) => changing.mutateAsync((calls) => calls.add(content)),
    change: ({ id, version }: Standing, content: ContributionContent | null) =>
      changing.mutateAsync((calls) => calls.change(id, version, content)),
  }
}
export type BoardNow = ReturnType<typeof useBoard>
