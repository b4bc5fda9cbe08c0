/** What is going on at the node with this dataset. The page only looks; it may be closed. */
import type { DeliveryWork } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { useId } from 'react'
import { deliveryTexts } from '../texts/delivery-texts.ts'

export function WorkProgress({ going }: { readonly going: readonly DeliveryWork[] }) {
  const say = useTexts(deliveryTexts)
  const { number } = useLanguage()
  const id = useId()
  return (
    <div role="status">
      {going.map(({ step, part, joint }, at) => (
        <div key={step} className="kp-panel kp-stack kp-stack--tight">
          <label htmlFor={`${id}-${at}`}>{say(`doing-${step}`)}</label>
          <progress id={`${id}-${at}`} className="kp-progress" {...(part > 0 ? { value: part } : {})} />
          {joint !== null && (
            <p>
              {say('jointLine', { done: number(joint.done), total: number(joint.total) })}{' '}
              {joint.waitingFor.length > 0 && say('jointWaiting', { parties: joint.waitingFor.join(', ') })}
            </p>
          )}
          <p className="kp-soft">{say('mayClose')}</p>
        </div>
      ))}
    </div>
  )
}
