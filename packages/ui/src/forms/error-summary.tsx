/** What is still wrong in a form, each with a link to its field. Takes the focus when it appears. */
import { Alert, Link, UnorderedList } from '@amsterdam/design-system-react'
import { useEffect, useRef } from 'react'
import { useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'

export type FieldFault = { readonly fieldId: string; readonly text: string }

export function ErrorSummary({ faults }: { readonly faults: readonly FieldFault[] }) {
  const say = useTexts(uiTexts)
  const summary = useRef<HTMLDivElement>(null)
  const isShown = faults.length > 0
  useEffect(() => {
    if (isShown) summary.current?.focus()
  }, [isShown])
  if (!isShown) return null
  return (
    <Alert
      heading={say('errorsInForm', { count: faults.length })}
      headingLevel={2}
      severity="error"
      ref={summary}
      tabIndex={-1}
    >
      <UnorderedList>
        {faults.map(({ fieldId, text }) => (
          <UnorderedList.Item key={fieldId}>
            <Link href={`#${fieldId}`}>{text}</Link>
          </UnorderedList.Item>
        ))}
      </UnorderedList>
    </Alert>
  )
}
