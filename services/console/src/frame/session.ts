/**
 * Who is signed in, for pages that differ by role. The node checks every request itself; this only keeps from showing what it
 * would refuse.
 * @module
 */
import type { ConsoleRole } from '@kruispunt/contracts'
import { createContext, useContext } from 'react'
import type { SignedInAtNode } from '../service.ts'

export const SessionContext = createContext<SignedInAtNode | undefined>(undefined)

export const rolesOf = ({ grants }: SignedInAtNode): readonly ConsoleRole[] => [
  ...new Set(grants.map(({ role }) => role)),
]

/** What this person may do. */
export function useMay() {
  const person = useContext(SessionContext)
  if (person === undefined) throw new Error('this page is for who is signed in')
  const roles = rolesOf(person)
  return {
    deliver: roles.includes('steward'),
    sign: roles.includes('privacy-officer') || roles.includes('signatory'),
    operate: roles.includes('operator'),
  }
}
