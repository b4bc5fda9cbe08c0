/** By which office, and when: beside everything that somebody wrote or changed. */
import type { LabId, Office } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { labQuery } from '../service.ts'
import { savedTexts } from '../texts/saved-texts.ts'

type Done = { readonly by: Office; readonly at: string }

export function useOffice(lab: LabId) {
  const say = useTexts(savedTexts)
  const { moment } = useLanguage()
  const { data } = useQuery(labQuery(lab))
  return ({ by: { role, party }, at }: Done) => ({
    office: say(role, { party: data?.parties.find(({ id }) => id === party)?.name ?? party ?? '' }),
    moment: moment(at),
  })
}
