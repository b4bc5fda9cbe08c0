/**
 * The node's rendering of an agreement, as a tree by its indentation. Pure. Every line of the text is in it once and in order:
 * the page decides how large a line is, never whether it is there.
 * @module
 */

/** @property at - place of the line in the text */
export type Line = { readonly at: number; readonly text: string; readonly below: readonly Line[] }

/** @param text - lines, two spaces for each level */
export function linesOf(text: string): Line[] {
  type Open = { at: number; text: string; below: Open[]; depth: number }
  const top: Open = { at: -1, text: '', below: [], depth: -1 }
  const open = [top]
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const depth = line.length - line.trimStart().length
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop()
    const made: Open = { at, text: line.trim(), below: [], depth }
    ;(open.at(-1) ?? top).below.push(made)
    open.push(made)
  }
  return top.below
}

/** `Label: what it says`, where there is a label. */
export function labelled(text: string): { readonly label: string; readonly rest: string } | undefined {
  const found = /^([^:.]{2,60}): (.+)$/su.exec(text)
  return found === null ? undefined : { label: found[1] ?? '', rest: found[2] ?? '' }
}
