/** Spreading the votes of an organisation over the issues. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import { votesEach } from '@kruispunt/contracts'
import type { ContentOf, Standing } from '@kruispunt/lab-method'
import { Failure, SelectField, useTexts } from '@kruispunt/ui'
import { type FormEvent, useState } from 'react'
import { methodTexts } from '../texts/method-texts.ts'
import type { BoardNow } from './use-board.ts'

type Props = { readonly now: BoardNow; readonly issues: readonly Standing<ContentOf<'issue'>>[] }

export function VotesForm({ now, issues }: Props) {
  const say = useTexts(methodTexts)
  const standing = now.of('votes').find(({ party }) => party === now.party)
  const [spread, setSpread] = useState<Readonly<Record<string, number>>>(() =>
    Object.fromEntries(standing?.content.votes.map(({ issue, votes }) => [issue, votes]) ?? []),
  )
  const [error, setError] = useState<unknown>()
  if (!now.mayAdd('votes')) return null
  const spent = issues.reduce((sum, { id }) => sum + (spread[id] ?? 0), 0)
  const isTooMany = spent > votesEach
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isTooMany || now.changing.isPending) return
    const votes = issues.flatMap(({ id }) => {
      const given = spread[id] ?? 0
      return given === 0 ? [] : [{ issue: id, votes: given }]
    })
    const content = { kind: 'votes' as const, votes }
    try {
      await (standing === undefined ? now.add(content) : now.change(standing, content))
      setError(undefined)
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <form className="kp-panel kp-stack kp-stack--tight kp-no-print" onSubmit={(event) => void submit(event)}>
      <Heading level={2} size="level-3">
        {say('votesTitle')}
      </Heading>
      <Paragraph role="status">
        {isTooMany
          ? say('votesTooMany', { count: votesEach })
          : say('votesLead', { count: votesEach, left: votesEach - spent })}
      </Paragraph>
      {issues.map(({ id, content }) => (
        <SelectField
          key={id}
          label={content.title}
          value={String(spread[id] ?? 0)}
          onChange={(value) => setSpread((before) => ({ ...before, [id]: Number(value) }))}
        >
          {Array.from({ length: votesEach + 1 }, (_, votes) => (
            <option key={`${votes} of ${id}`} value={votes}>
              {votes}
            </option>
          ))}
        </SelectField>
      ))}
      {error !== undefined && <Failure error={error} level={3} />}
      <div>
        <Button type="submit" variant="secondary" aria-disabled={isTooMany || now.changing.isPending}>
          {say('votesSend')}
        </Button>
      </div>
    </form>
  )
}
