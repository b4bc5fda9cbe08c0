/** The whole lab to take along: for people as a PDF, for programs as JSON. */
import { dossierQuery, type LabId, labDossier, labParams, noQuery } from '@kruispunt/contracts'
import { pdfOf } from '@kruispunt/documents'
import { eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Store } from '../db/open.ts'
import { labs } from '../db/schema.ts'
import type { LedgerStore } from '../jobs/ledger.ts'
import type { LabLogs } from '../log/lab-logs.ts'
import { labContributions } from '../method/contributions.ts'
import { makeDossier } from '../method/dossier.ts'
import { dossierText } from '../method/dossier-text.ts'
import { type Caller, lookingFor } from '../plugins/permissions.ts'
import { answers } from './answers.ts'

type Deps = { store: Store; logs: LabLogs; ledger: Pick<LedgerStore, 'answers'>; now: () => number }

export const dossierRoutes: FastifyPluginAsyncZod<Deps> = async (app, { store, logs, ledger, now }) => {
  const contributions = labContributions({ store, logs, now })
  const config = { permission: 'read' } as const
  const dossierOf = (lab: LabId, caller: Caller) => {
    const title = store.db.select().from(labs).where(eq(labs.id, lab)).get()?.title ?? lab
    const board = contributions.board(lab, lookingFor(caller))
    return makeDossier({ lab, title, board, record: logs.get(lab).record(), ledger, now: now() })
  }

  app.get(
    '/labs/:lab/dossier',
    { config, schema: { params: labParams, querystring: noQuery, response: answers(labDossier) } },
    async ({ params: { lab }, caller }, reply) =>
      reply.header('content-disposition', `attachment; filename="dossier-${lab}.json"`).send(dossierOf(lab, caller)),
  )
  // A file, not JSON: every byte of it counts.
  app.get(
    '/labs/:lab/dossier/document',
    {
      config,
      schema: {
        params: labParams,
        querystring: dossierQuery,
        produces: ['application/pdf'],
        response: answers(z.any()),
      },
    },
    async ({ params: { lab }, query: { lang }, caller }, reply) => {
      const bytes = await pdfOf(dossierText(dossierOf(lab, caller), lang))
      return reply
        .header('content-disposition', `attachment; filename="dossier-${lab}.pdf"`)
        .serializer((body: unknown) => body as string)
        .type('application/pdf')
        .send(Buffer.from(bytes))
    },
  )
}
