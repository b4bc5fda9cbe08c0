/** The DatCan canvas: why, what and how, three columns that stay visible beside each other. */
import { Heading, Paragraph } from '@amsterdam/design-system-react'
import { canvasFields } from '@kruispunt/contracts'
import { StatusTag, useTexts } from '@kruispunt/ui'
import { methodTexts } from '../texts/method-texts.ts'
import { AddContribution } from './contribution-form.tsx'
import { ContributionView, shortOf } from './contribution-view.tsx'
import type { BoardNow } from './use-board.ts'

const columns = ['why', 'what', 'how'] as const

export function Canvas({ now }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  const notes = now.of('canvas-note')
  const chosen = now.of('chosen-issue').at(-1)?.content.issue
  const goals = now.of('goal').filter(({ content }) => content.issue === chosen)
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('canvas')}</Heading>
      <Paragraph className="kp-measure">{say('canvasLead')}</Paragraph>
      <div className="kp-canvas" role="region" aria-label={say('canvas')} tabIndex={0}>
        {columns.map((column) => (
          <div key={column} className="kp-panel kp-stack kp-stack--tight">
            <Heading level={3}>{say(column)}</Heading>
            {column === 'why' && goals.length > 0 && (
              <>
                <Heading level={4}>{say('canvasGoals')}</Heading>
                {goals.map(({ id, content }) => (
                  <p key={id} className="kp-note kp-note__text">
                    {content.text}
                  </p>
                ))}
              </>
            )}
            {canvasFields[column].map((field) => {
              const here = notes.filter(({ content }) => content.field === field)
              return (
                <div key={field} className="kp-stack kp-stack--tight">
                  <Heading level={4}>{say(field)}</Heading>
                  {here.map((note) => (
                    <ContributionView
                      key={note.id}
                      now={now}
                      entry={note}
                      kind="canvas-note"
                      name={shortOf(note.content.text)}
                    >
                      {note.content.analysis !== null && (
                        <StatusTag tone="quiet">{say(note.content.analysis)}</StatusTag>
                      )}
                      <p className="kp-note__text">{note.content.text}</p>
                    </ContributionView>
                  ))}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      <AddContribution now={now} kind="canvas-note" />
    </section>
  )
}
