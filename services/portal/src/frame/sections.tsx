/** The sections of a lab, as links. Asking is for who coordinates. */
import type { LabId } from '@kruispunt/contracts'
import type { Translate } from '@kruispunt/ui'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Role } from './session.ts'

type Words = 'overview' | 'ask' | 'tables' | 'dashboard' | 'method' | 'log'

export function sectionsOf(lab: LabId, roles: readonly Role[], say: Translate<Words>): readonly ReactNode[] {
  const current = { activeProps: { 'aria-current': 'page' as const } }
  const params = { lab }
  return [
    <Link key="overview" to="/labs/$lab" params={params} activeOptions={{ exact: true }} {...current}>
      {say('overview')}
    </Link>,
    ...(roles.includes('coordinator')
      ? [
          <Link key="ask" to="/labs/$lab/ask" params={params} {...current}>
            {say('ask')}
          </Link>,
        ]
      : []),
    <Link key="tables" to="/labs/$lab/tables" params={params} {...current}>
      {say('tables')}
    </Link>,
    <Link key="dashboard" to="/labs/$lab/dashboard" params={params} {...current}>
      {say('dashboard')}
    </Link>,
    <Link key="method" to="/labs/$lab/phases/$phase" params={{ lab, phase: 1 }} {...current}>
      {say('method')}
    </Link>,
    <Link key="log" to="/labs/$lab/log" params={params} {...current}>
      {say('log')}
    </Link>,
  ]
}
