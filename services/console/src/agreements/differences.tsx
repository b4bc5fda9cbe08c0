/** What changed since the text that this organisation signed before, as the node found it in both texts. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementDifferences, AgreementId } from '@kruispunt/contracts'
import { Failure, Loading, useLanguage, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { differencesQuery } from '../service.ts'
import { agreementTexts } from '../texts/agreement-texts.ts'

export function Differences({ id }: { readonly id: AgreementId }) {
  const say = useTexts(agreementTexts)
  const { language } = useLanguage()
  const { data, error, isPending, refetch } = useQuery(differencesQuery(id, language))
  return (
    <section className="kp-stack kp-stack--tight">
      <Heading level={2}>{say('changes')}</Heading>
      {isPending && <Loading />}
      {data === undefined && error !== null && <Failure error={error} onRetry={() => void refetch()} level={3} />}
      {data !== undefined && <Found {...data} />}
    </section>
  )
}

function Found({ before, changes }: AgreementDifferences) {
  const say = useTexts(agreementTexts)
  const { moment } = useLanguage()
  if (before === null) return <Paragraph className="kp-measure">{say('changesNone')}</Paragraph>
  return (
    <>
      <Paragraph className="kp-measure">
        {say(changes.length === 0 ? 'changesSame' : 'changesSince', { count: changes.length })}{' '}
        <Link to="/agreements/$agreement" params={{ agreement: before.id }}>
          {say('versionBefore', { version: before.version, title: before.title })}
        </Link>
        {say('signedAt', { at: moment(before.signedAt), code: before.shortCode })}
      </Paragraph>
      <ol className="kp-changes">
        {changes.map((change, at) => (
          <li key={at} className="kp-change">
            {change.place.length > 0 && <p className="kp-soft">{change.place.join(' › ')}</p>}
            {change.removed.map((line, number) => (
              <Line key={number} kind="del" mark={say('lapses')} text={line} />
            ))}
            {change.added.map((line, number) => (
              <Line key={number} kind="ins" mark={say('isNew')} text={line} />
            ))}
          </li>
        ))}
      </ol>
    </>
  )
}

/** The mark is in words: lines through or under a text are not read aloud, and do not print well. */
function Line({
  kind: Kind,
  mark,
  text,
}: {
  readonly kind: 'del' | 'ins'
  readonly mark: string
  readonly text: string
}) {
  return (
    <p className={`kp-change__${Kind}`}>
      <strong>{mark}</strong> <Kind>{text}</Kind>
    </p>
  )
}
