/**
 * Turns whatever a route throws into a problem with a code. Nothing of the request or of an unexpected error reaches the caller.
 * @module
 */
import { AccountError } from '@kruispunt/accounts'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { NodeError, type Violation } from '../errors.ts'
import { type NodeProblem, nodeProblemFor } from './codes.ts'

function violationsOf(error: unknown): Violation[] | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined
  const { validationContext: part } = error as FastifyError
  return error.validation.map(({ instancePath, keyword }) => ({
    path: `${part ?? 'request'}${instancePath.replaceAll('/', '.')}`.slice(0, 200),
    message: keyword ?? 'invalid',
  }))
}

function problemOf(error: unknown): NodeProblem {
  if (error instanceof NodeError) return nodeProblemFor(error)
  if (error instanceof AccountError) return nodeProblemFor({ code: error.code })
  const violations = violationsOf(error)
  if (violations !== undefined) return nodeProblemFor({ code: 'invalid_request', violations })
  const status = (error as Partial<FastifyError>).statusCode ?? 500
  if (status === 429) return nodeProblemFor({ code: 'too_many_requests' })
  if (status === 413) return nodeProblemFor({ code: 'payload_too_large' })
  return nodeProblemFor({ code: status >= 400 && status < 500 ? 'invalid_request' : 'internal_error' })
}

function send(reply: FastifyReply, problem: NodeProblem): FastifyReply {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem)
}

export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.status >= 500) {
      const { name, code } = error as Partial<FastifyError>
      request.log.error({ error: name, errorCode: code, problem: problem.code }, 'failed')
    }
    return send(reply, problem)
  })
  app.setNotFoundHandler((_request, reply) => send(reply, nodeProblemFor({ code: 'not_found' })))
}
