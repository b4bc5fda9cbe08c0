/**
 * A hash table from a few whole numbers to the row they were first seen in, in typed arrays.
 * @module
 */

export type FirstRows = {
  /** The row these four numbers were first given with. */
  of(a: number, b: number, c: number, d: number, row: number): number
  /** Leaves nothing behind in memory; the table cannot be used afterwards. */
  erase(): void
}

const width = 5

export function createFirstRows(): FirstRows {
  let entries = new Uint32Array(width << 12)
  let places = new Uint32Array(1 << 13)
  let count = 0
  const hashOf = (a: number, b: number, c: number, d: number): number => {
    let hash = Math.imul(a ^ 0x811c9dc5, 0x9e3779b1)
    hash = Math.imul((hash ^ (hash >>> 15)) + b, 0x85ebca6b)
    hash = Math.imul((hash ^ (hash >>> 13)) + c, 0xc2b2ae35)
    hash = Math.imul((hash ^ (hash >>> 16)) + d, 0x2c1b3c6d)
    return (hash ^ (hash >>> 15)) >>> 0
  }
  const grow = (): void => {
    const larger = new Uint32Array(entries.length * 2)
    larger.set(entries)
    entries.fill(0)
    entries = larger
    places = new Uint32Array(places.length * 2)
    const mask = places.length - 1
    for (let entry = 0; entry < count; entry++) {
      const at = entry * width
      const hash = hashOf(
        entries[at] as number,
        entries[at + 1] as number,
        entries[at + 2] as number,
        entries[at + 3] as number,
      )
      let place = hash & mask
      while (places[place] !== 0) place = (place + 1) & mask
      places[place] = entry + 1
    }
  }
  return {
    of: (a, b, c, d, row) => {
      const mask = places.length - 1
      let place = hashOf(a, b, c, d) & mask
      for (; places[place] !== 0; place = (place + 1) & mask) {
        const at = ((places[place] as number) - 1) * width
        if (entries[at] === a && entries[at + 1] === b && entries[at + 2] === c && entries[at + 3] === d) {
          return entries[at + 4] as number
        }
      }
      const at = count * width
      entries[at] = a
      entries[at + 1] = b
      entries[at + 2] = c
      entries[at + 3] = d
      entries[at + 4] = row
      count += 1
      places[place] = count
      if (count * 2 >= places.length) grow()
      return row
    },
    erase: () => {
      entries.fill(0)
      places.fill(0)
    },
  }
}
