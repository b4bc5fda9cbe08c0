/** A statement in words, from its own bytes. */
import type { AgreementDocument } from '@kruispunt/contracts'
import { useLanguage, useTexts } from '@kruispunt/ui'
import { signingTexts } from '../texts/signing-texts.ts'
import type { Drafted } from './drafted.ts'

type Props = {
  readonly drafted: Drafted
  readonly statementHash: string
  readonly document: AgreementDocument
}

export function WhatIsSigned({ drafted, statementHash, document }: Props) {
  const say = useTexts(signingTexts)
  const { pick, moment } = useLanguage()
  const partyOf = (id: string) => document.parties.find((party) => party.id === id)?.name ?? id
  const datasetOf = (id: string) => {
    const found = document.datasets.find((dataset) => dataset.id === id)
    return found === undefined ? id : pick(found.title)
  }
  const { statement } = drafted
  const lines: readonly (readonly [string, readonly string[]])[] =
    drafted.kind === 'request'
      ? [
          [say('signAgreement'), [document.title]],
          [say('signQuestion'), [drafted.statement.question]],
          [
            say('signDeliveries'),
            drafted.statement.extracts.map(({ dataset, party, version, columns }) =>
              say('signDelivery', {
                dataset: datasetOf(dataset),
                party: partyOf(party),
                version,
                columns: columns.length,
              }),
            ),
          ],
        ]
      : [
          [say('signTitleOf'), [drafted.statement.document.title]],
          [say('signReference'), [`${drafted.statement.document.reference}, ${drafted.statement.document.version}`]],
          [say('signParties'), drafted.statement.document.parties.map(({ name }) => name)],
          [say('signTables'), drafted.statement.document.tables.map(({ title }) => pick(title))],
          [say('signMinimum'), [String(drafted.statement.document.disclosure.minimum)]],
        ]
  return (
    <dl className="kp-document">
      {lines.map(([head, values]) => (
        <div key={head}>
          <dt>{head}</dt>
          {values.map((value) => (
            <dd key={value}>{value}</dd>
          ))}
        </div>
      ))}
      {statement.notAfter !== null && (
        <div>
          <dt>{say('signUntil')}</dt>
          <dd>{moment(statement.notAfter)}</dd>
        </div>
      )}
      <div>
        <dt>{say('signHash')}</dt>
        <dd>
          <code className="kp-hash">{statementHash}</code>
        </dd>
      </div>
    </dl>
  )
}
