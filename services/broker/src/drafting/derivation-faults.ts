/**
 * What makes a variable impossible to deliver: its code list must hold just what its derivation makes. A node finds out only
 * when a file is read, and by then everybody has signed; so it is said before an agreement is put forward.
 * @module
 */
import type { AgreementDocument, Dimension } from '@kruispunt/contracts'

type Band = { readonly code: string; readonly from: number; readonly below: number | null }

const sameNames = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((x) => b.includes(x))

function bandFaults(bands: readonly Band[], codes: readonly string[], join: boolean): string[] {
  const faults: string[] = []
  const named = bands.map(({ code }) => code)
  if (!sameNames(named, codes)) faults.push('every code but unknown needs one band, and each band a code')
  const inOrder = bands.every(({ from, below }, at) => {
    const next = bands[at + 1]
    if (next === undefined) return join ? below === null : below === null || below > from
    return below !== null && below > from && (join ? below === next.from : below <= next.from)
  })
  if (!inOrder)
    faults.push(join ? 'bands have to rise and join, the last one open' : 'bands have to rise and not overlap')
  return faults
}

function monthsBetween(from: string, to: string): string[] {
  const numberOf = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
  const months: string[] = []
  for (let at = numberOf(from); at <= numberOf(to) && months.length < 1200; at += 1)
    months.push(`${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`)
  return months
}

function faultsOf({ derivation, codes, unknownCode, levels }: Dimension): string[] {
  const known = codes.map(({ code }) => code).filter((code) => code !== unknownCode)
  switch (derivation.kind) {
    case 'category':
      return []
    case 'yes-no':
      return sameNames(known, ['yes', 'no']) ? [] : ['the codes have to be yes, no and the one for unknown']
    case 'age-band':
      return bandFaults(derivation.bands, known, true)
    case 'number-band':
      return bandFaults(derivation.bands, known, false)
    case 'area':
      return levels.length === 2 ? [] : ['areas have two levels: districts above neighbourhoods']
    case 'month':
      return sameNames(known, monthsBetween(derivation.from, derivation.to))
        ? []
        : ['the codes have to be the months from `from` to `to`, and unknown']
  }
}

export function derivationFaults(document: AgreementDocument): { path: string; message: string }[] {
  return document.datasets.flatMap((dataset) =>
    dataset.dimensions.flatMap((dimension) =>
      faultsOf(dimension).map((message) => ({ path: `datasets.${dataset.id}.${dimension.id}`, message })),
    ),
  )
}
