/** What others said of something, and room to say more. */
import { useTexts } from '@kruispunt/ui'
import { methodTexts } from '../texts/method-texts.ts'
import { AddContribution } from './contribution-form.tsx'
import { ContributionView, shortOf } from './contribution-view.tsx'
import type { BoardNow } from './use-board.ts'

export function Remarks({ now, about }: { readonly now: BoardNow; readonly about: string }) {
  const say = useTexts(methodTexts)
  const remarks = now.of('remark').filter(({ content }) => content.about === about)
  return (
    <>
      {remarks.length > 0 && (
        <ul className="kp-plain-list kp-stack kp-stack--tight" aria-label={say('remarks')}>
          {remarks.map((entry) => (
            <li key={entry.id}>
              <ContributionView now={now} entry={entry} kind="remark" name={shortOf(entry.content.text)}>
                <p className="kp-note__text">{entry.content.text}</p>
              </ContributionView>
            </li>
          ))}
        </ul>
      )}
      <AddContribution now={now} kind="remark" about={{ about }} />
    </>
  )
}
