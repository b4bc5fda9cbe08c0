/**
 * Our own drawings under the names that Amsterdam's components import. Theirs may not be passed on; see the overrides in
 * `pnpm-workspace.yaml`. No JSX: Node reads this file too.
 * @module
 */
import { createElement, type SVGProps } from 'react'

const stroked =
  (...paths: readonly string[]) =>
  (props: SVGProps<SVGSVGElement>) =>
    createElement(
      'svg',
      { 'aria-hidden': 'true', focusable: 'false', viewBox: '0 0 24 24', ...props },
      ...paths.map((d) => createElement('path', { key: d, d, fill: 'none', stroke: 'currentColor', strokeWidth: 2.5 })),
    )

const circle = 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z'
const triangle = 'M12 2.5L22.5 21h-21z'

export const ArrowForwardIcon = stroked('M3 12h17', 'M13 5l7 7-7 7')
export const ChevronBackwardIcon = stroked('M16 4l-8 8 8 8')
export const ChevronDoubleBackwardIcon = stroked('M12 4l-8 8 8 8', 'M20 4l-8 8 8 8')
export const ChevronDoubleForwardIcon = stroked('M4 4l8 8-8 8', 'M12 4l8 8-8 8')
export const ChevronDownIcon = stroked('M4 8l8 8 8-8')
export const ChevronForwardIcon = stroked('M8 4l8 8-8 8')
export const CloseIcon = stroked('M4 4l16 16', 'M20 4L4 20')
export const DocumentIcon = stroked('M5 2h10l5 5v15H5z', 'M14 2v6h6')
export const ErrorFillIcon = stroked(circle, 'M8 8l8 8', 'M16 8l-8 8')
export const InfoFillIcon = stroked(circle, 'M12 11v7', 'M12 6v2.5')
export const PersonFillIcon = stroked('M12 3a4 4 0 1 0 0 8a4 4 0 1 0 0-8z', 'M3 21c0-5 4-7 9-7s9 2 9 7')
export const SearchIcon = stroked('M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14z', 'M15 15l6 6')
export const SuccessFillIcon = stroked(circle, 'M7 12l4 4 6-8')
export const WarningFillIcon = stroked(triangle, 'M12 9v6', 'M12 17v2')
export const WarningIcon = stroked(triangle, 'M12 10v5', 'M12 17.5v1.5')
