/** Nothing can be asked before everybody has signed. */
import type { LabId } from '@kruispunt/contracts'
import { Empty, useTexts } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import { askTexts } from '../texts/ask-texts.ts'

export function NoAgreement({ lab }: { readonly lab: LabId }) {
  const say = useTexts(askTexts)
  const toOverview = (
    <Link to="/labs/$lab" params={{ lab }}>
      {say('toOverview')}
    </Link>
  )
  return (
    <Empty title={say('noAgreement')} action={toOverview}>
      {say('noAgreementText')}
    </Empty>
  )
}
