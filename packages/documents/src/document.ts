/**
 * A document for people, as its parts in reading order. What becomes of it on paper is for who writes it out.
 * @module
 */

/** A line under a heading: `name` may stand before it in bold, and what belongs to it stands below. */
type Line = { readonly kind: 'line'; readonly name?: string; readonly text: string; readonly depth?: number }
type Heading = { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
type List = { readonly kind: 'list'; readonly items: readonly string[] }
/** The first cell of each row is its head. */
type Table = {
  readonly kind: 'table'
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
export type Block = Line | Heading | List | Table

export type TextDocument = {
  readonly title: string
  readonly language: 'nl' | 'en'
  /** Under the title, in small letters. */
  readonly about: readonly string[]
  readonly blocks: readonly Block[]
  /** On every page, before its number. */
  readonly foot: string
  /** Milliseconds since 1970. */
  readonly madeAt: number
}
