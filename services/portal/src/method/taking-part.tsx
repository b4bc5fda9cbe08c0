/** Which organisations step in or out, each in its own words. */
import { Heading } from '@amsterdam/design-system-react'
import { StatusTag, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { labQuery } from '../service.ts'
import { methodTexts } from '../texts/method-texts.ts'
import { AddContribution } from './contribution-form.tsx'
import { ContributionView } from './contribution-view.tsx'
import type { BoardNow } from './use-board.ts'

export function TakingPart({ now }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  const { data: lab } = useQuery(labQuery(now.lab))
  const said = now.of('taking-part')
  const hasSaid = said.some(({ party }) => party === now.party)
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('takingPart')}</Heading>
      <ul className="kp-plain-list kp-stack kp-stack--tight">
        {now.board?.takingPart.map(({ party, takesPart }) => {
          const entry = said.findLast((one) => one.party === party)
          const name = lab?.parties.find(({ id }) => id === party)?.name ?? party
          return (
            <li key={party}>
              <div className="kp-row">
                <strong>{name}</strong>
                {takesPart === null && <StatusTag tone="quiet">{say('undecided')}</StatusTag>}
                {takesPart === true && <StatusTag tone="good">{say('takesPart')}</StatusTag>}
                {takesPart === false && <StatusTag tone="bad">{say('takesNoPart')}</StatusTag>}
              </div>
              {entry !== undefined && (
                <ContributionView now={now} entry={entry} kind="taking-part" name={name}>
                  <p className="kp-note__text">{entry.content.reason}</p>
                </ContributionView>
              )}
            </li>
          )
        })}
      </ul>
      {!hasSaid && <AddContribution now={now} kind="taking-part" />}
    </section>
  )
}
