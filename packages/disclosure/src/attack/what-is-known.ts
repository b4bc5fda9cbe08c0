/**
 * What an attack starts from: tables as anyone sees them, and what they say about sums of unknowns.
 * @module
 */
import type { EarlierTable } from '../types.ts'

/** A table as anyone sees it. */
export type PublishedTable = Pick<EarlierTable, 'axes' | 'cells' | 'structuralZeros'>

/** What is known of a sum of unknowns. */
export type Sum = { readonly columns: readonly number[]; readonly lower: number; readonly upper: number }
