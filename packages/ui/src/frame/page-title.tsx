/** What stands in the tab, and the heading that receives the focus when somebody comes to this page. */
import { Heading } from '@amsterdam/design-system-react'
import { useEffect, useRef } from 'react'

type Props = {
  readonly children: string
  /** The application and the place, after the page's own name. */
  readonly within: string
  /** Not for the first page somebody sees: there the focus stays where the browser put it. */
  readonly takesFocus?: boolean
}

export function PageTitle({ children, within, takesFocus = true }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus({ preventScroll: true })
  }, [children, takesFocus])
  return (
    <>
      <title>{`${children} · ${within}`}</title>
      <Heading level={1} ref={heading} tabIndex={-1} className="kp-page-title">
        {children}
      </Heading>
    </>
  )
}
