/**
 * The work of the joint function in pieces that any thread can do: bytes in, bytes out.
 * @module
 */
import { concatBytes } from '@kruispunt/crypto'
import { hideInputs, makeCanaries } from './blind.ts'
import { areElements } from './elements.ts'
import { evaluateBatch } from './evaluate.ts'
import { finalizeInputs, sumOfEvaluations } from './finish.ts'
import { inputBytes } from './suite.ts'

export type Task =
  | { readonly do: 'hide'; readonly inputs: Uint8Array }
  | { readonly do: 'canaries' }
  | { readonly do: 'look'; readonly elements: Uint8Array }
  | { readonly do: 'evaluate'; readonly elements: Uint8Array; readonly share: Uint8Array }
  | {
      readonly do: 'finish'
      readonly inputs: Uint8Array
      readonly blinds: Uint8Array
      readonly evaluations: readonly Uint8Array[]
    }

/** One byte string a task; of `hide` and `canaries` the scalars and the elements after each other. */
export function runTask(task: Task): Uint8Array {
  switch (task.do) {
    case 'hide':
    case 'canaries': {
      const { scalars, elements } = task.do === 'hide' ? hideInputs(task.inputs) : makeCanaries()
      return concatBytes(scalars, elements)
    }
    case 'look':
      return Uint8Array.of(areElements(task.elements) ? 1 : 0)
    case 'evaluate':
      return evaluateBatch(task.elements, task.share)
    case 'finish':
      return finalizeInputs(task.inputs, inputBytes, task.blinds, sumOfEvaluations(task.evaluations))
  }
}
