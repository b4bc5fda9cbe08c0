/**
 * The words both sides speak. Imports zod and nothing of ours.
 * @module
 */
export * from './account-codes.ts'
export * from './accounts.ts'
export * from './agreements.ts'
export * from './api.ts'
export * from './cross-tabs.ts'
export * from './dimensions.ts'
export * from './extracts.ts'
export * from './ids.ts'
export * from './jobs.ts'
export * from './link-quality.ts'
export * from './linkage.ts'
export * from './measures.ts'
export * from './oprf.ts'
export * from './problem-codes.ts'
export * from './problems.ts'
export * from './roster.ts'
export * from './salt.ts'
export * from './signing-at-portal.ts'
export * from './statement-kinds.ts'
export * from './statements.ts'
