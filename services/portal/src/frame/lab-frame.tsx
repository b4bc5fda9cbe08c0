/** Everything within a lab: the lab itself first, since every page needs it. */
import { Failure, Loading } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { labQuery } from '../service.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { rolesIn, usePerson } from './session.ts'

export function LabFrame() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const person = usePerson()
  const isIn = rolesIn(person, lab).length > 0
  const { isPending, error, refetch, data } = useQuery({ ...labQuery(lab), enabled: isIn })
  if (!isIn) return <NotFoundPage />
  if (data !== undefined) return <Outlet />
  if (isPending) return <Loading />
  return <Failure error={error} onRetry={() => void refetch()} />
}
