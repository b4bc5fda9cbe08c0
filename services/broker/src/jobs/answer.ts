/**
 * An answer as it is remembered and as it is handed over. Remembered: axes by id of their variable, cells in order,
 * `questionsLeft` 0, no percentages. Handed over: axes as the question lays them out, percentages as it asks. The hash is that of what is remembered, so a table
 * turned on its side has the same one, and whoever holds an answer can work it out again.
 * @module
 */
import { type CrossTabAnswer, type CrossTabRequest, hashedForm, inCanonicalLayout, laidOut } from '@kruispunt/contracts'
import { documentHash } from '@kruispunt/statements'
import { withPercentages } from './percentages.ts'

/** What `resultSha256` must be: `H("result", jcs)` of the answer in canonical layout without this very member. */
export function resultHash(answer: CrossTabAnswer): string {
  return documentHash('result', hashedForm(answer))
}

/** Puts the hash in and the layout right for remembering. */
export const sealed = (answer: CrossTabAnswer): CrossTabAnswer => ({
  ...inCanonicalLayout(answer),
  resultSha256: resultHash(answer),
})

/** A remembered answer the way this question wants it. */
export function handedOver(answer: CrossTabAnswer, asked: CrossTabRequest, questionsLeft: number): CrossTabAnswer {
  const order = [...asked.rows, ...asked.columns].map(({ dimension }) => dimension)
  const turned = { ...laidOut(answer, order), rows: asked.rows.length, questionsLeft }
  return asked.percentages === undefined ? turned : withPercentages(turned, asked.percentages)
}
