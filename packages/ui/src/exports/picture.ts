/**
 * A chart as a file that stands alone: what it shows and what the colours mean above it, the colours of this moment written
 * out. SVG, or that drawn as PNG.
 * @module
 */

/** A chart on the screen, with what stands around it there. */
export type Drawing = {
  readonly svg: SVGSVGElement
  readonly title: string
  /** `colour` as on the page: `var(--kp-chart-1)`; none where the colours need no key. */
  readonly keys: readonly { readonly label: string; readonly colour: string }[]
}

const namespace = 'http://www.w3.org/2000/svg'
/** The stylesheet stays behind, so what it gives is written into the copy. */
const written = ['fill', 'stroke', 'font-family', 'font-size', 'font-weight'] as const

function withColours(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const originals = [svg, ...svg.querySelectorAll('*')]
  const copies = [copy, ...copy.querySelectorAll('*')]
  for (const [at, original] of originals.entries()) {
    const style = getComputedStyle(original)
    for (const name of written) {
      const value = style.getPropertyValue(name)
      if (value !== '') copies[at]?.setAttribute(name, value)
    }
  }
  return copy
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
  const made = document.createElementNS(namespace, name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value))
  made.textContent = text
  return made
}

/** Words in lines of at most so many letters. */
function inLines(text: string, letters: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const letterWidth = 8
const lineHeight = 24

function standingAlone({ svg, title, keys }: Drawing): SVGSVGElement {
  const page = getComputedStyle(svg)
  const [width, height] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))]
  const ink = page.getPropertyValue('color')
  const letters = { fill: ink, 'font-family': page.fontFamily, 'font-size': 15 }
  const above: SVGElement[] = []
  let [x, y] = [8, 0]
  for (const line of inLines(title, (width - 16) / letterWidth)) {
    y += lineHeight
    above.push(element('text', { ...letters, x, y, 'font-weight': 600 }, line))
  }
  if (keys.length > 0) y += lineHeight
  for (const { label, colour } of keys) {
    const needed = label.length * letterWidth + 48
    if (x > 8 && x + needed > width) [x, y] = [8, y + lineHeight]
    const named = /--[a-z0-9-]+/.exec(colour)?.[0] ?? ''
    above.push(
      element('rect', { x, y: y - 13, width: 15, height: 15, fill: page.getPropertyValue(named) }),
      element('text', { ...letters, x: x + 22, y }, label),
    )
    x += needed
  }
  const top = y + 12
  const whole = element('svg', { width, height: height + top, viewBox: `0 0 ${width} ${height + top}` })
  const chart = withColours(svg)
  chart.setAttribute('y', String(top))
  whole.append(
    element('rect', { width: '100%', height: '100%', fill: page.backgroundColor }),
    element('title', {}, title),
    ...above,
    chart,
  )
  return whole as SVGSVGElement
}

export const svgTextOf = (drawing: Drawing): string => new XMLSerializer().serializeToString(standingAlone(drawing))

export async function pngOf(drawing: Drawing, scale = 2): Promise<Blob> {
  const image = new Image()
  // The page's policy allows pictures written out in an address, and none from elsewhere.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgTextOf(drawing))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(image.naturalWidth * scale)
  canvas.height = Math.ceil(image.naturalHeight * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture is empty')) : resolve(blob)), 'image/png'),
  )
}
