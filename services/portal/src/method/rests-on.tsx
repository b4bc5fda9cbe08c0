/** The tables that something rests on, by the words of their captions. */
import { Heading } from '@amsterdam/design-system-react'
import type { LabId } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { tablesQuery } from '../service.ts'
import { headOf } from '../tables/head.ts'
import { askTexts } from '../texts/ask-texts.ts'
import { methodTexts } from '../texts/method-texts.ts'

type Props = {
  readonly lab: LabId
  readonly title: string
  readonly level: 3 | 4
  readonly cells: readonly { readonly release: string; readonly tableHash: string }[]
}

export function RestsOn({ lab, title, level, cells }: Props) {
  const say = useTexts(methodTexts)
  const ask = useTexts(askTexts)
  const { language } = useLanguage()
  const { data } = useQuery(tablesQuery(lab))
  if (cells.length === 0) return null
  return (
    <>
      <Heading level={level} size="level-4">
        {title}
      </Heading>
      <ul>
        {cells.map(({ release, tableHash }) => {
          const table = data?.tables.find((one) => one.release === release && one.tableHash === tableHash)
          return (
            <li key={`${release} ${tableHash}`}>
              <Link to="/labs/$lab/tables/$release/$tableHash" params={{ lab, release, tableHash }}>
                {table === undefined
                  ? say('restsOnTable', { release: release.slice(0, 8) })
                  : headOf(table, language, ask)}
              </Link>
            </li>
          )
        })}
      </ul>
    </>
  )
}
