/**
 * From the tokens of all parties to persons: who of one extract is who in another.
 *
 * Broker side, at the start of a job, in memory. Runs before the engine counts. See linkage.md §4 for the rules,
 * protocol.md §3.4 for what happens to the tokens.
 * @module
 */
import { BrokerLinkageError } from './errors.ts'
import { gatherEvidence } from './evidence.ts'
import { checkExtracts, type ExtractTokens, numberSubjects } from './extract-tokens.ts'
import { checkHouseholds, findHouseholds, type Households } from './households.ts'
import { joinEvidence } from './join-evidence.ts'
import { checkRules, type LinkRules, usualRules, weighLinks } from './link-rules.ts'
import { numberPersons } from './persons.ts'
import { tallyRefusals } from './refusals.ts'
import { buildReport } from './report.ts'
import type { LinkageReport } from './report-shape.ts'
import { dropUnprovenKeys } from './tentative-keys.ts'

export type LinkOptions = Partial<LinkRules> & {
  /** 32 random bytes made for this job; wiped */
  readonly jobKey: Uint8Array
  /** parties whose addresses make households, the most trusted first; without it no households are made */
  readonly householdsFrom?: readonly string[]
  /**
   * For evaluation on one file, where records of one extract may be one person: the rule of one subject per party and the
   * void rule give way to a largest group. Never in a job.
   */
  readonly withinExtracts?: boolean
}

export type LinkedPersons = {
  /** number of persons; a subject that linked to nobody is a person of its own */
  readonly persons: number
  /** per extract as given, per subject: its person, 0 to persons − 1, numbered in the order they first appear */
  readonly personOf: readonly Uint32Array[]
  /** per person, one bit per extract that holds it, the first extract's the lowest */
  readonly partiesOf: Uint32Array
  /** undefined unless `householdsFrom` was given */
  readonly households: Households | undefined
  readonly report: LinkageReport
}

/**
 * Links the subjects of different parties that share tokens.
 *
 * Which subjects are one person depends on the tokens and the rules only, not on the order of parties, subjects, keys or
 * slots; the numbers of the persons follow the order given. No person holds two subjects of one party, nor two different
 * citizen numbers that are known to be real (see `present` of a column).
 * @param extracts - one per party, 32 at most; **their token columns are wiped**, also when linking fails half-way
 * @throws {@link BrokerLinkageError} when an extract, the key or a rule is malformed; nothing is wiped then
 */
export function linkPersons(extracts: readonly ExtractTokens[], options: LinkOptions): LinkedPersons {
  const { jobKey, citizenNumber, suspects, fewestKeys } = options
  if (jobKey.length !== 32) throw new BrokerLinkageError('job_key_length')
  const rules: LinkRules = {
    citizenNumber: citizenNumber ?? usualRules.citizenNumber,
    suspects: suspects ?? usualRules.suspects,
    fewestKeys: fewestKeys ?? usualRules.fewestKeys,
  }
  checkRules(rules)
  checkExtracts(extracts)
  checkHouseholds(extracts, options.householdsFrom ?? [])
  try {
    return link(extracts, rules, options)
  } finally {
    jobKey.fill(0)
    for (const { tokenColumns } of extracts) for (const { tokens } of tokenColumns) tokens.fill(0)
  }
}

function link(extracts: readonly ExtractTokens[], rules: LinkRules, options: LinkOptions): LinkedPersons {
  const { jobKey, householdsFrom, withinExtracts = false } = options
  const subjects = numberSubjects(extracts)
  const evidence = gatherEvidence(extracts, subjects, { jobKey, withinExtracts })
  dropUnprovenKeys(evidence, rules, { parties: extracts.length, withinExtracts })
  const refusals = tallyRefusals(evidence, extracts.length)
  const limits = { identities: true, withinExtracts }
  const clusters = joinEvidence(evidence, weighLinks(evidence, rules), limits, refusals.note)
  const persons = numberPersons(subjects, clusters)
  const households = householdsFrom && findHouseholds(extracts, subjects, persons, { from: householdsFrom, jobKey })
  const report = buildReport({ extracts, evidence, rules, withinExtracts, persons, refusals, households })
  const personOf = extracts.map(({ subjects: size }, at) => {
    const first = subjects.offsets[at] as number
    return persons.of.subarray(first, first + size)
  })
  return { persons: persons.count, personOf, partiesOf: persons.partiesOf, households, report }
}
