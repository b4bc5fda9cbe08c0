/**
 * A chart as a file: SVG with the colours of this moment written out, or that drawn as PNG.
 * @module
 */

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
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  ground.setAttribute('width', '100%')
  ground.setAttribute('height', '100%')
  ground.setAttribute('fill', getComputedStyle(svg).backgroundColor)
  copy.prepend(ground)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return copy
}

export const svgTextOf = (svg: SVGSVGElement): string => new XMLSerializer().serializeToString(withColours(svg))

export async function pngOf(svg: SVGSVGElement, scale = 2): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect()
  const image = new Image()
  image.width = width
  image.height = height
  // The page's policy allows pictures written out in an address, and none from elsewhere.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgTextOf(svg))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * scale)
  canvas.height = Math.ceil(height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture is empty')) : resolve(blob)), 'image/png'),
  )
}
