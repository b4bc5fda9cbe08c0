/**
 * The one place where refusals become HTTP. Whatever is thrown leaves as a problem with a fixed text; what it was is
 * logged by name and code, never by message, which may quote the request.
 * @module
 */
import type { Writable } from 'node:stream'
import { AccountError } from '@kruispunt/accounts'
import { type Problem, type ProblemCode, problemFor } from '@kruispunt/contracts'
import { LabRecordError, type LabRecordErrorCode } from '@kruispunt/lab-record'
import { StatementError } from '@kruispunt/statements'
import { TransparencyLogError } from '@kruispunt/transparency-log'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { BrokerError } from '../errors.ts'
import { JobError, problemOfJob } from '../jobs/problems.ts'
import { apiVersion } from './request-log.ts'

/** Every refusal of the record has a problem of the same name; a code without one does not compile. */
const recordProblem = (code: LabRecordErrorCode): ProblemCode => code

const ofFastify: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'invalid_request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_request',
  FST_ERR_BAD_URL: 'invalid_request',
}
const ofStatus: Record<number, ProblemCode> = {
  400: 'invalid_request',
  413: 'payload_too_large',
  414: 'invalid_request',
  415: 'invalid_request',
  429: 'too_many_requests',
}

/** Where it is wrong, and against which rule; never what was there. */
function violationsOf(error: unknown): Problem['violations'] {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined
  const { validationContext: part } = error as FastifyError
  return error.validation.map(({ instancePath, keyword }) => ({
    path: `${part ?? 'request'}${instancePath.replaceAll('/', '.')}`.slice(0, 200),
    message: keyword,
  }))
}

export function problemOf(error: unknown): Problem {
  if (error instanceof BrokerError) return problemFor(error.code, error.violations)
  if (error instanceof AccountError) return problemFor(error.code)
  if (error instanceof LabRecordError) return problemFor(recordProblem(error.code))
  if (error instanceof JobError) {
    const problem = problemFor(problemOfJob[error.code])
    return error.advice.length === 0 ? problem : { ...problem, advice: [...error.advice] }
  }
  if (error instanceof StatementError) return problemFor('envelope_malformed')
  if (error instanceof TransparencyLogError) return problemFor('invalid_request')
  const violations = violationsOf(error)
  if (violations !== undefined) return problemFor('invalid_request', violations)
  const { code, statusCode } = error as Partial<FastifyError>
  return problemFor(ofFastify[code ?? ''] ?? ofStatus[statusCode ?? 500] ?? 'internal_error')
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  // Not through the route's serializer: a problem must leave even where a route forgot to list it.
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('api-version', apiVersion)
    .serializer(JSON.stringify)
    .send(problem)
}

/** Frames without the message: where it went wrong, not with what. */
const framesOf = (error: unknown): string | undefined =>
  error instanceof Error
    ? error.stack
        ?.split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 8)
        .join('\n')
    : undefined

declare module 'fastify' {
  interface FastifyRequest {
    problemCode: ProblemCode | null
  }
}

export function installProblems(app: FastifyInstance): void {
  app.decorateRequest('problemCode', null)
  app.setErrorHandler((error, request: FastifyRequest, reply) => {
    const problem = problemOf(error)
    request.problemCode = problem.code
    if (problem.status >= 500) {
      const { name, code } = error as Partial<FastifyError>
      request.log.error({ error: name, errorCode: code, frames: framesOf(error) }, 'failed')
    }
    return sendProblem(reply, problem)
  })
  app.setNotFoundHandler((request, reply) => {
    request.problemCode = 'not_found'
    return sendProblem(reply, problemFor('not_found'))
  })
}

/** For what never became a request: a broken TLS or HTTP message. */
export function refuseRaw(socket: Writable): void {
  const body = JSON.stringify(problemFor('invalid_request'))
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `api-version: ${apiVersion}`,
    'connection: close',
  ]
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  else socket.destroy()
}
