/** Taking a table along. Files are made in the browser from what is on the screen; nothing is asked of anybody. */
import { Button, Heading } from '@amsterdam/design-system-react'
import {
  type Account,
  type CsvKind,
  csvOf,
  type Drawing,
  type Figure,
  fileNameOf,
  type Layout,
  pngOf,
  saveFile,
  svgTextOf,
  useTexts,
  xlsxOf,
} from '@kruispunt/ui'
import type { RefObject } from 'react'
import { askTexts } from '../texts/ask-texts.ts'

type Props = {
  readonly layout: Layout
  readonly figure: Figure
  readonly caption: string
  readonly account: Account
  readonly drawing: RefObject<Drawing | null>
}

export function SaveButtons({ layout, figure, caption, account, drawing }: Props) {
  const say = useTexts(askTexts)
  const name = fileNameOf(caption)
  const csv = (kind: CsvKind) => () =>
    saveFile(kind === 'rfc4180' ? `${name}.csv` : `${name}-excel.csv`, csvOf(layout, figure, kind), 'text/csv')
  const xlsx = async () => {
    const names = { table: say('sheetTable'), account: say('sheetAccount') }
    saveFile(`${name}.xlsx`, await xlsxOf({ layout, figure, caption, account }, names))
  }
  const svg = () => {
    if (drawing.current !== null) saveFile(`${name}.svg`, svgTextOf(drawing.current), 'image/svg+xml')
  }
  const png = async () => {
    if (drawing.current !== null) saveFile(`${name}.png`, await pngOf(drawing.current))
  }
  const buttons = [
    ['saveCsv', csv('rfc4180')],
    ['saveCsvExcel', csv('excel-nl')],
    ['saveXlsx', xlsx],
    ['saveSvg', svg],
    ['savePng', png],
    ['savePrint', () => window.print()],
  ] as const
  return (
    <section className="kp-stack kp-stack--tight kp-no-print">
      <Heading level={3}>{say('save')}</Heading>
      <div className="kp-row">
        {buttons.map(([word, save]) => (
          <Button key={word} variant="secondary" onClick={() => void save()}>
            {say(word)}
          </Button>
        ))}
      </div>
    </section>
  )
}
