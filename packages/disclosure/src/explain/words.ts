/**
 * A sentence in both languages, and how things are called in it.
 * @module
 */
import type { Axis } from '../types.ts'

export type Words = { readonly nl: string; readonly en: string }

/** How readers know dimensions and categories; a code stands for itself where nothing is said. */
export type Labels = {
  readonly dimension?: (dimension: string) => Words | undefined
  readonly category?: (dimension: string, code: string) => Words | undefined
}

export const dimensionWords = (labels: Labels, dimension: string): Words =>
  labels.dimension?.(dimension) ?? { nl: dimension, en: dimension }

export const categoryWords = (labels: Labels, dimension: string, code: string): Words =>
  labels.category?.(dimension, code) ?? { nl: code, en: code }

/** `a, b en c` */
export function listed(parts: readonly Words[]): Words {
  const join = (language: 'nl' | 'en', and: string): string => {
    const all = parts.map((part) => part[language])
    const last = all.at(-1) ?? ''
    return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} ${and} ${last}`
  }
  return { nl: join('nl', 'en'), en: join('en', 'and') }
}

export const namesOf = (axes: readonly Axis[], labels: Labels): Words =>
  listed(axes.map(({ dimension }) => dimensionWords(labels, dimension)))
