/**
 * For the two refusals that a person has to mend: which parts of a statement are wrong. Paths and rules only.
 * @module
 */
import { anyStatement, type StatementEnvelope } from '@kruispunt/contracts'
import { fromBase64 } from '@kruispunt/crypto'
import { agreementFaults, LabRecordError } from '@kruispunt/lab-record'
import { BrokerError } from '../errors.ts'

const mostNamed = 50

/** The same refusal with the parts that are wrong, where there is something to tell; otherwise as it came. */
export function explainRefusal(error: unknown, envelope: StatementEnvelope): unknown {
  if (!(error instanceof LabRecordError)) return error
  // The signature was verified before either of these could be thrown, so this is what the signer wrote.
  if (error.code === 'statement_malformed') {
    const parsed = anyStatement.safeParse(payloadOf(envelope))
    if (parsed.success) return error
    const violations = parsed.error.issues
      .slice(0, mostNamed)
      .map((issue) => ({ path: issue.path.join('.').slice(0, 200), message: issue.code }))
    return new BrokerError('statement_malformed', violations, { cause: error })
  }
  if (error.code === 'agreement_invalid') {
    const parsed = anyStatement.safeParse(payloadOf(envelope))
    if (!parsed.success || parsed.data.kind !== 'agreement') return error
    const violations = agreementFaults(parsed.data.document)
      .slice(0, mostNamed)
      .map((fault) => {
        const [path = '', ...rest] = fault.split(': ')
        return { path, message: rest.join(': ') }
      })
    return new BrokerError('agreement_invalid', violations, { cause: error })
  }
  return error
}

const payloadOf = (envelope: StatementEnvelope): unknown =>
  JSON.parse(Buffer.from(fromBase64(envelope.payload)).toString('utf8'))
