/**
 * Which two tables are compared, in the address of the page: hashes of answers, nothing that was counted. Pure: knows no page.
 * @module
 */
import { digest } from '@kruispunt/contracts'

export const sides = ['left', 'right'] as const
export type Side = (typeof sides)[number]
export type ComparedAddress = { readonly left?: string | undefined; readonly right?: string | undefined }

type Place = { readonly release: string; readonly tableHash: string }

export const keyOfTable = ({ release, tableHash }: Place): string => `${release}.${tableHash}`

export function tableInAddress(written: string | undefined): Place | undefined {
  const [release, tableHash, ...rest] = (written ?? '').split('.')
  const isTable = rest.length === 0 && digest.safeParse(release).success && digest.safeParse(tableHash).success
  return isTable && release !== undefined && tableHash !== undefined ? { release, tableHash } : undefined
}

/** Anybody can write an address: what is no table is left out. */
export function comparedInAddress(search: Record<string, unknown>): ComparedAddress {
  const one = (value: unknown) => (typeof value === 'string' && tableInAddress(value) !== undefined ? value : undefined)
  const found = { left: one(search.left), right: one(search.right) }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
