/**
 * What the people of a lab write together, phase by phase: about groups and organisations, never about a person. Every
 * contribution has a kind, the office that wrote it, a time, and all its earlier versions. The rules are in `packages/lab-method`.
 * @module
 */
import { z } from 'zod'
import { calendarDate, digest, instant, labId, localName, partyId } from './ids.ts'
import { agreementView, earlierTableView } from './lab-reading.ts'
import { office } from './saved-tables.ts'

export const contributionId = z.string().regex(/^[0-9a-f]{32}$/)

/** A text of people; several lines where it is long. What looks like a person's number or address is refused by the rules. */
const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((written) => !/[\p{Cc}\p{Cf}]/u.test(written.replaceAll('\n', '')), 'holds marks that cannot be seen')
const line = text(160)
const paragraph = text(2000)

/** How many votes an organisation spreads over the issues. */
export const votesEach = 10

/** The fields of the DatCan canvas: why, what, how. */
export const canvasFields = {
  why: ['core', 'larger-task', 'for-whom', 'client-and-owner'],
  what: ['questions', 'ethics-and-privacy', 'use-of-the-outcome'],
  how: ['parties', 'data', 'activities', 'knowledge', 'budget'],
} as const
export type CanvasColumn = keyof typeof canvasFields
const canvasField = z.enum([...canvasFields.why, ...canvasFields.what, ...canvasFields.how])

/** The four kinds of analysis. */
export const analysisKind = z.enum(['descriptive', 'diagnostic', 'predictive', 'prescriptive'])

/** The layers of the information chain, from how a thing is written down to what is steered by it. */
export const chainLayer = z.enum(['protocol', 'registration', 'warehouse', 'visualisation', 'use', 'steering'])

const cellReference = z.strictObject({
  release: digest,
  tableHash: digest,
  cell: z.array(z.string().min(1).max(60)).max(4).describe('codes of the cell, one a dimension; empty for the table'),
})

/** @see canvasFields; `analysis` only with `questions`, and always there */
const canvasNote = z
  .strictObject({
    kind: z.literal('canvas-note'),
    field: canvasField,
    text: paragraph,
    analysis: analysisKind.nullable(),
  })
  .refine(({ field, analysis }) => (field === 'questions') === (analysis !== null), 'a question has a kind of analysis')

export const contributionContent = z.discriminatedUnion('kind', [
  // Phase 1: choose the issue.
  z.strictObject({ kind: z.literal('issue'), title: line, text: paragraph }),
  z.strictObject({ kind: z.literal('goal'), issue: contributionId, text: paragraph }),
  z.strictObject({
    kind: z.literal('votes'),
    votes: z.array(z.strictObject({ issue: contributionId, votes: z.int().min(1).max(votesEach) })).max(votesEach),
  }),
  z.strictObject({ kind: z.literal('chosen-issue'), issue: contributionId, reason: paragraph }),
  canvasNote,
  z.strictObject({ kind: z.literal('taking-part'), takesPart: z.boolean(), reason: paragraph }),
  z.strictObject({ kind: z.literal('phase'), phase: z.int().min(1).max(5) }),
  // Phase 2: the factual picture.
  z.strictObject({
    kind: z.literal('fact'),
    question: contributionId.nullable().describe('the canvas note it says something about'),
    statement: paragraph,
    figure: z.strictObject({ value: z.number(), unit: line }).nullable(),
    period: line,
    area: line,
    source: line,
    sureness: z.enum(['counted', 'estimated', 'impression']),
  }),
  z.strictObject({ kind: z.literal('unknown'), question: contributionId.nullable(), text: paragraph }),
  // Phase 5: solutions.
  z.strictObject({ kind: z.literal('insight'), text: paragraph, restsOn: z.array(cellReference).min(1).max(12) }),
  z.strictObject({
    kind: z.literal('solution'),
    title: line,
    text: paragraph,
    insights: z.array(contributionId).min(1).max(20),
    logic: paragraph.describe('how it follows from the insights'),
  }),
  z.strictObject({
    kind: z.literal('feasibility'),
    solution: contributionId,
    whatMustBeDone: paragraph,
    stakeholders: paragraph,
    whyItWouldFail: paragraph,
  }),
  z.strictObject({
    kind: z.literal('realisation'),
    solution: contributionId,
    whatMustBeArranged: paragraph,
    whoPullsIt: paragraph.describe('an office, not a person'),
    howFollowed: paragraph,
    indicators: z.array(cellReference).max(12),
  }),
  z.strictObject({ kind: z.literal('remark'), about: contributionId, text: paragraph }),
  // The information chain.
  z.strictObject({
    kind: z.literal('chain-layer'),
    dataset: localName,
    layer: chainLayer,
    state: z.enum(['in-order', 'needs-work', 'unknown']),
    text: paragraph,
  }),
  z.strictObject({
    kind: z.literal('improvement'),
    dataset: localName,
    layer: chainLayer,
    text: paragraph,
    priority: z.enum(['high', 'middle', 'low']),
    state: z.enum(['planned', 'busy', 'done', 'dropped']),
    lookAgain: calendarDate,
  }),
])
export type ContributionContent = z.infer<typeof contributionContent>
export type ContributionKind = ContributionContent['kind']

export const contributionVersion = z.strictObject({
  version: z.int().min(1),
  by: office,
  at: instant,
  content: contributionContent.nullable().describe('null where it was withdrawn'),
})
export type ContributionVersion = z.infer<typeof contributionVersion>

export const contribution = z.strictObject({ id: contributionId, versions: z.array(contributionVersion).min(1) })
export type Contribution = z.infer<typeof contribution>

const gate = z.enum(['no-issue-chosen', 'goal-missing', 'decision-missing'])
export const labBoard = z.strictObject({
  phase: z.int().min(1).max(5),
  /** What keeps the next phase shut, with the organisations it waits for. */
  next: z.strictObject({ isOpen: z.boolean(), waitsFor: z.array(z.strictObject({ gate, parties: z.array(partyId) })) }),
  takingPart: z.array(z.strictObject({ party: partyId, takesPart: z.boolean().nullable() })),
  votes: z.array(z.strictObject({ issue: contributionId, votes: z.int().min(0) })).describe('most first'),
  contributions: z.array(contribution).describe('oldest first; each with all its versions, the newest last'),
})
export type LabBoard = z.infer<typeof labBoard>

/** The whole lab, as parts that a program reads. */
export const labDossier = z.strictObject({
  lab: labId,
  title: z.string(),
  madeAt: instant,
  board: labBoard,
  agreements: z.array(agreementView),
  tables: z.array(earlierTableView).describe('newest first'),
})
export type LabDossier = z.infer<typeof labDossier>
export const dossierQuery = z.strictObject({ lang: z.enum(['nl', 'en']).default('nl') })

export const contributionParams = z.strictObject({ lab: labId, contribution: contributionId })
export const contributionRequest = z.strictObject({ content: contributionContent })
/** `version` is the one that was read: who changes what somebody else has changed since is told so. */
export const contributionChange = z.strictObject({ version: z.int().min(1), content: contributionContent.nullable() })
