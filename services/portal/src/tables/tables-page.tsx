/** Everything that was answered in a lab. */
import { Paragraph } from '@amsterdam/design-system-react'
import { Empty, Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { tablesQuery } from '../service.ts'
import { askTexts } from '../texts/ask-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { labTexts } from '../texts/lab-texts.ts'
import { savedTexts } from '../texts/saved-texts.ts'
import { headOf } from './head.ts'

export function TablesPage() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const say = useTexts(labTexts)
  const ask = useTexts(askTexts)
  const kept = useTexts(savedTexts)
  const frame = useTexts(frameTexts)
  const { language, moment } = useLanguage()
  const { data, error, isPending, refetch } = useQuery(tablesQuery(lab))
  return (
    <div className="kp-stack">
      <PageTitle within={frame('within')}>{say('tables')}</PageTitle>
      <div className="kp-row kp-spread">
        <Paragraph className="kp-measure">{say('tablesLead')}</Paragraph>
        <Link to="/labs/$lab/compare" params={{ lab }}>
          {kept('compareTitle')}
        </Link>
      </div>
      {isPending && <Loading />}
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.tables.length === 0 && <Empty title={say('tablesNone')}>{say('tablesNoneText')}</Empty>}
      {data !== undefined && data.tables.length > 0 && (
        <section className="kp-table-scroll" aria-label={say('tables')} tabIndex={0}>
          <table className="kp-table">
            <thead>
              <tr>
                <th scope="col">{say('tableWhat')}</th>
                <th scope="col">{say('tableWhen')}</th>
                <th scope="col" className="kp-numeric">
                  {say('tableNumber')}
                </th>
                <th scope="col" className="kp-numeric">
                  {say('tableCells')}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.tables.map((table) => (
                <tr key={`${table.release} ${table.tableHash}`}>
                  <th scope="row">
                    <Link
                      to="/labs/$lab/tables/$release/$tableHash"
                      params={{ lab, release: table.release, tableHash: table.tableHash }}
                    >
                      {headOf(table, language, ask)}
                    </Link>
                  </th>
                  <td>{moment(table.askedAt)}</td>
                  <td className="kp-numeric">{table.number ?? '–'}</td>
                  <td className="kp-numeric">
                    {table.released} / {table.withheld}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}
