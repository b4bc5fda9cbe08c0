/** Phase 3: the three kinds of data, said where people decide, and the way to every agreement and delivery. */
import { Heading, UnorderedList } from '@amsterdam/design-system-react'
import { useTexts } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import { methodTexts } from '../texts/method-texts.ts'
import type { BoardNow } from './use-board.ts'

export function SharingPhase({ now: { lab } }: { readonly now: BoardNow }) {
  const say = useTexts(methodTexts)
  return (
    <section className="kp-stack">
      <Heading level={2}>{say('sharing')}</Heading>
      <UnorderedList>
        <UnorderedList.Item>{say('sharingDirect')}</UnorderedList.Item>
        <UnorderedList.Item>{say('sharingDelivery')}</UnorderedList.Item>
        <UnorderedList.Item>{say('sharingTable')}</UnorderedList.Item>
      </UnorderedList>
      <p>
        <Link to="/labs/$lab" params={{ lab }}>
          {say('toOverview')}
        </Link>
      </p>
    </section>
  )
}
