/** The sections of the console, as links. Everybody may look everywhere; what one may do differs by role. */
import type { Translate } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

const places = [
  ['/', 'overview'],
  ['/deliveries', 'deliveries'],
  ['/agreements', 'agreements'],
  ['/requests', 'requests'],
  ['/roster', 'roster'],
  ['/log', 'log'],
  ['/node', 'node'],
] as const

export const sections = (say: Translate<(typeof places)[number][1]>): readonly ReactNode[] =>
  places.map(([to, name]) => (
    <Link key={to} to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
      {say(name)}
    </Link>
  ))
