/**
 * An agreement while it is being written, at the portal: kept by the broker per lab, for its coordinators. It is on no record and
 * binds nobody; what partners sign is what is proposed from it.
 * @module
 */
import { z } from 'zod'
import { agreementDocument } from './agreements.ts'
import { agreementId, bilingual, count, instant, labId, localName } from './ids.ts'
import { problem } from './problems.ts'
import { office } from './saved-tables.ts'

export const mostDrafts = 20

const draftId = z.string().regex(/^[0-9a-f]{32}$/)
const version = z.int().min(1).describe('rises with every change; one that is not the newest is refused')
const changed = z.strictObject({ by: office, at: instant })

/** What must still be written or mended before it can be proposed: the same that `agreement propose` says. */
const faults = problem.shape.violations.unwrap()

export const agreementDraft = z.strictObject({ id: draftId, version, changed, document: agreementDocument, faults })
export type AgreementDraft = z.infer<typeof agreementDraft>

/** The one changed last first. */
export const agreementDrafts = z.strictObject({
  drafts: z.array(z.strictObject({ id: draftId, title: z.string(), changed, faults: count })),
})

export const agreementDraftParams = z.strictObject({ lab: labId, draft: draftId })
/** From the model, with the partners of the lab; or from an agreement that was proposed before. */
export const agreementDraftRequest = z.strictObject({ basedOn: agreementId.nullable() })
export const agreementDraftChange = z.strictObject({ version, document: agreementDocument })

/** Made-up tables by the draft's own rules: nothing is asked of anybody. */
export const rehearsalRequest = z.strictObject({
  document: agreementDocument,
  table: localName,
  dimensions: z.array(localName).min(1).max(4),
  persons: z.int().min(1).max(50_000_000).describe('expected in the population'),
})
const share = z.number().min(0).max(1)
export const rehearsal = z.strictObject({
  cells: count,
  withheldShare: z.strictObject({ low: share, middle: share, high: share }).describe('best, middle and worst table'),
  refused: count.describe('made-up tables that would be refused'),
  draws: count,
  advice: z.array(bilingual),
})
export type Rehearsal = z.infer<typeof rehearsal>
