/**
 * Refusals and addresses of the node's local API. Bodies and answers are in the contracts, where the console finds them too.
 * @module
 */
import { agreementId, digest } from '@kruispunt/contracts'
import { z } from 'zod'
import { nodeProblem } from '../problems/codes.ts'

export const errors = {
  400: nodeProblem,
  401: nodeProblem,
  403: nodeProblem,
  404: nodeProblem,
  409: nodeProblem,
  422: nodeProblem,
  429: nodeProblem,
  502: nodeProblem,
  503: nodeProblem,
}

export const agreementParams = z.strictObject({ id: agreementId })
export const languageQuery = z.strictObject({ lang: z.enum(['nl', 'en']).default('nl') })
export const requestParams = z.strictObject({ hash: digest })
