/** What `x`, `0` and `.` mean: three different things. Only what can occur in the table is explained. */
import type { CrossTabAnswer } from '@kruispunt/contracts'
import { useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'

export function Legend({ answer }: { readonly answer: Pick<CrossTabAnswer, 'mode' | 'minimum'> }) {
  const say = useTexts(uiTexts)
  return (
    <div className="kp-stack kp-stack--tight">
      <dl className="kp-legend" aria-label={say('legend')}>
        <dt className="kp-numeric">12</dt>
        <dd>{say('legendReleased')}</dd>
        <dt className="kp-swatch--withheld">x</dt>
        <dd>{say('legendWithheld', { minimum: answer.minimum })}</dd>
        <dt>0</dt>
        <dd>{say('legendZero')}</dd>
        <dt>.</dt>
        <dd>{say('legendNoData')}</dd>
      </dl>
      {answer.mode !== 'suppression' && <p>{say('legendInexact')}</p>}
    </div>
  )
}
