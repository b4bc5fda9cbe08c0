/**
 * What a coordinator does in an attack lab: ask for a job, wait for it, draw tables.
 * @module
 */
import { type AgreementId, crossTabAnswer, type JobView, jobView } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { currentExtracts, usableCeremony } from '@kruispunt/lab-record'
import type { CoordinatorClient } from '../../../../services/broker/src/cli/coordinator-client.ts'
import { until } from '../processes.ts'

/** @param deps.coordinator - signed in; again after the broker was started anew */
export function createAsking({
  coordinator,
  agreement,
}: {
  readonly coordinator: () => Promise<CoordinatorClient>
  readonly agreement: AgreementId
}) {
  const readJob = async (requestId: string): Promise<JobView> => {
    const { api, base } = await coordinator()
    return jobView.parse(await api.ask({ method: 'GET', path: `${base}/jobs/${requestId}` }))
  }

  const own = {
    readJob,
    /** What a coordinator asks for: every column of every current delivery, unless it is changed. */
    requestBody: async (requestId = randomHex(16), of: AgreementId = agreement) => {
      const { state } = await (await coordinator()).readLog()
      const found = state.agreements.get(of)
      const extracts = currentExtracts(state, of).map(({ recorded: { statement } }) => ({
        extractId: statement.extractId,
        party: statement.party,
        dataset: statement.dataset,
        version: statement.version,
        columns: statement.columns.map(({ name }) => name),
      }))
      const epoch = (found && usableCeremony(found)?.epoch) ?? 1
      return { kind: 'request' as const, requestId, agreement: of, epoch, question: 'Een proef', extracts }
    },
    /** Asks for a job and waits until it is settled. */
    openJob: async (requestId = randomHex(16), of: AgreementId = agreement): Promise<JobView> => {
      const body = await own.requestBody(requestId, of)
      const notAfter = new Date(Date.now() + 20 * 3_600_000).toISOString()
      await (await coordinator()).submit(body as Parameters<CoordinatorClient['submit']>[0], { notAfter })
      return own.settled(requestId)
    },
    settled: (requestId: string): Promise<JobView> =>
      until('the job is settled', async () => {
        const view = await readJob(requestId)
        const settled = view.state !== 'waiting' && view.state !== 'opening'
        return settled || view.refusals.length > 0 ? view : undefined
      }),
    /** One cross-tab, or the code of its refusal. */
    table: async (requestId: string, rows: string, columns: string, filters: object[] = []) => {
      const { api, base } = await coordinator()
      const question = {
        table: 'bekendheid',
        rows: [{ dimension: rows }],
        columns: [{ dimension: columns }],
        filters,
      }
      const reply = await api.send({ method: 'POST', path: `${base}/jobs/${requestId}/cross-tabs`, json: question })
      const body = JSON.parse(reply.text)
      return reply.status === 200
        ? { answer: crossTabAnswer.parse(body), code: undefined }
        : { answer: undefined, code: String(body.code) }
    },
  }
  return own
}
