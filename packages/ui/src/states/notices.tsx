/**
 * The states that are not the page itself: waiting, nothing there yet, refused, failed.
 * @module
 */
import { Alert, Button, Heading, Paragraph, UnorderedList } from '@amsterdam/design-system-react'
import type { PropsWithChildren, ReactNode } from 'react'
import { NotDone, Refused, Unreachable } from '../api/errors.ts'
import { useLanguage, useTexts } from '../texts/language.tsx'
import { uiTexts } from '../texts/ui-texts.ts'

export function Loading() {
  const say = useTexts(uiTexts)
  return (
    <div className="kp-loading" role="status">
      <span className="kp-hidden">{say('loading')}</span>
      {[1, 2, 3, 4].map((bar) => (
        <span key={bar} className="kp-loading__bar" />
      ))}
    </div>
  )
}

type EmptyProps = { readonly title: string; readonly level?: 2 | 3; readonly action?: ReactNode }
/** Nothing yet: what belongs here, and what to do about it. */
export function Empty({ title, level = 2, action, children }: PropsWithChildren<EmptyProps>) {
  return (
    <div className="kp-panel kp-stack kp-stack--tight">
      <Heading level={level} size="level-3">
        {title}
      </Heading>
      <Paragraph>{children}</Paragraph>
      {action !== undefined && <div className="kp-row">{action}</div>}
    </div>
  )
}

type FailureProps = {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  readonly level?: 2 | 3
}
/** A refusal says why and what to do; anything else says only that it failed. */
export function Failure({ error, onRetry, level = 2 }: FailureProps) {
  const say = useTexts(uiTexts)
  const { pick } = useLanguage()
  const again = onRetry && (
    <Button variant="secondary" onClick={onRetry}>
      {say('retry')}
    </Button>
  )
  if (error instanceof Refused) {
    const { reason, remedy, advice = [], code } = error.problem
    return (
      <Alert heading={say('refused')} headingLevel={level} severity="warning" role="alert">
        <Paragraph>{pick(reason)}</Paragraph>
        <Paragraph>{pick(remedy)}</Paragraph>
        {advice.length > 0 && (
          <UnorderedList>
            {advice.map((line) => (
              <UnorderedList.Item key={line.en}>{pick(line)}</UnorderedList.Item>
            ))}
          </UnorderedList>
        )}
        <Paragraph size="small" className="kp-soft">
          {say('code')}: <code>{code}</code>
        </Paragraph>
        {again}
      </Alert>
    )
  }
  if (error instanceof NotDone)
    return (
      <Alert heading={say('passkeyNot')} headingLevel={level} severity="warning" role="alert">
        <Paragraph>{say('passkeyNotText')}</Paragraph>
        {again}
      </Alert>
    )
  const isUnreachable = error instanceof Unreachable
  return (
    <Alert heading={say(isUnreachable ? 'unreachable' : 'failed')} headingLevel={level} severity="error" role="alert">
      <Paragraph>{say(isUnreachable ? 'unreachableText' : 'unexpected')}</Paragraph>
      {again}
    </Alert>
  )
}
