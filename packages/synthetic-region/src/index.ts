/**
 * An invented region at any size: people, and the raw exports of six partners about them; and labelled sets, files of any
 * partners with stated rates of error, to measure linkage with.
 * @module
 */
export { SyntheticRegionError, type SyntheticRegionErrorCode } from './errors.ts'
export { generateLabelledSet } from './labelled/generate.ts'
export {
  type ErrorRates,
  type LabelledColumn,
  type LabelledFile,
  type LabelledPartner,
  type LabelledSetOptions,
  labelledColumns,
  noErrors,
} from './labelled/labelled-set.ts'
export { type LabelledPreset, labelledPreset, labelledPresets } from './labelled/presets.ts'
export type { Address, People, Person } from './people.ts'
export { generateRegion, type Partner, partners, type Region } from './region.ts'
