/** What keeps the next phase shut, and opening it when nothing does. */
import { Button, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import { Failure, useTexts } from '@kruispunt/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { labQuery } from '../service.ts'
import { methodTexts } from '../texts/method-texts.ts'
import type { Phase } from './phases.ts'
import type { BoardNow } from './use-board.ts'

export function PhaseStep({ now }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  const { data: lab } = useQuery(labQuery(now.lab))
  const [error, setError] = useState<unknown>()
  const { board } = now
  if (board === undefined) return null
  const nameOf = (party: string) => lab?.parties.find(({ id }) => id === party)?.name ?? party
  const [standing] = now.of('phase')
  const go = (phase: number) => {
    const content = { kind: 'phase' as const, phase }
    const done = standing === undefined ? now.add(content) : now.change(standing, content)
    done.then(() => setError(undefined)).catch(setError)
  }
  const mayGo = now.mayAdd('phase')
  const next = (board.phase + 1) as Phase
  return (
    <section className="kp-panel kp-stack kp-stack--tight kp-no-print">
      {board.next.waitsFor.length > 0 && (
        <>
          <Paragraph>{say('stepShut')}</Paragraph>
          <UnorderedList>
            {board.next.waitsFor.map(({ gate, parties }) => (
              <UnorderedList.Item key={gate}>
                {say(gate, { parties: parties.map(nameOf).join(', ') })}
              </UnorderedList.Item>
            ))}
          </UnorderedList>
        </>
      )}
      {board.next.isOpen && !mayGo && <Paragraph>{say('stepOpen')}</Paragraph>}
      {mayGo && (
        <div className="kp-row">
          {board.next.isOpen && (
            <Button onClick={() => go(next)}>{say('stepOn', { phase: next, title: say(`phase${next}`) })}</Button>
          )}
          {board.phase > 1 && (
            <Button variant="tertiary" onClick={() => go(board.phase - 1)}>
              {say('stepBack', { phase: board.phase - 1 })}
            </Button>
          )}
        </div>
      )}
      {error !== undefined && <Failure error={error} level={3} />}
    </section>
  )
}
