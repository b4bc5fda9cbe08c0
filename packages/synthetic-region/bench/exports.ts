/**
 * How fast the six exports of a region are made. `node packages/synthetic-region/bench/exports.ts [residents]`.
 * @module
 */
import { generateRegion, partners } from '../src/index.ts'

const residents = Number(process.argv[2] ?? 1_000_000)
const from = performance.now()
const region = generateRegion({ seed: 1, residents })
console.log(`${residents.toLocaleString('en')} residents in ${((performance.now() - from) / 1000).toFixed(2)} s`)
for (const partner of partners) {
  const start = performance.now()
  let bytes = 0
  for (const chunk of region.exportFile(partner)) bytes += chunk.length
  const seconds = (performance.now() - start) / 1000
  const rows = region.personOfRows(partner).length
  const size = `${(bytes / 1e6).toFixed(1)} MB`.padStart(10)
  console.log(
    `  ${partner.padEnd(12)}${rows.toLocaleString('en').padStart(12)} rows ${size} ${seconds.toFixed(2).padStart(7)} s`,
  )
}
