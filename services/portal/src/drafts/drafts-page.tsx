/** Agreements that are being written, and beginning one. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { AgreementId } from '@kruispunt/contracts'
import { Empty, Failure, Loading, PageTitle, useLanguage, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { NotFoundPage } from '../frame/not-found-page.tsx'
import { useMayAsk } from '../frame/session.ts'
import { beginDraft, draftQuery, draftsQuery, labQuery } from '../service.ts'
import { draftTexts } from '../texts/draft-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { inField } from './draft-text.ts'

export function DraftsPage() {
  const { lab } = useParams({ from: '/labs/$lab' })
  return useMayAsk(lab) ? <Drafts /> : <NotFoundPage />
}

function Drafts() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const say = useTexts(draftTexts)
  const frame = useTexts(frameTexts)
  const { moment } = useLanguage()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: view } = useQuery(labQuery(lab))
  const { data, error, isPending, refetch } = useQuery(draftsQuery(lab))
  const beginning = useMutation({
    mutationFn: (basedOn: AgreementId | null) => beginDraft(lab, basedOn),
    onSuccess: (draft) => {
      queries.setQueryData(draftQuery(lab, draft.id).queryKey, draft)
      void queries.invalidateQueries({ queryKey: draftsQuery(lab).queryKey, exact: true })
      void navigate({ to: '/labs/$lab/drafts/$draft', params: { lab, draft: draft.id } })
    },
  })
  return (
    <div className="kp-stack kp-measure">
      <PageTitle within={frame('within')}>{say('drafts')}</PageTitle>
      <Paragraph>{say('draftsLead')}</Paragraph>
      {isPending && <Loading />}
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.drafts.length === 0 && <Empty title={say('draftsNone')}>{say('draftsNoneText')}</Empty>}
      {data?.drafts.map(({ id, title, changed, faults }) => (
        <section key={id} className="kp-panel kp-stack kp-stack--tight">
          <Heading level={2} size="level-3">
            <Link to="/labs/$lab/drafts/$draft" params={{ lab, draft: id }}>
              {inField(title) || say('untitled')}
            </Link>
          </Heading>
          <Paragraph size="small" className="kp-soft">
            {say(faults === 0 ? 'ready' : 'draftOf', { moment: moment(changed.at), count: faults })}
          </Paragraph>
        </section>
      ))}
      <div className="kp-row">
        <Button aria-disabled={beginning.isPending} onClick={() => beginning.mutate(null)}>
          {say('fromModel')}
        </Button>
        {view?.agreements.map(({ id, title }) => (
          <Button key={id} variant="secondary" aria-disabled={beginning.isPending} onClick={() => beginning.mutate(id)}>
            {say('fromAgreement', { title })}
          </Button>
        ))}
      </div>
      {beginning.isError && <Failure error={beginning.error} />}
    </div>
  )
}
