/** One agreement being written: the form, what is still missing, the dry run, and putting it forward. */
import { Alert, Button, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import type { AgreementDocument, AgreementDraft, LabId } from '@kruispunt/contracts'
import { Failure, Loading, PageTitle, saveFile, useTexts } from '@kruispunt/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useBlocker, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { NotFoundPage } from '../frame/not-found-page.tsx'
import { useMayAsk } from '../frame/session.ts'
import { changeDraft, draftQuery, draftsQuery, removeDraft } from '../service.ts'
import { draftTexts } from '../texts/draft-texts.ts'
import { frameTexts } from '../texts/frame-texts.ts'
import { AboutFields } from './about-fields.tsx'
import { DataFields } from './data-fields.tsx'
import { inField, withoutEmptyLines } from './draft-text.ts'
import { DryRun } from './dry-run.tsx'
import { PartyFields } from './party-fields.tsx'
import { Propose } from './propose.tsx'
import { RestFields, RuleFields } from './rule-fields.tsx'
import { TableFields } from './table-fields.tsx'

export function DraftPage() {
  const { lab } = useParams({ from: '/labs/$lab' })
  const { draft: id } = useParams({ from: '/labs/$lab/drafts/$draft' })
  const mayWrite = useMayAsk(lab)
  const { data, error, isPending, refetch } = useQuery({ ...draftQuery(lab, id), enabled: mayWrite })
  if (!mayWrite) return <NotFoundPage />
  if (isPending) return <Loading />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} />
  return <Writing key={data.id} lab={lab} draft={data} />
}

function Writing({ lab, draft }: { readonly lab: LabId; readonly draft: AgreementDraft }) {
  const say = useTexts(draftTexts)
  const frame = useTexts(frameTexts)
  const queries = useQueryClient()
  const [document, setDocument] = useState<AgreementDocument>(draft.document)
  /** The very text that was saved last; what the query keeps of it is a copy. */
  const [kept, setKept] = useState(document)
  const isSaved = document === kept
  const saving = useMutation({
    mutationFn: (sent: AgreementDocument) => changeDraft(lab, draft.id, { version: draft.version, document: sent }),
    onSuccess: (now, sent) => {
      // What was written meanwhile stays.
      setKept(sent)
      queries.setQueryData(draftQuery(lab, draft.id).queryKey, now)
      void queries.invalidateQueries({ queryKey: draftsQuery(lab).queryKey, exact: true })
    },
  })
  useBlocker({ shouldBlockFn: () => !isSaved && !window.confirm(say('unsaved')), enableBeforeUnload: () => !isSaved })
  const fields = { document, change: setDocument }
  return (
    <div className="kp-stack kp-stack--wide kp-measure">
      <div className="kp-stack">
        <PageTitle
          within={frame('within')}
        >{`${say('title')}: ${inField(draft.document.title) || say('untitled')}`}</PageTitle>
        <Faults draft={draft} />
      </div>
      <form
        className="kp-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (saving.isPending || isSaved) return
          const tidied = withoutEmptyLines(document)
          setDocument(tidied)
          saving.mutate(tidied)
        }}
      >
        <AboutFields {...fields} />
        <PartyFields {...fields} />
        <DataFields {...fields} />
        <TableFields {...fields} />
        <RuleFields {...fields} />
        <RestFields {...fields} />
        <div className="kp-row kp-save-bar">
          <Button type="submit" aria-disabled={saving.isPending || isSaved}>
            {say(saving.isPending ? 'saving' : 'save')}
          </Button>
          <span role="status">{say(isSaved ? 'saved' : 'unsaved')}</span>
          <Button
            variant="tertiary"
            onClick={() => saveFile('kruispunt-concept.json', JSON.stringify(document, null, 2), 'application/json')}
          >
            {say('download')}
          </Button>
        </div>
        {saving.isError && <Failure error={saving.error} />}
      </form>
      <DryRun lab={lab} document={document} />
      <Propose lab={lab} draft={draft} isSaved={isSaved} />
      <Remove lab={lab} draft={draft} />
    </div>
  )
}

/** Where something is missing, in the words of the command line; the path is the field's name in the document. */
function Faults({ draft: { faults } }: { readonly draft: AgreementDraft }) {
  const say = useTexts(draftTexts)
  if (faults.length === 0)
    return (
      <Alert heading={say('stillNone')} headingLevel={2} severity="success">
        {null}
      </Alert>
    )
  return (
    <details className="kp-panel">
      <summary>{say('still', { count: faults.length })}</summary>
      <UnorderedList>
        {faults.map(({ path, message }) => (
          <UnorderedList.Item key={`${path} ${message}`}>
            <code>{path}</code>: {message === 'still to be written' ? say('toWrite') : message}
          </UnorderedList.Item>
        ))}
      </UnorderedList>
    </details>
  )
}

function Remove({ lab, draft }: { readonly lab: LabId; readonly draft: AgreementDraft }) {
  const say = useTexts(draftTexts)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: () => removeDraft(lab, draft.id),
    onSuccess: async (now) => {
      queries.setQueryData(draftsQuery(lab).queryKey, now)
      await navigate({ to: '/labs/$lab/drafts', params: { lab }, ignoreBlocker: true })
    },
  })
  return (
    <details>
      <summary>{say('remove')}</summary>
      <div className="kp-stack kp-stack--tight">
        <Paragraph>{say('removeSure')}</Paragraph>
        <div>
          <Button variant="secondary" aria-disabled={removing.isPending} onClick={() => removing.mutate()}>
            {say('removeYes')}
          </Button>
        </div>
        {removing.isError && <Failure error={removing.error} />}
      </div>
    </details>
  )
}
