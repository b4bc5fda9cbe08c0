/**
 * Who is signed in, for pages that differ by role. The broker checks every request itself; this only keeps from showing
 * what it would refuse.
 * @module
 */
import type { LabId, PortalGrant } from '@kruispunt/contracts'
import { createContext, useContext } from 'react'
import type { SignedInAtPortal } from '../service.ts'

export const SessionContext = createContext<SignedInAtPortal | undefined>(undefined)

export function usePerson(): SignedInAtPortal {
  const person = useContext(SessionContext)
  if (person === undefined) throw new Error('this page is for who is signed in')
  return person
}

export type Role = PortalGrant['role']

export const rolesIn = ({ grants }: SignedInAtPortal, lab: LabId | undefined): readonly Role[] => [
  ...new Set(grants.filter((grant) => grant.lab === lab).map(({ role }) => role)),
]

/** Whether this person may ask for tables in this lab. */
export const useMayAsk = (lab: LabId): boolean => rolesIn(usePerson(), lab).includes('coordinator')
