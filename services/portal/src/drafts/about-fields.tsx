/** What the agreement is about. */
import { TextField, useTexts } from '@kruispunt/ui'
import { draftTexts } from '../texts/draft-texts.ts'
import { inField } from './draft-text.ts'
import { type DocumentFields, Part, Written } from './fields.tsx'

export function AboutFields({ document, change }: DocumentFields) {
  const say = useTexts(draftTexts)
  const questions = document.questions.map(inField).filter((question) => question !== '')
  return (
    <Part title={say('about')} isOpen>
      <Written
        label={say('fTitle')}
        value={document.title}
        onChange={(title) => change({ ...document, title })}
        maxLength={200}
      />
      <Written
        label={say('fReference')}
        value={document.reference}
        onChange={(reference) => change({ ...document, reference })}
        maxLength={80}
      />
      <Written
        label={say('fIssue')}
        value={document.issue}
        onChange={(issue) => change({ ...document, issue })}
        maxLength={2000}
        isLong
      />
      <Written
        label={say('fPurpose')}
        hint={say('hPurpose')}
        value={document.purpose}
        onChange={(purpose) => change({ ...document, purpose })}
        maxLength={2000}
        isLong
      />
      <TextField
        label={say('fQuestions')}
        hint={say('hQuestions')}
        value={questions.join('\n')}
        onChange={(text) => {
          const lines = text.split('\n').slice(0, 20)
          change({
            ...document,
            questions: lines.some((line) => line !== '') ? lines.map((line) => line || ' ') : ['<…>'],
          })
        }}
        isLong
      />
      <Written
        label={say('fNotUsedFor')}
        hint={say('hNotUsedFor')}
        value={document.notUsedFor}
        onChange={(notUsedFor) => change({ ...document, notUsedFor })}
        maxLength={2000}
        isLong
      />
      <Written
        label={say('fSummary')}
        hint={say('hSummary')}
        value={document.audienceSummary}
        onChange={(audienceSummary) => change({ ...document, audienceSummary })}
        maxLength={350}
        isLong
      />
    </Part>
  )
}
