/**
 * What hangs together along pairs: the plain way, by walking.
 * @module
 */

/** @returns the members in groups, each in the order given; who has no pair is alone */
export function groupsAlong<T>(members: Iterable<T>, pairs: Iterable<readonly [T, T]>): T[][] {
  const beside = new Map<T, Set<T>>([...members].map((member) => [member, new Set<T>()]))
  for (const [one, other] of pairs) {
    beside.get(one)?.add(other)
    beside.get(other)?.add(one)
  }
  const seen = new Set<T>()
  const groups: T[][] = []
  for (const start of beside.keys()) {
    if (seen.has(start)) continue
    seen.add(start)
    const group = [start]
    for (const member of group)
      for (const next of beside.get(member) ?? [])
        if (!seen.has(next)) {
          seen.add(next)
          group.push(next)
        }
    groups.push(group)
  }
  return groups
}

/** Every two of a list. */
export const pairsOf = <T>(list: readonly T[]): (readonly [T, T])[] =>
  list.flatMap((one, at) => list.slice(at + 1).map((other) => [one, other] as const))
/** Every two neighbours of a list: enough to hang it together. */
export const chainOf = <T>(list: readonly T[]): (readonly [T, T])[] =>
  list.slice(1).map((one, at) => [list[at] as T, one] as const)

export function listBy<K, V>(entries: Iterable<readonly [K, V]>): Map<K, V[]> {
  const lists = new Map<K, V[]>()
  for (const [key, value] of entries) {
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [value])
    else list.push(value)
  }
  return lists
}
