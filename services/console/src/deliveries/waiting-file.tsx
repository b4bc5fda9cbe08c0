/** A file that is at the node already, from a tab that was closed: go on with it, or put it away. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { deliveryTexts } from '../texts/delivery-texts.ts'

type Props = {
  readonly at: string
  readonly isBusy: boolean
  readonly onGoOn: () => void
  readonly onPutAway: () => void
}

export function WaitingFile({ at, isBusy, onGoOn, onPutAway }: Props) {
  const say = useTexts(deliveryTexts)
  const { moment } = useLanguage()
  return (
    <div className="kp-panel kp-stack kp-stack--tight">
      <Heading level={2}>{say('waitingFile')}</Heading>
      <Paragraph className="kp-measure">{say('waitingFileText', { at: moment(at) })}</Paragraph>
      <div className="kp-row">
        <Button disabled={isBusy} onClick={onGoOn}>
          {say('goOn')}
        </Button>
        <Button variant="secondary" disabled={isBusy} onClick={onPutAway}>
          {say('discard')}
        </Button>
      </div>
    </div>
  )
}
