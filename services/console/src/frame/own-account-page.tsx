/** The own account: ways to sign in. What an officer signs with is another key, at the page of participants. */
import { AccountPage, useTexts } from '@kruispunt/ui'
import { frameTexts } from '../texts/frame-texts.ts'

export function OwnAccountPage() {
  const say = useTexts(frameTexts)
  return <AccountPage within={say('within')} />
}
