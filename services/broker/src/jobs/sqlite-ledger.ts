/**
 * The ledger in the broker's database.
 * @module
 */
import type { Database } from 'better-sqlite3'
import type { OnDurableStep } from '../durable-steps.ts'
import type { LedgerAnswer, LedgerScope, LedgerStore } from './ledger.ts'

type Row = {
  readonly number: number
  readonly release: string
  readonly table_hash: string
  readonly population: string
  readonly deliveries: string
  readonly question: string
  readonly protected_table: string
  readonly sums: string
  readonly answer: string
  readonly certificate: string
  readonly created_at: number
}

// Written by this module only, so the shapes are those that were written.
const answerOf = (row: Row): LedgerAnswer => ({
  release: row.release,
  tableHash: row.table_hash,
  population: row.population,
  deliveries: JSON.parse(row.deliveries) as LedgerAnswer['deliveries'],
  question: JSON.parse(row.question) as LedgerAnswer['question'],
  table: JSON.parse(row.protected_table) as LedgerAnswer['table'],
  sums: JSON.parse(row.sums) as LedgerAnswer['sums'],
  answer: JSON.parse(row.answer) as LedgerAnswer['answer'],
  certificate: JSON.parse(row.certificate) as LedgerAnswer['certificate'],
  created: row.created_at,
})

const rowOf = ({ release, tableHash, population, created, ...answer }: LedgerAnswer) => ({
  release,
  tableHash,
  population,
  created,
  deliveries: JSON.stringify(answer.deliveries),
  question: JSON.stringify(answer.question),
  table: JSON.stringify(answer.table),
  sums: JSON.stringify(answer.sums),
  answer: JSON.stringify(answer.answer),
  certificate: JSON.stringify(answer.certificate),
})

/** @param sqlite - migrated; see `db/migrations/0002-ledger.sql` */
export function createSqliteLedger(sqlite: Database, onDurableStep: OnDurableStep = () => undefined): LedgerStore {
  const scoped = 'from ledger_answers where lab = @lab and agreement = @agreement'
  const byQuestion = sqlite.prepare<[object], Row>(
    `select * ${scoped} and release = @release and table_hash = @tableHash`,
  )
  const after = sqlite.prepare<[object], Row>(`select * ${scoped} and number > @read order by number`)
  const insert = sqlite.prepare(
    `insert into ledger_answers
       (lab, agreement, release, table_hash, population, deliveries, question, protected_table, sums, answer, certificate, created_at)
     values
       (@lab, @agreement, @release, @tableHash, @population, @deliveries, @question, @table, @sums, @answer, @certificate, @created)`,
  )
  // An answer on record stays as it is, so each row is read once, whoever wrote it: with a thousand of them, reading took longer than
  // answering. What is read is committed: a transaction here writes only after it has read.
  const known = new Map<string, { read: number; readonly answers: LedgerAnswer[] }>()
  const answers = (scope: LedgerScope): readonly LedgerAnswer[] => {
    const key = JSON.stringify([scope.lab, scope.agreement])
    const sofar = known.get(key) ?? { read: 0, answers: [] }
    known.set(key, sofar)
    for (const row of after.all({ ...scope, read: sofar.read })) {
      sofar.answers.push(answerOf(row))
      sofar.read = row.number
    }
    return [...sofar.answers]
  }
  return {
    find(scope, release, tableHash) {
      const row = byQuestion.get({ ...scope, release, tableHash })
      return row && answerOf(row)
    },
    answers,
    record(scope, made, check) {
      sqlite
        .transaction(() => {
          check(answers(scope))
          for (const answer of made) insert.run({ ...scope, ...rowOf(answer) })
        })
        .immediate()
      onDurableStep('answer-recorded')
    },
  }
}
