/**
 * From opened deliveries to tables the engine can count: tokens become persons and are forgotten, codes are laid out
 * per person.
 * @module
 */
import { householdKey } from '@kruispunt/contracts'
import { randomBytes } from '@kruispunt/crypto'
import type { JobTables, MeasureColumn, PersonColumn, RecordTable } from '@kruispunt/engine'
import { BrokerLinkageError, type LinkageReport, type LinkRules, linkPersons } from '@kruispunt/linkage/broker'
import { byHousehold } from './household-tables.ts'
import { JobFailure } from './job-failure.ts'
import { extractsOf, type JobPlan } from './job-plan.ts'
import type { OpenedExtract } from './open-extract.ts'
import { type SelfTest, scoreSelfTest } from './self-test.ts'

export type LinkedTables = {
  readonly tables: JobTables
  /** The same people seen by household: every member carries what its household counts as. */
  readonly householdTables: JobTables | undefined
  readonly report: LinkageReport
  readonly selfTest: SelfTest
}

/** Under which name a dataset's persons are a membership, in the report and in the engine. */
export const membershipOf = (plan: JobPlan, dataset: string): string => {
  const own = plan.extracts.find((planned) => planned.dataset.id === dataset)
  if (!own) throw new Error('a dataset outside the job')
  // Slugs have no colon, so the two kinds of name never meet.
  return extractsOf(plan, own.extract.party).length === 1 ? own.extract.party : `dataset:${dataset}`
}

/**
 * Links the subjects of all deliveries. Two datasets of one party are linked like those of two parties: its rows of the
 * one may be people of the other.
 * @param opened - stays with the caller, who erases it; the tokens are wiped here already
 * @throws {@link JobFailure} `linking_failed`
 */
export function linkTables(plan: JobPlan, opened: readonly OpenedExtract[]): LinkedTables {
  const invented = opened.flatMap(({ planned, decoys }) =>
    decoys ? [{ party: membershipOf(plan, planned.dataset.id), decoys }] : [],
  )
  const selfTest = scoreSelfTest(plan.agreement.linkage.selfTest, rulesOf(plan), invented)
  const { persons, personOf, households, report } = link(plan, opened)
  const of = (at: number): Uint32Array => {
    const found = personOf[at]
    if (!found) throw new Error('an extract without its persons')
    return found
  }
  const present = opened.map((_, at) => {
    const flags = new Uint8Array(persons)
    for (const person of of(at)) flags[person] = 1
    return flags
  })
  const personColumns: PersonColumn[] = []
  const personMeasures: MeasureColumn[] = []
  const recordTables: RecordTable[] = []
  opened.forEach(({ planned, codes, amounts, subjects }, at) => {
    const { dataset, extract } = planned
    if (dataset.grain === 'person') {
      for (const [id, values] of codes) personColumns.push({ id, codes: perPerson(values, of(at), persons) })
      for (const [id, values] of amounts) {
        const ofPerson = new Int32Array(persons)
        for (const [subject, person] of of(at).entries()) ofPerson[person] = values[subject] as number
        personMeasures.push({ id, amounts: ofPerson })
      }
      return
    }
    if (!subjects) throw new Error('a record dataset without subjects')
    const columns = [...codes].map(([id, values]) => ({ id, codes: values.slice() }))
    const person = subjects.map((subject) => of(at)[subject] as number)
    const measures = [...amounts].map(([id, values]) => ({ id, amounts: values.slice() }))
    recordTables.push({ id: dataset.id, party: extract.party, person, columns, measures })
  })
  for (const numbers of personOf) numbers.fill(0)
  const tables = {
    persons,
    personColumns,
    personMeasures,
    memberships: memberships(plan, opened, present),
    recordTables,
  }
  const householdTables = households && byHousehold(tables, households.of, unknownCodes(plan))
  return { tables, householdTables, report, selfTest }
}

/** Whose addresses make households: in the order in which the agreement lists its datasets, the first is believed first. */
function householdsOf(plan: JobPlan): { householdsFrom?: readonly string[] } {
  const { agreement, extracts } = plan
  if (agreement.populations.every(({ unit }) => unit !== 'households')) return {}
  const listed = agreement.datasets.filter(({ linkageKeys }) => linkageKeys.includes(householdKey))
  const open = listed.filter(({ id }) => extracts.some(({ dataset }) => dataset.id === id))
  return { householdsFrom: open.map(({ id }) => membershipOf(plan, id)) }
}

/** Per dimension the stored code of its category for unknown. */
const unknownCodes = ({ agreement }: JobPlan): ReadonlyMap<string, number> =>
  new Map(
    agreement.datasets
      .flatMap(({ dimensions }) => dimensions)
      .map(({ id, codes, unknownCode }) => [id, codes.findIndex(({ code }) => code === unknownCode) + 1]),
  )

const rulesOf = ({ agreement: { linkage } }: JobPlan): LinkRules => ({
  citizenNumber: linkage.citizenNumber,
  suspects: linkage.suspects,
  fewestKeys: linkage.fewestKeys,
})

function link(plan: JobPlan, opened: readonly OpenedExtract[]) {
  try {
    // Every token is replaced by its keyed form under a key that lives as long as this call (protocol §3.4), and wiped.
    return linkPersons(
      opened.map(({ planned, tokens, present }) => ({
        party: membershipOf(plan, planned.dataset.id),
        subjects: planned.extract.subjects,
        tokenColumns: tokens.map(({ keyId, slots, bytes }) => {
          const flags = [...present].find(([key]) => key === keyId)?.[1]
          return { keyId, slots, tokens: bytes, ...(flags ? { present: flags } : {}) }
        }),
      })),
      { jobKey: randomBytes(32), ...rulesOf(plan), ...householdsOf(plan) },
    )
  } catch (cause) {
    if (cause instanceof BrokerLinkageError) throw new JobFailure('linking_failed', undefined, { cause })
    throw cause
  }
}

/** @returns per person: 0 outside the delivery, otherwise what its subject has */
function perPerson(values: Uint8Array | Uint16Array, personOf: Uint32Array, persons: number): Uint8Array | Uint16Array {
  const codes = values instanceof Uint8Array ? new Uint8Array(persons) : new Uint16Array(persons)
  for (let subject = 0; subject < values.length; subject++) {
    codes[personOf[subject] as number] = values[subject] as number
  }
  return codes
}

/** One per party, as what is known to it; and one per dataset where a party has several. */
function memberships(plan: JobPlan, opened: readonly OpenedExtract[], present: readonly Uint8Array[]) {
  const byParty = new Map<string, Uint8Array>()
  const byDataset: { party: string; present: Uint8Array }[] = []
  opened.forEach(({ planned }, at) => {
    const flags = present[at] as Uint8Array
    const { party } = planned.extract
    const name = membershipOf(plan, planned.dataset.id)
    if (name !== party) byDataset.push({ party: name, present: flags })
    const known = byParty.get(party)
    byParty.set(party, known ? known.map((flag, person) => flag | (flags[person] as number)) : flags)
  })
  return [...[...byParty].map(([party, flags]) => ({ party, present: flags })), ...byDataset]
}
