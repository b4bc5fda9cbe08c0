/**
 * A lab whose process is killed while it answers two linked tables: run with the database's file, the way the agreement answers, and
 * the step to die at. Says on standard output what is in the log and what was given, each the moment it is so.
 */
import { writeSync } from 'node:fs'
import type { AnswerMode, CrossTabRequest } from '@kruispunt/contracts'
import { openStore } from '../../../src/db/open.ts'
import { createJobs } from '../../../src/jobs/jobs.ts'
import { makePeople } from './people.ts'
import { createSmallLab } from './small-lab.ts'

const [databaseFile = '', mode = '', step = ''] = process.argv.slice(2)
const say = (word: string) => writeSync(1, `${word}\n`)
const die = () => {
  process.kill(process.pid, 'SIGKILL')
  // The signal comes when the system likes; nothing may happen in between.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
const noise: AnswerMode = { kind: 'differential-privacy', epsilon: '1', delta: '0.000001', epsilonPerTable: '0.25' }

const store = openStore(databaseFile)
if (step === 'storing') {
  store.sqlite.function('die', () => die())
  store.sqlite.exec(
    `create temp trigger dies after insert on main.ledger_answers when (select count(*) from ledger_answers) = 2
     begin select die(); end`,
  )
}
const agreement = mode === 'noise' ? { answers: noise } : { minimum: 3 }
const lab = await createSmallLab({ people: makePeople(600), agreement, store })
let logged = 0
lab.connect(
  createJobs({
    ...lab.deps,
    labs: {
      ...lab.deps.labs,
      appendBroker: async (at, body, more) => {
        if (body.kind === 'result' && step === `logging ${logged}`) die()
        const recorded = await lab.deps.labs.appendBroker(at, body, more)
        if (body.kind === 'result') say(`logged ${++logged && body.resultSha256}`)
        return recorded
      },
    },
  }),
)
const { requestId } = await lab.openJob()
if (step === 'before') die()
const of = (rows: string): CrossTabRequest => ({
  table: 'residents',
  rows: [{ dimension: rows }],
  columns: [{ dimension: 'care' }],
  filters: [],
})
const answers = await lab.jobs().askTogether(lab.lab, requestId, [of('area'), of('age')])
if (step === 'giving') die()
for (const { resultSha256 } of answers) say(`given ${resultSha256}`)
die()
