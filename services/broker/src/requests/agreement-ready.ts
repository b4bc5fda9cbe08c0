/**
 * Whether an agreement can be put before partners: nothing unfinished, inconsistent, or impossible to fill.
 * @module
 */
import { type AgreementDocument, problemFor } from '@kruispunt/contracts'
import { DisclosureError, makePerturbationTable } from '@kruispunt/disclosure'
import { agreementFaults } from '@kruispunt/lab-record'
import { unfinishedParts } from '../drafting/agreement-template.ts'
import { derivationFaults } from '../drafting/derivation-faults.ts'
import { BrokerError } from '../errors.ts'

/** Errors that no cell keys can give. */
const impossibleErrors = ({ populations }: AgreementDocument) =>
  populations.flatMap(({ id, answers }) => {
    if (answers?.kind !== 'cell-key') return []
    try {
      makePerturbationTable(answers)
      return []
    } catch (error) {
      if (!(error instanceof DisclosureError)) throw error
      return [{ path: `populations.${id}`, message: 'no errors of this size keep small counts away and average zero' }]
    }
  })

/** Every place that keeps it from being proposed, with what is wrong there; empty when it is ready. */
export function faultsOf(document: AgreementDocument): { readonly path: string; readonly message: string }[] {
  const faults = agreementFaults(document).map((fault) => {
    const [path = '', ...rest] = fault.split(': ')
    return { path, message: rest.join(': ') }
  })
  const unfinished = unfinishedParts(document).map((path) => ({ path, message: 'still to be written' }))
  return [...faults, ...derivationFaults(document), ...impossibleErrors(document), ...unfinished]
}

/** What can be told wrong before anybody is asked to sign. @throws BrokerError `agreement_invalid`, naming every place */
export function requireReady(document: AgreementDocument): void {
  const violations = faultsOf(document)
  if (violations.length > 0) throw new BrokerError(problemFor('agreement_invalid').code, violations)
}
