/**
 * What the charts share. Colours are the theme's own names, so that a drawing follows the theme and the printer.
 * @module
 */
export type DrawOptions = {
  /** Of the place it is drawn in, in CSS pixels. */
  readonly width: number
  readonly written: (value: number) => string
  /** What the picture shows, for who cannot see it. */
  readonly label: string
}

const colours = 6
export const colourOf = (at: number): string => `var(--kp-chart-${(at % colours) + 1})`

/** Plot writes its rules into a style element of its own, which the page's policy refuses; they stand in `chart.css`. */
export function withoutStyle(svg: SVGSVGElement): SVGSVGElement {
  for (const style of svg.querySelectorAll('style')) style.remove()
  // One picture with one name: what Plot calls its groups is not for who listens.
  for (const group of svg.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label')
  svg.setAttribute('role', 'img')
  return svg
}
