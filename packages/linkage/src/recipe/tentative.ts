/**
 * Which keys are tentative: the broker lets one link two parties only where the other keys bear it out.
 *
 * By its id, because the broker knows ids and tokens only, and so that a reader of the recipe sees it.
 * @module
 */

/** `T1`, `T12`: T and a number. */
export const isTentative = (keyId: string): boolean => /^T[0-9]+$/.test(keyId)
