/**
 * An invented region at any size: people, and the raw exports of six partners about them.
 * @module
 */
export { SyntheticRegionError, type SyntheticRegionErrorCode } from './errors.ts'
export type { Address, People, Person } from './people.ts'
export { generateRegion, type Partner, partners, type Region } from './region.ts'
