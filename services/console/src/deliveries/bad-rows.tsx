/** Rows that cannot be delivered as they are: mend the file, or leave them out in the open. */
import { Alert, Button, Paragraph } from '@amsterdam/design-system-react'
import type { FileCheck } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { deliveryTexts } from '../texts/delivery-texts.ts'
import { Findings } from './findings.tsx'

type Props = { readonly check: FileCheck; readonly isBusy: boolean; readonly onLeaveOut: () => void }

export function BadRows({ check: { rowsRead, rowsBad, findings }, isBusy, onLeaveOut }: Props) {
  const say = useTexts(deliveryTexts)
  const { number } = useLanguage()
  const all = number(rowsRead)
  return (
    <div className="kp-stack">
      <Alert heading={say('badTitle', { count: rowsBad, all })} headingLevel={2} severity="warning">
        <Paragraph>{say('badText')}</Paragraph>
      </Alert>
      <Findings findings={findings} />
      <div>
        <Button variant="secondary" disabled={isBusy} onClick={onLeaveOut}>
          {say('leaveOut', { count: rowsBad })}
        </Button>
      </div>
    </div>
  )
}
