/** The same cells as bars or as a heat map. The drawing library comes when the first picture is wanted. */
import { Button, Heading } from '@amsterdam/design-system-react'
import { CellChart, type ChartKind, type Drawing, type Figure, type Layout, useTexts } from '@kruispunt/ui'
import { Suspense, useState } from 'react'
import { askTexts } from '../texts/ask-texts.ts'

type Props = {
  readonly layout: Layout
  readonly figure: Figure
  readonly caption: string
  readonly onDrawn: (drawing: Drawing) => void
}

const kinds: readonly ChartKind[] = ['bars', 'heat-map']

export function ChartPanel({ layout, figure, caption, onDrawn }: Props) {
  const say = useTexts(askTexts)
  const [kind, setKind] = useState<ChartKind>('bars')
  return (
    <section className="kp-stack">
      <Heading level={3}>{say('chart')}</Heading>
      <div className="kp-row kp-no-print">
        {kinds.map((one) => (
          <Button
            key={one}
            variant={one === kind ? 'primary' : 'secondary'}
            aria-pressed={one === kind}
            onClick={() => setKind(one)}
          >
            {say(one)}
          </Button>
        ))}
      </div>
      <Suspense fallback={<p role="status">{say('opensChart')}</p>}>
        <CellChart kind={kind} layout={layout} figure={figure} caption={caption} onDrawn={onDrawn} />
      </Suspense>
    </section>
  )
}
