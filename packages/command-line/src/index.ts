/**
 * What the commands of node and broker say of what they cannot read or do, in Dutch and English.
 * @module
 */
export { systemText } from './system-errors.ts'
export { usageError } from './usage-errors.ts'
