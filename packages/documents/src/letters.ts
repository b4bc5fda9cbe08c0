/**
 * The letters of a printed document: Source Sans 3 (OFL-1.1), whole, so that names from all of Europe can be written.
 * @module
 */
import { createRequire } from 'node:module'

const find = createRequire(import.meta.url).resolve
const face = (name: string) => find(`@expo-google-fonts/source-sans-3/${name}/SourceSans3_${name}.ttf`)

export const letters = { plain: face('400Regular'), bold: face('600SemiBold') } as const
