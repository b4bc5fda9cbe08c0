/** The rules of disclosure control within their bounds; and retention, recipients and arrangements. */
import { TextField, useTexts } from '@kruispunt/ui'
import { draftTexts } from '../texts/draft-texts.ts'
import { dayOf, instantOf } from './draft-text.ts'
import { type DocumentFields, Part, WholeNumber, Written } from './fields.tsx'

export function RuleFields({ document, change }: DocumentFields) {
  const say = useTexts(draftTexts)
  const { disclosure } = document
  const rule = (changed: Partial<typeof disclosure>) =>
    change({ ...document, disclosure: { ...disclosure, ...changed } })
  return (
    <Part title={say('rulesHead')}>
      <WholeNumber
        label={say('fMinimum')}
        hint={say('hMinimum')}
        value={disclosure.minimum}
        low={3}
        high={100}
        onChange={(minimum) => rule({ minimum })}
      />
      <WholeNumber
        label={say('fGroup')}
        value={disclosure.groupSharePercent}
        low={50}
        high={100}
        onChange={(groupSharePercent) => rule({ groupSharePercent })}
      />
      <WholeNumber
        label={say('fBudget')}
        value={disclosure.questionBudget}
        low={1}
        high={10_000}
        onChange={(questionBudget) => rule({ questionBudget })}
      />
      <WholeNumber
        label={say('fJobs')}
        value={document.requestBudget}
        low={1}
        high={10_000}
        onChange={(requestBudget) => change({ ...document, requestBudget })}
      />
      <WholeNumber
        label={say('fMinutes')}
        value={document.jobMinutes}
        low={1}
        high={60}
        onChange={(jobMinutes) => change({ ...document, jobMinutes })}
      />
    </Part>
  )
}

export function RestFields({ document, change }: DocumentFields) {
  const say = useTexts(draftTexts)
  const { retention, dpia } = document
  return (
    <Part title={say('restHead')}>
      <WholeNumber
        label={say('fDays')}
        value={retention.deliveryDays}
        low={1}
        high={3650}
        onChange={(deliveryDays) => change({ ...document, retention: { ...retention, deliveryDays } })}
      />
      {(
        [
          ['fResults', 'results'],
          ['fLogs', 'logs'],
          ['fReason', 'reason'],
        ] as const
      ).map(([word, member]) => (
        <Written
          key={member}
          label={say(word)}
          value={retention[member]}
          onChange={(text) => change({ ...document, retention: { ...retention, [member]: text } })}
          maxLength={2000}
        />
      ))}
      {(
        [
          ['fRecipients', 'recipients'],
          ['fPublication', 'publication'],
          ['fLocation', 'location'],
          ['fTransfers', 'transfers'],
          ['fJoint', 'jointArrangement'],
          ['fProcessor', 'processor'],
          ['fEvaluation', 'evaluation'],
          ['fExit', 'exit'],
        ] as const
      ).map(([word, member]) => (
        <Written
          key={member}
          label={say(word)}
          value={document[member]}
          onChange={(text) => change({ ...document, [member]: text })}
          maxLength={2000}
          isLong
        />
      ))}
      {(
        [
          ['fDpiaReference', 'reference', 120],
          ['fDpiaOutcome', 'outcome', 2000],
          ['fDpoAdvice', 'dpoAdvice', 2000],
        ] as const
      ).map(([word, member, most]) => (
        <Written
          key={member}
          label={say(word)}
          value={dpia[member]}
          onChange={(text) => change({ ...document, dpia: { ...dpia, [member]: text } })}
          maxLength={most}
        />
      ))}
      <div className="kp-two">
        {(
          [
            ['fFrom', 'validFrom'],
            ['fUntil', 'validUntil'],
          ] as const
        ).map(([word, member]) => (
          <TextField
            key={member}
            label={say(word)}
            type="date"
            value={dayOf(document[member])}
            onChange={(day) => change({ ...document, [member]: instantOf(day, document[member]) })}
          />
        ))}
      </div>
    </Part>
  )
}
