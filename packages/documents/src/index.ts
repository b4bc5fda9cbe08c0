/**
 * Documents that people keep and print.
 * @module
 */
export type { Block, TextDocument } from './document.ts'
export { pdfOf } from './pdf.ts'
