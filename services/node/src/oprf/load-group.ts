/**
 * The group of the joint numbers, loaded when a thread first needs it: it takes time and memory that a node without such
 * numbers can do without.
 * @module
 */
type Oprf = typeof import('@kruispunt/pseudonyms/oprf')

let loading: Promise<Oprf> | undefined
let loaded: Oprf | undefined

export function loadGroup(): Promise<Oprf> {
  loading ??= import('@kruispunt/pseudonyms/oprf').then(async (oprf) => {
    await oprf.groupReady()
    loaded = oprf
    return oprf
  })
  return loading
}

/** After {@link loadGroup} is done: a step of a ceremony runs in one go. */
export function loadedGroup(): Oprf {
  if (loaded === undefined) throw new Error('the group is used before it is loaded')
  return loaded
}
