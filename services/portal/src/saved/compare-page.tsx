/** Two tables that were answered before, beside each other. Which two stands in the address. */
import { Heading, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import type { EarlierTable, EarlierTableView, LabId } from '@kruispunt/contracts'
import {
  CrossTabTable,
  Empty,
  Failure,
  figuresOf,
  Legend,
  Loading,
  layoutOf,
  PageTitle,
  SelectField,
  useLanguage,
  useTexts,
} from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { tableQuery, tablesQuery } from '../service.ts'
import { headOf } from '../tables/head.ts'
import { onTwoSides } from '../tables/two-sides.ts'
import { askTexts } from '../texts/ask-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { savedTexts } from '../texts/saved-texts.ts'
import { type ComparedAddress, keyOfTable, type Side, sides, tableInAddress } from './compared.ts'
import { differenceFigure, differencesOf, sameAxes } from './difference.ts'
import { useSaved } from './use-saved.ts'

export function ComparePage() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const inAddress = useSearch({ from: '/labs/$lab/compare' })
  // Its own at once: whoever goes through the list with the arrow keys is ahead of the address.
  const [address, setAddress] = useState(inAddress)
  const navigate = useNavigate({ from: '/labs/$lab/compare' })
  const choose = (chosen: ComparedAddress) => {
    setAddress(chosen)
    void navigate({ search: chosen, replace: true, resetScroll: false })
  }
  const say = useTexts(savedTexts)
  const frame = useTexts(frameTexts)
  const tables = useQuery(tablesQuery(lab))
  const { saved } = useSaved(lab)
  const [left, right] = [useOne(lab, address.left), useOne(lab, address.right)]
  const all = tables.data?.tables ?? []
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{say('compareTitle')}</PageTitle>
      <Paragraph className="kp-measure kp-no-print">{say('compareLead')}</Paragraph>
      {tables.isPending && <Loading />}
      {tables.isError && <Failure error={tables.error} onRetry={() => void tables.refetch()} />}
      {tables.data !== undefined && all.length < 2 && (
        <Empty title={say('compareEmpty')}>{say('compareEmptyText')}</Empty>
      )}
      {all.length >= 2 && (
        <div className="kp-two kp-no-print">
          {sides.map((side) => (
            <Choice
              key={side}
              side={side}
              tables={all}
              names={new Map(saved.map(({ name, table }) => [keyOfTable(table), name]))}
              value={address[side]}
              onChange={(chosen) => choose({ ...address, [side]: chosen })}
            />
          ))}
        </div>
      )}
      {[left, right].map((one, at) =>
        one.isError ? (
          <Failure key={sides[at]} error={one.error} onRetry={() => void one.refetch()} />
        ) : one.isLoading ? (
          <Loading key={sides[at]} />
        ) : null,
      )}
      {left.data !== undefined && right.data !== undefined && (
        <Compared lab={lab} left={left.data} right={right.data} />
      )}
    </div>
  )
}

function useOne(lab: LabId, written: string | undefined) {
  const { release, tableHash } = tableInAddress(written) ?? {}
  return useQuery({ ...tableQuery(lab, release ?? '', tableHash ?? ''), enabled: release !== undefined })
}

type ChoiceProps = {
  readonly side: Side
  readonly tables: readonly EarlierTable[]
  readonly names: ReadonlyMap<string, string>
  readonly value: string | undefined
  readonly onChange: (chosen: string | undefined) => void
}

function Choice({ side, tables, names, value = '', onChange }: ChoiceProps) {
  const say = useTexts(savedTexts)
  const ask = useTexts(askTexts)
  const { language, moment } = useLanguage()
  return (
    <SelectField label={say(side)} value={value} onChange={(chosen) => onChange(chosen || undefined)}>
      <option value="">{say('choose')}</option>
      {tables.map((table) => {
        const key = keyOfTable(table)
        const name = names.get(key) ?? headOf(table, language, ask)
        return (
          <option key={key} value={key}>
            {`${name} (${table.number ?? '–'}, ${moment(table.askedAt)})`}
          </option>
        )
      })}
    </SelectField>
  )
}

type ComparedProps = { readonly lab: LabId; readonly left: EarlierTableView; readonly right: EarlierTableView }

function Compared({ lab, left, right }: ComparedProps) {
  const say = useTexts(savedTexts)
  const ask = useTexts(askTexts)
  const { language } = useLanguage()
  const shown = useMemo(
    () =>
      [left, right].map(({ answer, table }) => {
        const twoSided = onTwoSides(answer)
        const [figure] = figuresOf(twoSided, language)
        if (figure === undefined) throw new Error('an answer without counts')
        return { answer: twoSided, table, layout: layoutOf(twoSided, language), figure }
      }),
    [left, right, language],
  )
  const [a, b] = shown
  if (a === undefined || b === undefined) return null
  const hasCells = sameAxes(a.answer, b.answer) && keyOfTable(a.table) !== keyOfTable(b.table)
  const isInexact = shown.some(({ answer }) => answer.mode !== 'suppression')
  return (
    <>
      <section className="kp-stack kp-stack--tight">
        <Heading level={2}>{say('differs')}</Heading>
        <UnorderedList>
          {differencesOf(left, right, language, say('differsAll')).map(({ what, ...values }) => (
            <UnorderedList.Item key={what}>{say(what, values)}</UnorderedList.Item>
          ))}
          {!hasCells && a.table !== b.table && <UnorderedList.Item>{say('differenceNot')}</UnorderedList.Item>}
        </UnorderedList>
      </section>
      <div className="kp-two">
        {shown.map(({ answer, table, layout, figure }, at) => (
          <section key={sides[at]} className="kp-stack kp-stack--tight">
            <Heading level={2} size="level-3">
              {say(sides[at] ?? 'left')}
            </Heading>
            <CrossTabTable caption={headOf(table, language, ask)} layout={layout} figure={figure} />
            <Legend answer={answer} />
            <p>
              <Link
                to="/labs/$lab/tables/$release/$tableHash"
                params={{ lab, release: table.release, tableHash: table.tableHash }}
              >
                {say('openTable')}
              </Link>
            </p>
          </section>
        ))}
      </div>
      {hasCells && (
        <section className="kp-stack kp-stack--tight">
          <Heading level={2}>{say('difference')}</Heading>
          <Paragraph>{say('differenceNote')}</Paragraph>
          {isInexact && <Paragraph>{say('differenceInexact')}</Paragraph>}
          <CrossTabTable
            caption={say('difference')}
            layout={a.layout}
            figure={differenceFigure(say('differenceTitle'), a.layout, b.layout)}
          />
        </section>
      )}
    </>
  )
}
