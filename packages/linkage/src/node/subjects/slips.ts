/**
 * Names and dates that differ by one slip of the pen.
 * @module
 */

/** Shorter names that differ in one letter are as often two names. */
const shortestMisspelt = 4

/** One letter left out, put in, changed, or swapped with the next; not for names of less than four letters. */
export function areOneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < shortestMisspelt) return false
  let same = 0
  while (same < a.length && a[same] === b[same]) same += 1
  const [restA, restB] = [a.slice(same), b.slice(same)]
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}

/** One digit is another one, or day and month are swapped. */
export function areDatesClose(a: string, b: string): boolean {
  if (a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6)) return true
  let others = 0
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) others += 1
  return others === 1
}
