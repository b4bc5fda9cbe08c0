/**
 * The contracts as an OpenAPI 3.1 document, made from the very schemas that check requests and answers.
 * @module
 */
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { apiVersion } from './request-log.ts'

const security = {
  public: [],
  node: [{ nodeCertificate: [] }],
  session: [{ session: [] }],
  'node-or-session': [{ nodeCertificate: [] }, { session: [] }],
  member: [{ session: [] }],
  read: [{ nodeCertificate: [] }, { session: [] }],
} as const

// OpenAPI 3.1 knows it; the types here stop at 3.0.
const mutualTls = { type: 'mutualTLS', description: 'client certificate from enrolment' } as unknown as {
  type: 'http'
  scheme: string
}

export async function installOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kruispunt broker',
        version: apiVersion,
        description:
          'Statements and log entries are the interface; these routes are how they travel. Refusals are RFC 9457 problems ' +
          'with a code of contracts/docs/errors.md. Names follow the glossary.',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      },
      components: {
        securitySchemes: {
          nodeCertificate: mutualTls,
          session: {
            type: 'http',
            scheme: 'dpop',
            description:
              'a token and, in the header DPoP, a proof for this request (RFC 9449); reads and submits, decides nothing',
          },
        },
      },
    },
    transform: (input) => {
      const permission = input.route.config?.permission
      const { schema, url } = jsonSchemaTransform(input)
      return { schema: permission === undefined ? schema : { ...schema, security: security[permission] }, url }
    },
  })
}
