/** The trail as a file: lines to read, or everything to check elsewhere. */
import { Button, Heading, Paragraph } from '@amsterdam/design-system-react'
import type { LabView } from '@kruispunt/contracts'
import { csvText, saveFile, useLanguage, useTexts } from '@kruispunt/ui'
import { useQueryClient } from '@tanstack/react-query'
import { checkpointsQuery } from '../service.ts'
import { kindWord } from '../texts/kind-words.ts'
import { logTexts } from '../texts/log-texts.ts'
import type { TrailLine } from './trail.ts'
import type { Envelope } from './verify/verify-log.ts'
import { outcomeWords, whoIs } from './words.ts'

type Props = {
  readonly lab: LabView
  readonly lines: readonly TrailLine[]
  readonly entries: readonly { readonly index: number; readonly envelope: Envelope }[]
}

export function TakeAlong({ lab, lines, entries }: Props) {
  const say = useTexts(logTexts)
  const { language } = useLanguage()
  const queries = useQueryClient()
  const csv = () => {
    const heads = (['number', 'when', 'who', 'what', 'on', 'outcome', 'hash'] as const).map((head) => say(head))
    const rows = lines.map(({ index, when, from, kind, on, outcome, leafHex }) => [
      String(index),
      when,
      whoIs(from, lab, say),
      kindWord(kind, language),
      on,
      outcomeWords(outcome, say),
      leafHex,
    ])
    saveFile(`${lab.lab}-log.csv`, csvText([heads, ...rows], 'rfc4180'), 'text/csv')
  }
  const json = async () => {
    const checkpoints = await queries.fetchQuery({ ...checkpointsQuery(lab.lab), staleTime: 0 })
    saveFile(`${lab.lab}-log.json`, JSON.stringify({ lab: lab.lab, entries, checkpoints }, null, 2), 'application/json')
  }
  return (
    <section className="kp-stack kp-stack--tight kp-no-print">
      <Heading level={2}>{say('export')}</Heading>
      <Paragraph className="kp-measure">{say('exportNote')}</Paragraph>
      <div className="kp-row">
        <Button variant="secondary" onClick={csv}>
          {say('exportCsv')}
        </Button>
        <Button variant="secondary" onClick={() => void json()}>
          {say('exportJson')}
        </Button>
      </div>
    </section>
  )
}
