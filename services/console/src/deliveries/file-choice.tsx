/** Choosing a file, by dragging or by browsing. It goes to the own node as it is; its name is not sent. */
import { FileInput, Heading, Label, Paragraph } from '@amsterdam/design-system-react'
import { useTexts } from '@kruispunt/ui'
import { type DragEvent, useId, useState } from 'react'
import { deliveryTexts } from '../texts/delivery-texts.ts'

type Props = {
  readonly title: string
  readonly note: string
  readonly isBusy: boolean
  /** The part that went to the node, while it goes. */
  readonly sent: number | undefined
  readonly onFile: (file: File) => void
}

export function FileChoice({ title, note, isBusy, sent, onFile }: Props) {
  const say = useTexts(deliveryTexts)
  const id = useId()
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file !== undefined && !isBusy) onFile(file)
  }
  return (
    <div
      className={`kp-panel kp-stack kp-stack--tight kp-drop${isOver ? ' kp-drop--over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Heading level={2}>{title}</Heading>
      <Paragraph>{note}</Paragraph>
      <Label htmlFor={id}>{say('file')}</Label>
      <Paragraph size="small" className="kp-soft" id={`${id}-hint`}>
        {say('fileHint')}
      </Paragraph>
      <FileInput
        id={id}
        aria-describedby={`${id}-hint`}
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        disabled={isBusy}
        onChange={({ target }) => {
          const file = target.files?.[0]
          // So that the same file, mended, can be chosen again.
          target.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
      <div role="status">
        {sent !== undefined && (
          <>
            <label htmlFor={`${id}-sent`}>{say('uploading')}</label>
            <progress id={`${id}-sent`} className="kp-progress" {...(sent > 0 ? { value: sent } : {})} />
          </>
        )}
      </div>
    </div>
  )
}
