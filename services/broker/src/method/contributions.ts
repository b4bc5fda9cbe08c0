/**
 * What the people of a lab write together, kept in order and never overwritten. What may be written is judged by the method's
 * rules inside the transaction that writes it, so two at the same moment cannot both be right.
 * @module
 */
import type { Contribution, ContributionContent, LabBoard, LabId, Office, PartyId } from '@kruispunt/contracts'
import { randomHex } from '@kruispunt/crypto'
import { boardOf, judge, seenBy } from '@kruispunt/lab-method'
import { asc, eq } from 'drizzle-orm'
import type { Store } from '../db/open.ts'
import { contributions, enrolments } from '../db/schema.ts'
import { BrokerError, refuseUnless } from '../errors.ts'
import type { LabLogs } from '../log/lab-logs.ts'

/** Versions, the withdrawn ones too, that one lab keeps. */
const mostVersions = 20_000

type Deps = {
  readonly store: Store
  /** The organisations of the lab's roster, or null while there is none. */
  readonly rosterOf: (lab: LabId) => readonly PartyId[] | null
  readonly now: () => number
}
type Wanted = {
  readonly id: string | null
  readonly version: number
  readonly content: ContributionContent | null
  /** The offices of the writer; the first that may write this is the one it is written in. */
  readonly offices: readonly Office[]
}

function createContributions({ store, rosterOf, now }: Deps) {
  const { db, atomically } = store

  /** Before there is a roster: whoever enrolled. */
  const partiesOf = (lab: LabId): readonly PartyId[] =>
    rosterOf(lab) ??
    db
      .select({ party: enrolments.party })
      .from(enrolments)
      .where(eq(enrolments.lab, lab))
      .orderBy(asc(enrolments.enrolledAt))
      .all()
      .map(({ party }) => party)

  function read(lab: LabId): Contribution[] {
    const all = new Map<string, Contribution>()
    for (const row of db
      .select()
      .from(contributions)
      .where(eq(contributions.lab, lab))
      .orderBy(asc(contributions.number))
      .all()) {
      const version = { version: row.version, by: row.writtenBy, at: row.writtenAt, content: row.content }
      const { contribution: id } = row
      all.set(id, { id, versions: [...(all.get(id)?.versions ?? []), version] })
    }
    return [...all.values()]
  }

  return {
    /** @param party - for whom it is read: an organisation that stepped out sees nothing newer; null for the lab itself */
    board: (lab: LabId, party: PartyId | null): LabBoard => boardOf(seenBy(read(lab), party), partiesOf(lab)),
    /** @throws BrokerError with the code of the rule that refuses it, `lab_full` */
    write: (lab: LabId, { id, version, content, offices }: Wanted): void =>
      atomically(() => {
        const all = read(lab)
        const parties = partiesOf(lab)
        const judged = offices.map((by) => ({ by, refusal: judge({ id, version, content, by }, all, parties) }))
        const chosen = judged.find(({ refusal }) => refusal?.code !== 'not_your_contribution') ?? judged[0]
        if (chosen === undefined) throw new BrokerError('not_your_contribution')
        const { by, refusal } = chosen
        if (refusal !== undefined) throw new BrokerError(refusal.code, refusal.violations && [...refusal.violations])
        refuseUnless(all.reduce((sum, { versions }) => sum + versions.length, 0) < mostVersions, 'lab_full')
        db.insert(contributions)
          .values({
            lab,
            contribution: id ?? randomHex(16),
            version: version + 1,
            content,
            writtenBy: by,
            writtenAt: new Date(now()).toISOString(),
          })
          .run()
      }),
  }
}

/** The contributions of a lab whose organisations stand in its roster. */
export const labContributions = ({ store, logs, now }: { store: Store; logs: LabLogs; now: () => number }) =>
  createContributions({
    store,
    rosterOf: (lab) =>
      logs
        .get(lab)
        .record()
        .state.roster?.document.parties.map(({ id }) => id) ?? null,
    now,
  })
