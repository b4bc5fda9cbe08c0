/** In a `<dl>`: the name of a field and what it says. */
import type { ReactNode } from 'react'

type Props = { readonly name: string; readonly children: ReactNode }

export const Term = ({ name, children }: Props) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
